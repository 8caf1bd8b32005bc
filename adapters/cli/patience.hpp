// What a thread of a node does about errors of the store that pass by themselves: says each once,
// unless another thread has, and tries again after a pause that grows from a tenth of a second to
// five.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "adapters/cli/teller.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

class Patience {
  public:
    explicit Patience(Teller& tell) : tell_(tell) {}
    ~Patience() {
        if (!said_.empty()) tell_.trouble().ends(this, said_);
    }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;

    // False: it does not pass.
    bool bears(const Error& error) {
        // RT025: other nodes were quicker each time.
        if (!ports::may_pass(error) && error.code != "RT025") return false;
        if (error.code != said_) {
            if (!said_.empty()) tell_.trouble().ends(this, said_);
            if (tell_.trouble().begins(this, error.code)) tell_(ports::LogLevel::warning, error);
        }
        said_ = error.code;
        pause_ = std::min(pause_ * 2, kLongest);
        return true;
    }
    // It went well again, which is said where trouble was.
    void relieved() {
        if (!said_.empty() && tell_.trouble().ends(this, said_))
            tell_(ports::LogLevel::info, "CL125");
        said_.clear();
        pause_ = kShortest;
    }
    // Until the pause is over or `stopped` is true.
    template <class Stopped>
    void pause(Stopped stopped) const {
        constexpr auto kLook = std::chrono::milliseconds(20);
        const auto until = std::chrono::steady_clock::now() + pause_;
        while (std::chrono::steady_clock::now() < until && !stopped())
            std::this_thread::sleep_for(kLook);
    }

  private:
    static constexpr std::chrono::milliseconds kShortest{50};
    static constexpr std::chrono::milliseconds kLongest{5'000};
    Teller& tell_;
    std::string said_;  // code
    std::chrono::milliseconds pause_ = kShortest;
};

}  // namespace pintu::cli
