// What `pintu plugin list|enable|disable` and a running node tell each other: files in
// var/plugins/NAME, so that neither needs the other to run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugins {

// `directory` as in PluginsOptions. PL017 where the file cannot be written.
Result<void> disable(const std::string& directory, const std::string& name);
// Lifts a quarantine too.
Result<void> enable(const std::string& directory, const std::string& name);
bool is_disabled(const std::string& directory, const std::string& name);

// What a node last wrote of a plugin (status.json). Nothing where none has run it.
std::optional<PluginStatus> read_status(const std::string& directory, const std::string& name);
Result<void> write_status(const std::string& directory, const PluginStatus& status, Instant now);

}  // namespace pintu::plugins
