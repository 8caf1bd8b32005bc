// Events that have something in every field, for tests of whatever keeps or carries events.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/cases/event/event.hpp"

namespace pintu::testing {

// One of each payload type, in the order of the variant, every field filled by its name. The values
// are frozen: tests/replay/events-v1.txt holds their bytes.
std::vector<cases::Payload> filled_payloads();

// A whole event around a payload, deterministic in its arguments.
cases::Event sample_event(const CaseId& case_id, std::uint32_t sequence, cases::Payload payload,
                          Instant at, const Digest& previous);

// 32 hex digits that belong to a name.
CaseId sample_case(const std::string& name);

}  // namespace pintu::testing
