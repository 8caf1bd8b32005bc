#include "engine/workflow/model/model.hpp"

#include <algorithm>

namespace pintu::workflow {
namespace {

template <class Item>
const Item* find_named(const std::vector<Item>& items, const std::string& name) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const Item& i) { return i.name == name; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::string to_string(const Who& who) {
    switch (who.of) {
        case Who::Of::reporter: return who.role;
        case Who::Of::owner: return who.role + " of owner";
        case Who::Of::agency: return who.role + " of agency";
        case Who::Of::unit: return who.role + " of " + who.unit;
    }
    return who.role;
}

bool same_who(const Who& left, const Who& right) {
    return left.role == right.role && left.of == right.of && left.unit == right.unit;
}

const EventSpec* State::find_event(const std::string& event) const {
    return find_named(on, event);
}

Who actor(const State& state, const EventSpec& event) {
    if (event.by) return *event.by;
    if (state.task) return *state.task;
    return {"pelapor", Who::Of::reporter, "", event.span};
}

const State* Workflow::find_state(const std::string& state) const {
    return find_named(states, state);
}

const ClockSpec* Workflow::find_clock(const std::string& clock) const {
    return find_named(clocks, clock);
}

const std::string& title_of(const State& state) {
    return state.title.empty() ? state.name : state.title;
}

}  // namespace pintu::workflow
