// How an office behaves, as an example file says: in which state who does what, how soon, and how
// often nobody does anything. For trials and demonstrations; the format is docs/office.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"

namespace pintu::office {

// One of several values, each with its share.
struct Answer {
    std::string name;
    std::vector<std::pair<std::string, std::int64_t>> values;
};

// One thing that may happen in a state. Without an event nobody does anything.
struct Choice {
    std::int64_t share = 1;
    std::string event;  // of the workflow; "approve" and "refuse" of what waits for approval
    workflow::Who by;
    std::int64_t after_low_s = 0;  // seconds from entering the state
    std::int64_t after_high_s = 0;
    std::vector<Answer> answers;
    // Only where the case's owner is this unit ("diskominfo"), or any other.
    std::optional<std::string> owner;
    std::optional<std::string> not_owner;
    // Only of a category at or below this one; only where that field is not known yet.
    std::optional<std::string> category;
    std::optional<std::string> lacks;
    // Only where an earlier case of the agency is like it; its tracking id is the answer to
    // whatever `answers` does not name.
    bool similar = false;
};

using Choices = std::map<std::string, std::vector<Choice>>;  // by state

struct Behaviour {
    std::string name;
    std::int64_t seed = 0;
    Choices states;
    Choices approvals;    // by the state in which something waits for a second person
    Choices escalations;  // by the state in which a case was escalated once more
    std::map<std::string, Choices> agencies;  // of one agency: replaces its states' choices

    enum class When { entered, waiting, escalated };
    // nullptr where nothing is said of the state: then nobody does anything.
    const std::vector<Choice>* find(const std::string& agency, const std::string& state,
                                    When when) const;
};

// YA0xx, CL101 (no wait) and CL102 (no office) where the file is not that.
std::optional<Behaviour> read_behaviour(const Source& source, Diagnostics& diagnostics);

}  // namespace pintu::office
