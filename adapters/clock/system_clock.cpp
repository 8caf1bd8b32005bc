#include "adapters/clock/system_clock.hpp"

#include <algorithm>
#include <chrono>

namespace pintu::clock {

Instant SystemClock::now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const Instant at{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
    last_ = std::max(last_, at);
    return last_;
}

}  // namespace pintu::clock
