#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {

// Another person than the one who asked, in the office that the event names.
const workflow::EventSpec* check_may_approve(Turn& turn) {
    const State& state = turn.state();
    if (!state.approval) {
        turn.reject("CS016");
        return nullptr;
    }
    const auto* in = turn.workflow_state();
    const auto* event = in == nullptr ? nullptr : in->find_event(state.approval->name);
    if (event == nullptr || !event->approved_by) {
        turn.reject("CS016");
    } else if (!holds(turn, *event->approved_by)) {
        turn.reject("CS017", {event->name, workflow::to_string(*event->approved_by)});
    } else if (state.approval->asked_by == turn.command().actor) {
        turn.reject("CS018", {event->name});
    }
    return turn.stopped() ? nullptr : event;
}

void run(Turn& turn, const Approve&) {
    const auto* event = check_may_approve(turn);
    if (event == nullptr) return;
    if (too_late(turn.state(), event->name, turn.now()))
        return turn.reject("CS013", {event->name, calendar::to_string(*event->within)});
    if (is_spent(turn.state(), *event) && event->then.empty())
        return turn.reject("CS014", {event->name, std::to_string(*event->at_most)});
    Transitioned move = move_of(turn.state(), *event);
    move.answers = turn.state().approval->answers;
    move.approved_by = turn.command().actor.id;
    enter(turn, std::move(move), false);
}

void run(Turn& turn, const Refuse& refuse) {
    const auto* event = check_may_approve(turn);
    if (event == nullptr) return;
    turn.emit(ApprovalRefused{event->name, turn.seal("reason", refuse.reason)});
}

}  // namespace pintu::cases
