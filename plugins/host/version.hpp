// One version of a plugin, read and checked against how this machine runs it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "plugins/host/config.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugins {

// Never changes once it was read: guests and routes point into it for as long as their plugin is.
struct Version {
    Manifest manifest;
    Config config;                               // of pintu.yaml, as this manifest's schema has it
    std::map<std::string, std::string> secrets;  // name -> where it is; never the secret itself
    std::string fingerprint;                     // what_it_runs.hpp
};

// Nothing where there are errors: of the manifest and its file, of the configuration (PL13x), or
// PL141: its name is another than pintu.yaml says; PL142: none of that name is shipped.
std::optional<Version> read_version(const Chosen& chosen, const PluginsOptions& options,
                                    SourceSet& sources, Diagnostics& diagnostics);

}  // namespace pintu::plugins
