#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Corrected& corrected) {
    if (corrected.is_decision)
        state.decisions[corrected.name] = {corrected.value, "by_person", true};
    else if (corrected.value == "unknown")
        state.fields.erase(corrected.name);
    else
        state.fields[corrected.name] = corrected.value;
}

}  // namespace pintu::cases
