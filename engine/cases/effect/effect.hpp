// What the engine asks the outside to do. Performed after the commit, at least once; `key` makes it
// take effect once. No personal data: whoever delivers it looks them up by the case, if allowed.
#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"

namespace pintu::cases {

struct Effect {
    EffectKey key;
    CaseId case_id;
    AgencyCode agency;
    TrackingId tracking_id;
    Instant at;  // when it was decided
    std::string
        kind;  // "acknowledge" | "notify" | "publish" | "request_rating" | "remind" | "escalate"
    std::string
        channel;  // it goes out by: the report's where it is for the reporter, else "internal"
    std::string message;  // template's name; of remind and escalate the clock's
    std::string whom;     // "reporter", or the role as written: "kepala of owner"
    UnitId unit;          // that it reaches; empty for the reporter
    std::vector<PersonId> persons;
    bool operator==(const Effect&) const = default;
};

}  // namespace pintu::cases
