// An event: a payload and the envelope that says who, when and under which definitions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/bundle_hash.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/cases/event/actor.hpp"
#include "engine/cases/event/payload.hpp"

namespace pintu::cases {

// Where an event stands: all of it that stores need to know.
struct EventHead {
    CaseId case_id;
    AgencyCode agency;           // whose log it is in
    std::uint32_t sequence = 0;  // 1, 2, ... of the case, dense
    Instant at;                  // when it was decided
    CommandId command;           // that made it
    Digest previous{};           // leaf hash of the case's previous event; zero for the first
    bool operator==(const EventHead&) const = default;
};

struct Event : EventHead {
    std::uint16_t version = 1;  // of the payload's type
    Actor actor;
    BundleHash pinned;   // rules, workflow, schema: as in force at receipt (L8)
    BundleHash current;  // registry, calendars: as in force now (L8)
    Payload payload;
    bool operator==(const Event&) const = default;
};

// A personal value behind a commitment, kept apart from the log.
struct PersonalValue {
    CaseId case_id;
    std::uint32_t sequence = 0;
    std::string path;  // "isi", "texts.alasan", "attachments.0.name"
    std::string value;
};

}  // namespace pintu::cases
