// Who answers the facts that rules ask of plugins (`fact bahaya = plugin teks.bahaya(isi)`). What
// it says is recorded with the case and never asked again, least of all by a replay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pintu::ports {

struct FactArgument {
    std::string name;   // the field, as the rule names it
    std::string value;  // as rules write it; of a text: the text, "" where there is none
    // The personal value that it is ("isi", "judul", "fields.ciri"; the paths of
    // cases::PersonalValue); "": it is none. Personal values go only to whom they were permitted.
    std::string personal;
    bool operator==(const FactArgument&) const = default;
};

struct FactQuestion {
    std::string function;                 // "teks.bahaya": plugin and fact
    std::vector<FactArgument> arguments;  // unknown ones are left out
    std::int64_t timeout_ms = 200;
    bool operator==(const FactQuestion&) const = default;
};

struct FactAnswer {
    // As rules write it. Nothing: nobody answered, in time and within the plugin's manifest; the
    // rule's `else` counts. Why was told to the log and, where it is a plugin's fault, as an
    // incident.
    std::optional<std::string> value;
    std::int64_t took_ms = 0;  // how long whoever asked was kept waiting
};

class FactSource {
  public:
    virtual ~FactSource() = default;
    // Comes back within the timeout.
    virtual FactAnswer ask(const FactQuestion& question) = 0;
};

}  // namespace pintu::ports
