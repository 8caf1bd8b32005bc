#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const EvidenceAdded& added) {
    state.evidence.insert(added.kind);
}

}  // namespace pintu::cases
