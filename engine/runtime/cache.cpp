#include "engine/runtime/cache.hpp"

namespace pintu::runtime {

const Held* Cache::find(const CaseId& id) const {
    const auto found = where_.find(id.value);
    return found == where_.end() ? nullptr : &*found->second;
}

Held* Cache::take(const CaseId& id, Hand& hand) {
    const auto found = where_.find(id.value);
    if (found == where_.end()) return nullptr;
    Held& held = *found->second;
    if (held.in_hand) return &held;
    hand.splice(hand.end(), latest_, found->second);
    held.in_hand = held.from_cache = true;
    return &held;
}

Held& Cache::add(const CaseId& id, Hand& hand) {
    Held& held = hand.emplace_back();
    held.id = id;
    held.in_hand = true;
    where_.emplace(held.id.value, std::prev(hand.end()));
    return held;
}

void Cache::drop(const CaseId& id, Hand& hand) {
    const auto found = where_.find(id.value);
    if (found == where_.end()) return;
    const auto at = found->second;
    where_.erase(found);
    (at->in_hand ? hand : latest_).erase(at);
}

// Most of them are out of the processor's caches by now: little of each is looked at.
void Cache::put_back(Hand& hand, bool kept) {
    for (auto next = hand.begin(); next != hand.end();) {
        const auto at = next++;
        const bool is_case = !at->loaded.state.id.empty();
        if (is_case && (kept || !at->update)) {
            at->in_hand = at->from_cache = false;
            at->update.reset();
        } else {
            where_.erase(at->id.value);
            hand.erase(at);
        }
    }
    latest_.splice(latest_.end(), hand);
    while (latest_.size() > most_) {
        where_.erase(latest_.front().id.value);
        latest_.pop_front();
    }
}

}  // namespace pintu::runtime
