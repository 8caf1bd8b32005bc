// What time it is: the wall's, or one that is played forward.
#pragma once

#include "engine/base/instant.hpp"

namespace pintu::ports {

class Clock {
  public:
    virtual ~Clock() = default;
    // Never goes back.
    virtual Instant now() = 0;
};

}  // namespace pintu::ports
