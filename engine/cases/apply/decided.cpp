#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Decided& decided) {
    state.decisions[decided.decision] = {decided.value, decided.status, false};
}

}  // namespace pintu::cases
