#include "engine/runtime/cache.hpp"

namespace pintu::runtime {

const Loaded* Cache::find(const CaseId& id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return nullptr;
    latest_.splice(latest_.begin(), latest_, found->second);
    return &found->second->second;
}

void Cache::put(const CaseId& id, Loaded loaded) {
    drop(id);
    latest_.emplace_front(id, std::move(loaded));
    where_[id] = latest_.begin();
    if (where_.size() <= most_) return;
    where_.erase(latest_.back().first);
    latest_.pop_back();
}

std::optional<Loaded> Cache::take(const CaseId& id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return std::nullopt;
    std::optional<Loaded> taken(std::move(found->second->second));
    latest_.erase(found->second);
    where_.erase(found);
    return taken;
}

void Cache::drop(const CaseId& id) {
    const auto found = where_.find(id);
    if (found == where_.end()) return;
    latest_.erase(found->second);
    where_.erase(found);
}

void Cache::clear() {
    latest_.clear();
    where_.clear();
}

}  // namespace pintu::runtime
