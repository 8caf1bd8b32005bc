// Who answers the facts that rules ask of plugins (`fact bahaya = plugin teks.bahaya(isi)`). What
// it says is recorded with the case and never asked again, least of all by a replay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pintu::ports {

struct FactQuestion {
    std::string function;  // "teks.bahaya": plugin and fact
    std::vector<std::pair<std::string, std::string>>
        arguments;  // field -> value; unknown: left out
    std::int64_t timeout_ms = 200;
    bool operator==(const FactQuestion&) const = default;
};

// A value as rules write it. Nothing: nobody answered, in time and within the plugin's manifest;
// the rule's `else` counts. Why was told to the log and, where it is a plugin's fault, as an
// incident.
using FactAnswer = std::optional<std::string>;

class FactSource {
  public:
    virtual ~FactSource() = default;
    // Comes back within the timeout.
    virtual FactAnswer ask(const FactQuestion& question) = 0;
};

}  // namespace pintu::ports
