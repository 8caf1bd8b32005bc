// `config:` of pintu.yaml against the schema of a plugin's manifest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/yaml/map_reader.hpp"
#include "plugins/host/manifest.hpp"

namespace pintu::plugins {

// A configuration that the schema allows, defaults filled in, folders and files absolute. Keys that
// are neither given nor have a default are not there.
using Config = std::map<std::string, std::string>;

// The value as its type has it ("true" for "ya"); nothing, with a diagnostic (YA0xx), where it does
// not fit.
std::optional<std::string> fitting(const ConfigKey& key, const yaml::Word& value,
                                   Diagnostics& diagnostics);

// Each breach is a diagnostic (PL13x, YA0xx) at the value, or at `place` where a key is missing.
// Nothing where there is one. Relative paths begin at `base`.
std::optional<Config> check_config(const Manifest& manifest,
                                   const std::map<std::string, yaml::Word>& given,
                                   const std::string& base, Span place, Diagnostics& diagnostics);

// The JSON document of "start"'s `config` (docs/plugin-documents.md).
std::string config_document(const Manifest& manifest, const Config& config, Kind kind,
                            const std::string& spool);

// The manifest's hosts and folders with "config.KEY" filled in. What a key that is not configured
// would say is left out.
std::vector<std::string> allowed_hosts(const Manifest& manifest, const Config& config);
std::vector<FolderPermission> allowed_folders(const Manifest& manifest, const Config& config);

}  // namespace pintu::plugins
