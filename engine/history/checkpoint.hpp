// What an auditor takes home: the size and root of an agency's log at one moment. The text is the
// body of a C2SP tlog-checkpoint, so that signatures can be appended to it later:
//
//   pintu/64.09
//   20345
//   <root, base64>
//   time 2026-03-13T01:30:00Z
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"

namespace pintu::history {

struct Checkpoint {
    AgencyCode agency;
    std::uint64_t size = 0;  // number of events
    Digest root{};
    Instant at;  // when it was made; says nothing about the events
    bool operator==(const Checkpoint&) const = default;
};

std::string to_text(const Checkpoint& checkpoint);
// Exactly what to_text() gives, optionally followed by an empty line and signature lines, which are
// not read (nothing signs yet). HI010 with the line's number where it is something else.
Result<Checkpoint> parse_checkpoint(std::string_view text);

}  // namespace pintu::history
