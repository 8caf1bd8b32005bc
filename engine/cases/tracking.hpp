// What a citizen holds to follow a report: "7H3K-9QXM-V2PT". 55 random bits in Crockford's base32
// (no I, L, O, U) and a check symbol, which finds any one mistyped symbol and any two neighbours
// swapped. It cannot be guessed, and says nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"

namespace pintu::cases {

// From 32 random bytes.
TrackingId make_tracking_id(const Digest& random);

// As people type it: any case, spaces or no dashes, O for 0, I and L for 1. The usual form, or
// nothing where the check symbol says that it was mistyped.
std::optional<TrackingId> parse_tracking_id(std::string_view text);

}  // namespace pintu::cases
