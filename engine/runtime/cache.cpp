#include "engine/runtime/cache.hpp"

namespace pintu::runtime {

const Held* Cache::find(const CaseId& id) const {
    const auto found = where_.find(id.value);
    return found == where_.end() ? nullptr : &*found->second;
}

const Held* Cache::find(const CaseId& id, const Hand& hand) const {
    const Held* held = find(id);
    return held != nullptr && held->hand == hand.number ? held : nullptr;
}

Held* Cache::take(const CaseId& id, Hand& hand) {
    const auto found = where_.find(id.value);
    if (found == where_.end()) return nullptr;
    Held& held = *found->second;
    if (hand.number == 0) hand.number = ++hands_;
    if (held.hand == hand.number) return &held;
    hand.cases.splice(hand.cases.end(), latest_, found->second);
    held.hand = hand.number;
    held.from_cache = true;
    held.update.reset();
    return &held;
}

Cache::Place Cache::put_in(const CaseId& id, Hand& hand) {
    if (hand.number == 0) hand.number = ++hands_;
    Held& held = hand.cases.emplace_back();
    held.id = id;
    held.hand = hand.number;
    return where_.emplace(held.id.value, std::prev(hand.cases.end())).first->second;
}

Held& Cache::add(const CaseId& id, Hand& hand) {
    hand.unsure.push_back(id);
    return *put_in(id, hand);
}

Held& Cache::add(Loaded opened, Hand& hand) {
    Held& held = *put_in(opened.state.id, hand);
    held.loaded = std::move(opened);
    return held;
}

void Cache::forget(Place at, std::list<Held>& from) {
    where_.erase(at->id.value);
    from.erase(at);
}

void Cache::drop(const CaseId& id, Hand& hand) {
    const auto found = where_.find(id.value);
    if (found == where_.end()) return;
    const auto at = found->second;
    forget(at, at->hand == hand.number ? hand.cases : latest_);
}

void Cache::put_back(Hand& hand, bool kept) {
    for (const auto& id : hand.unsure) {
        const Held* held = find(id, hand);
        if (held != nullptr && held->loaded.state.id.empty()) drop(id, hand);
    }
    if (!kept)
        for (auto next = hand.cases.begin(); next != hand.cases.end();) {
            const auto at = next++;
            if (at->update) forget(at, hand.cases);
        }
    latest_.splice(latest_.end(), hand.cases);
    hand = {};
    while (latest_.size() > most_) forget(latest_.begin(), latest_);
}

}  // namespace pintu::runtime
