#include "engine/runtime/warm.hpp"

#include "engine/base/fetch.hpp"

namespace pintu::runtime {
namespace {

void fetch_parts(const Held& held) {
    const cases::State& state = held.loaded.state;
    fetch(held.id.value);
    fetch(state.id.value);
    fetch_all(state.fields);
    fetch_all(state.decisions);
    fetch_all(state.steps);
    fetch_all(state.clocks);
    fetch_all(state.unsettled);
}

}  // namespace

void warm(const std::list<Held>& hand, std::list<Held>::const_iterator next) {
    if (next == hand.end()) return;
    fetch_parts(*next);
    if (++next != hand.end()) fetch(&*next, sizeof(Held));
}

}  // namespace pintu::runtime
