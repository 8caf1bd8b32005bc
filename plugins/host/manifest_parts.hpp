// The parts of plugin.yaml that are maps of their own. Diagnostics PL114 to PL127 and YA0xx.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/yaml/node.hpp"
#include "plugins/host/manifest.hpp"

namespace pintu::plugins {

constexpr std::size_t kMostItems = 100;  // of any list or map of a manifest

void read_schema(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics);
void read_facts(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics);
// After the schema, which it refers to.
void read_permissions(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics);
void read_deadlines(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics);
// A path that cannot leave the folder it begins at.
bool is_below(const std::string& path);
void read_limits(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics);

}  // namespace pintu::plugins
