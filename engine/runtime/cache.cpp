#include "engine/runtime/cache.hpp"

namespace pintu::runtime {

void Cache::put(HeldCases& hand) {
    for (auto next = hand.begin(); next != hand.end();) {
        Held& held = *next++;
        if (held.loaded.state.sequence == 0) continue;
        held.from_cache = false;
        held.touched.reset();
        latest_.take(held.id, hand);
    }
    while (latest_.size() > most_) latest_.drop(latest_.begin()->id);
}

}  // namespace pintu::runtime
