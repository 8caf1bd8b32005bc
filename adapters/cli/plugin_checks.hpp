// What `pintu plugin test` asks of a plugin before it may meet real reports.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/plugin_trial.hpp"
#include "engine/base/result.hpp"

namespace pintu::cli {

struct Verdict {
    enum class Result { passed, failed, not_applicable } result = Result::passed;
    std::optional<Error> why;  // of the last two
};

struct PluginCheck {
    const char* name;  // in JSON: "bad_input"
    const char* code;  // of its words in the catalogue
    std::function<Verdict(Trial&)> run;
};

// In the order in which they are run; each begins with a plugin that may start.
const std::vector<PluginCheck>& plugin_checks();

}  // namespace pintu::cli
