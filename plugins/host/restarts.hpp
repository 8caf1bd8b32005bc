// When a plugin that failed may be started again. Time is an argument, from a clock that never goes
// back.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "plugins/host/guest.hpp"

namespace pintu::plugins {

class Restarts {
  public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::size_t kMostFailures = 3;  // within kWindow: quarantine
    static constexpr std::chrono::seconds kWindow{60};
    static constexpr std::chrono::hours kQuarantine{1};
    static constexpr Milliseconds kFirstWait{100};
    static constexpr Milliseconds kLongestWait{30'000};
    static constexpr std::chrono::minutes kForgotten{5};  // without a failure: back-off anew

    enum class Cause {
        crash,    // or a hang, or a breach of the protocol
        refusal,  // it said that it cannot start: waits, but no quarantine
        wrong     // it is not what it should be and will not become so: quarantine at once
    };

    // `now` never goes back from one call to the next. The first restart is at once, the next after
    // 0.1 s, doubling to 30 s. True: this failure put it in quarantine.
    bool failed(Time now, Cause cause);
    // For kQuarantine from the failure that led to it, then it may try again.
    bool quarantined(Time now) const;
    // How long until it may be started; zero: now.
    Milliseconds wait(Time now) const;
    // A new version, or a person, gives it a new beginning.
    void forgive();

  private:
    std::deque<Time> crashes_;  // the last kMostFailures
    std::optional<Time> last_;
    Time not_before_{};
    Milliseconds next_wait_{0};
    std::optional<Time> quarantined_until_;
};

}  // namespace pintu::plugins
