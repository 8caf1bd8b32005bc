#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {
namespace {

constexpr std::size_t kUsualStates = 8;

// One more of it, with room for the usual number from the first on.
template <class Value>
Value& entry(SmallMap<std::string, Value>& map, std::string name) {
    if (map.empty()) map.reserve(kUsualStates);
    return map[std::move(name)];
}

}  // namespace

void apply(State& state, const Event& event, const Transitioned& transitioned) {
    if (!transitioned.from.empty()) {
        ++entry(state.taken, transitioned.from + "/" + transitioned.name);
        // Of an event that was approved, whoever asked for it did it.
        const Actor& by =
            transitioned.approved_by && state.approval ? state.approval->asked_by : event.actor;
        if (by.kind == Actor::Kind::person)
            entry(state.left_by, transitioned.from) = PersonId(by.id);
    }
    for (const auto& [name, value] : transitioned.answers) state.fields[name] = value;
    state.approval.reset();
    drop_waits(state);
    state.name = transitioned.to;
    state.entered_at = event.at;
    ++entry(state.visits, transitioned.to);
    state.closed = transitioned.closes;
    state.withdrawn = transitioned.withdraws;
    state.closed_at = transitioned.closes ? std::optional(event.at) : std::nullopt;
}

}  // namespace pintu::cases
