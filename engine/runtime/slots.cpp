#include "engine/runtime/slots.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace pintu::runtime {
namespace {

constexpr std::int64_t kMinuteMicros = 60'000'000;

}  // namespace

// A line a channel: "MICROS CHANNEL".
Slots::Slots(const std::map<std::string, std::int64_t>& per_minute, const std::string& memo)
    : per_minute_(per_minute) {
    std::istringstream lines(memo);
    for (std::string line; std::getline(lines, line);) {
        Instant from;
        const char* end = line.data() + line.size();
        const auto read = std::from_chars(line.data(), end, from.micros);
        if (read.ec == std::errc() && read.ptr != end && *read.ptr == ' ')
            free_from_[std::string(read.ptr + 1, end)] = from;
    }
}

Instant Slots::take(const std::string& channel, Instant now) {
    const auto limit = per_minute_.find(channel);
    if (limit == per_minute_.end() || limit->second <= 0) return now;
    Instant& free_from = free_from_[channel];
    const Instant slot = std::max(free_from, now);
    free_from = {slot.micros + kMinuteMicros / limit->second};
    return slot;
}

std::string Slots::memo(Instant now) const {
    std::string lines;
    for (const auto& [channel, from] : free_from_)
        if (from > now) lines += std::to_string(from.micros) + " " + channel + "\n";
    return lines;
}

}  // namespace pintu::runtime
