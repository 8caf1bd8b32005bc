#include "adapters/cli/workers.hpp"

#include <chrono>
#include <utility>

namespace pintu::cli {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::seconds kGrace{3};

}  // namespace

void Workers::start(std::function<void()> job) {
    ++at_work_;
    threads_.emplace_back([this, job = std::move(job)] {
        job();
        --at_work_;
    });
}

void Workers::end() {
    const auto until = Steady::now() + kGrace;
    while (at_work_ > 0 && Steady::now() < until) std::this_thread::sleep_for(kLook);
    if (at_work_ > 0 && host_.launcher) {
        host_.troubles->close();
        host_.launcher->end_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

}  // namespace pintu::cli
