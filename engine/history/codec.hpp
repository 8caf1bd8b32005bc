// The stored form of an event: one byte string for each event and one event for each accepted byte
// string. docs/history-format.md is the specification; a second reader can be written from it
// alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "engine/cases/event/event.hpp"

namespace pintu::history {

constexpr std::uint8_t kFormat = 1;                  // the first byte of every stored event
constexpr std::size_t kMaxEventBytes = 1024 * 1024;  // decode refuses more; append must too

// Total. What decode() gives back from it equals `event` (unless it is over kMaxEventBytes).
std::string encode(const cases::Event& event);
// Reads in one pass, allocates at most a small multiple of the bytes, and accepts nothing that
// encode() would have written otherwise. Errors: HI001 to HI007.
Result<cases::Event> decode(std::string_view bytes);
// SHA-256(0x00 || bytes): the leaf of RFC 6962, and what the case's next event holds as `previous`.
Digest leaf_hash(std::string_view bytes);

}  // namespace pintu::history
