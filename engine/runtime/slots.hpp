// Rate limits of outgoing messages: each channel with a limit has one slot after the other, and an
// effect takes the next free one. What is taken goes from turn to turn as text (Lease::memo), so
// that all nodes together keep the limit.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/base/instant.hpp"

namespace pintu::runtime {

class Slots {
  public:
    // `per_minute` outlives it. A memo that cannot be read counts as none.
    Slots(const std::map<std::string, std::int64_t>& per_minute, const std::string& memo);

    // When an effect may go by a channel: not before `now`. That time is taken from then on.
    Instant take(const std::string& channel, Instant now);
    // Without what lies in the past.
    std::string memo(Instant now) const;

  private:
    const std::map<std::string, std::int64_t>& per_minute_;
    std::map<std::string, Instant> free_from_;
};

}  // namespace pintu::runtime
