#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& event, const ApprovalAsked& asked) {
    state.approval = PendingApproval{asked.name, asked.answers, asked.texts, event.actor};
}

}  // namespace pintu::cases
