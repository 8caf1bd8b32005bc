#include "plugins/host/restarts.hpp"

#include <algorithm>

namespace pintu::plugins {

bool Restarts::failed(Time now, Cause cause) {
    if (last_ && now - *last_ > kForgotten) next_wait_ = Milliseconds(0);
    last_ = now;
    not_before_ = now + next_wait_;
    next_wait_ = next_wait_.count() == 0 ? kFirstWait : std::min(2 * next_wait_, kLongestWait);
    if (cause == Cause::refusal) return false;
    crashes_.push_back(now);
    if (crashes_.size() > kMostFailures) crashes_.pop_front();
    const bool often = crashes_.size() == kMostFailures && now - crashes_.front() <= kWindow;
    if (!often && cause != Cause::wrong) return false;
    crashes_.clear();
    quarantined_until_ = now + kQuarantine;
    return true;
}

bool Restarts::quarantined(Time now) const {
    return quarantined_until_ && now < *quarantined_until_;
}

Milliseconds Restarts::wait(Time now) const {
    return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(not_before_ - now));
}

void Restarts::forgive() {
    *this = Restarts();
}

}  // namespace pintu::plugins
