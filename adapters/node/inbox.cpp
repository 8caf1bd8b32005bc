#include "adapters/node/inbox.hpp"

#include <algorithm>
#include <iterator>

namespace pintu::node {

Inbox::Put Inbox::put(Job& job) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return Put::closed;
        if (jobs_.size() >= most_) return Put::full;
        jobs_.push_back(std::move(job));
        if (jobs_.size() < awaited_) return Put::taken;
    }
    came_.notify_one();
    return Put::taken;
}

std::vector<Job> Inbox::take(std::size_t most, std::chrono::milliseconds wait,
                             Gathering gathering) {
    std::unique_lock lock(mutex_);
    const auto came = [&] { return closed_ || jobs_.size() >= awaited_; };
    came_.wait_for(lock, wait, came);
    awaited_ = std::min({gathering.enough, most, most_});
    if (!jobs_.empty()) came_.wait_until(lock, gathering.until, came);
    awaited_ = 1;
    const auto end = jobs_.begin() + static_cast<std::ptrdiff_t>(std::min(most, jobs_.size()));
    std::vector<Job> taken(std::make_move_iterator(jobs_.begin()), std::make_move_iterator(end));
    jobs_.erase(jobs_.begin(), end);
    return taken;
}

std::size_t Inbox::size() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
}

void Inbox::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    came_.notify_all();
}

bool Inbox::finished() const {
    const std::lock_guard lock(mutex_);
    return closed_ && jobs_.empty();
}

bool Inbox::closed_within(std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    return came_.wait_for(lock, wait, [&] { return closed_; });
}

}  // namespace pintu::node
