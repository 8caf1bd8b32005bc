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
// Whether enable() was called since the last time: a running node asks, and forgives failures.
bool take_enabled(const std::string& directory, const std::string& name);

std::string_view health_name(Health health);  // "running", "waiting_to_restart", ...
// The object of status.json, without the time.
std::string status_text(const PluginStatus& status);
// What a node last wrote of a plugin (status.json). Nothing where none has run it.
std::optional<PluginStatus> read_status(const std::string& directory, const std::string& name);
Result<void> write_status(const std::string& directory, const PluginStatus& status, Instant now);

}  // namespace pintu::plugins
