// Bugs planted on purpose, to show that the simulation finds them (docs/simulation.md). They exist
// only in a build with PINTU_PLANTED_BUGS (preset `simulate`); everywhere else planted() is a
// constant false and what it guards is gone.
#pragma once

namespace pintu {

enum class Bug {
    none,
    // engine/runtime
    rejected_from_cache,        // a rejection is not asked of the store again
    unknown_taken_for_kept,     // ST021 is answered as if it had been kept
    later_taken_for_done,       // an effect that could not go is recorded as done
    settled_before_performed,   // effects are recorded as done before they are asked for
    effect_key_of_attempt,      // each attempt at an effect goes out under its own key
    deferred_effect_forgotten,  // an effect that could not go now is struck off
    clock_takes_history_back,   // an event gets a time before that of the last one
    timer_not_kept,             // a case with events loses its next timer
    intake_key_of_attempt,      // the same report again is another report
    // the store of the simulation
    fence_not_checked,           // a commit of an older turn is kept
    expiry_ignored,              // a commit of a turn that ran out is kept
    locked_row_claimed,          // two nodes get the same turn
    version_not_checked,         // events are appended to a case that has moved on
    intake_key_not_unique,       // two cases for one report
    outbox_row_gone_at_claim,    // an effect is struck off when somebody takes it
    timer_added_not_replaced,    // a case has its old timer too
    cursor_past_in_flight,       // the sequencer goes by the highest number that it has seen
    torn_commit,                 // a crash leaves half of a transaction
    acknowledged_before_synced,  // a crash loses what was acknowledged
    outcome_not_kept,            // a decided command is not known when it comes again
    pending_lost_at_claim,       // a command is struck off when somebody takes it
    follow_outlives_publish,     // a turn at older definitions ends the work of newer ones
    sweep_passes_over_outbox,    // the sweep does not look for effects
    // the loop of the simulation's nodes
    notice_trusted_alone,     // a node that rests polls for nothing that the store may tell it of
    inbox_wake_trusted_alone  // nor does it look into its inbox
};

#ifdef PINTU_PLANTED_BUGS
inline Bug planted_bug = Bug::none;
inline bool planted(Bug bug) {
    return planted_bug == bug;
}
#else
constexpr bool planted(Bug /*bug*/) {
    return false;
}
#endif

}  // namespace pintu
