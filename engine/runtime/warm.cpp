#include "engine/runtime/warm.hpp"

namespace pintu::runtime {
namespace {

constexpr std::size_t kLine = 64;  // bytes that are fetched at a time

void fetch(const void* memory, std::size_t bytes) {
    const auto* at = static_cast<const char*>(memory);
    for (std::size_t i = 0; i < bytes; i += kLine) __builtin_prefetch(at + i);
}

template <class Map>
void fetch_all(const Map& map) {
    if (!map.empty()) fetch(&*map.begin(), map.size() * sizeof(*map.begin()));
}

void fetch_parts(const Held& held) {
    const cases::State& state = held.loaded.state;
    for (const auto* text :
         {&held.id.value, &state.id.value, &state.pinned.value, &state.current.value})
        fetch(text->data(), text->size());
    fetch_all(state.fields);
    fetch_all(state.decisions);
    fetch_all(state.steps);
    fetch_all(state.clocks);
    fetch_all(state.unsettled);
}

}  // namespace

void warm(const Hand& hand, Hand::const_iterator next) {
    if (next == hand.end()) return;
    fetch_parts(*next);
    if (++next != hand.end()) fetch(&*next, sizeof(Held));
}

}  // namespace pintu::runtime
