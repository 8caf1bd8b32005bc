#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const ApprovalRefused& /*refused*/) {
    state.approval.reset();
}

}  // namespace pintu::cases
