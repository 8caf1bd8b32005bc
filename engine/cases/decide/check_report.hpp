// What no report may be, whatever the schema says. Bounds are generous: they stop mistakes and
// floods, not citizens.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"
#include "engine/cases/command/report.hpp"

namespace pintu::cases {

constexpr std::size_t kMostTextBytes = 64 * 1024;     // isi, judul, place.note, each answer
constexpr std::size_t kMostNameBytes = 500;           // names, ids, values of fields
constexpr std::size_t kMostAsSentBytes = 256 * 1024;  // the whole line
constexpr std::size_t kMostFields = 200;
constexpr std::size_t kMostAttachments = 50;
constexpr std::int64_t kMostAheadSeconds = 600;  // clocks of channels go wrong by minutes
constexpr std::int64_t kMostAgeDays = 3653;      // ten years

// Everything that is wrong with it: CS101 to CS109. Empty: it may be decided.
std::vector<Error> check_report(const Report& report, Instant now);

}  // namespace pintu::cases
