// The machine's wall clock, kept from going back.
#pragma once

#include "engine/ports/clock.hpp"

namespace pintu::clock {

class SystemClock final : public ports::Clock {
  public:
    Instant now() override;

  private:
    Instant last_;
};

// A clock that is moved by hand: the year played forward.
class VirtualClock final : public ports::Clock {
  public:
    explicit VirtualClock(Instant start) : now_(start) {}
    Instant now() override { return now_; }
    // Never back.
    void move_to(Instant at) {
        if (at > now_) now_ = at;
    }

  private:
    Instant now_;
};

}  // namespace pintu::clock
