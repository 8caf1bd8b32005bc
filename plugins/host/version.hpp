// One version of a plugin, read and checked against how this machine runs it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "plugins/host/config.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugins {

struct Version {
    Manifest manifest;
    Config config;
    std::map<std::string, std::string> secrets;
    std::string fingerprint;  // what_it_runs.hpp
};

// Nothing where there are errors: of the manifest and its file, of the configuration (PL13x), or
// PL141: its name is another than pintu.yaml says.
std::optional<Version> read_version(const Chosen& chosen, const PluginsOptions& options,
                                    SourceSet& sources, Diagnostics& diagnostics);

}  // namespace pintu::plugins
