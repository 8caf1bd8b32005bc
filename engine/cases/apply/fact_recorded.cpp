#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const FactRecorded& fact) {
    state.facts[fact.name] = {fact.definition, fact.value, fact.assumed};
}

}  // namespace pintu::cases
