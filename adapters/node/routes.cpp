#include "adapters/node/routes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pintu::node {

Routes::Way& Routes::Way::operator=(Way&& other) noexcept {
    end();
    routes_ = std::exchange(other.routes_, nullptr);
    worker_ = other.worker_;
    report_ = other.report_;
    is_report_ = other.is_report_;
    return *this;
}

void Routes::Way::end() {
    if (auto* routes = std::exchange(routes_, nullptr)) routes->end(*this);
}

Routes::Way Routes::of_report(std::size_t key) {
    if (unanswered_.size() == 1) return {};
    const std::lock_guard lock(mutex_);
    Open& open = reports_[key];
    if (open.count++ == 0) {
        const auto least = std::min_element(unanswered_.begin(), unanswered_.end());
        open.worker = static_cast<std::size_t>(std::distance(unanswered_.begin(), least));
    }
    Way way = begin(open.worker);
    way.report_ = key;
    way.is_report_ = true;
    return way;
}

Routes::Way Routes::of_case(std::size_t key) {
    if (unanswered_.size() == 1) return {};
    const std::lock_guard lock(mutex_);
    return begin(key % unanswered_.size());
}

Routes::Way Routes::begin(std::size_t worker) {
    ++unanswered_[worker];
    Way way;
    way.routes_ = this;
    way.worker_ = worker;
    return way;
}

void Routes::end(const Way& way) {
    const std::lock_guard lock(mutex_);
    --unanswered_[way.worker_];
    if (!way.is_report_) return;
    const auto found = reports_.find(way.report_);
    if (--found->second.count == 0) reports_.erase(found);
}

}  // namespace pintu::node
