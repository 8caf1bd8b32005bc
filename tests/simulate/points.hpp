// What must happen sometimes: a simulation that never comes to a difficulty proves nothing about
// it. Counted over all seeds of a run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace pintu::simulate {

enum class Point {
    stale_turn_refused,
    conflict_of_versions,
    conflict_of_intake_keys,
    conflict_of_outcomes,
    unknown_resolved_as_kept,
    unknown_resolved_as_lost,
    unknown_left_open,
    answer_lost,
    request_lost,
    claim_met_a_locked_row,
    turn_taken_over_after_it_ran_out,
    wake_passed_over,
    wake_met_a_locked_row,
    work_found_by_the_sweep,
    events_found_by_the_sweep,
    notice_lost,
    inbox_wake_missed,
    node_killed,
    node_killed_holding_a_turn,
    node_killed_in_mid_commit,
    node_stopped_past_its_lease,
    store_crashed,
    store_crashed_in_mid_commit,
    store_failed_over,
    node_cut_off,
    clock_went_back,
    clock_leapt_ahead,
    time_of_case_held_still,
    report_repeated,
    report_conflicted,
    report_refused,
    same_report_to_two_nodes,
    command_accepted,
    command_rejected,
    command_submitted_again,
    command_known_already,
    transfer_between_agencies,
    merge_of_cases,
    case_reopened,
    case_erased,
    effect_deferred,
    effect_waited_for_its_slot,
    effect_refused,
    effect_given_up,
    effect_asked_for_twice,
    effect_answer_lost,
    effect_took_longer_than_the_lease,
    deadline_fired,
    deadline_fired_late,
    ladder_climbed_to_its_end,
    clock_paused,
    clock_recomputed,
    definitions_published,
    definitions_changed_in_mid_case,
    definitions_followed_by_a_turn,
    case_decided_by_older_definitions,
    sequencer_waited_for_one_in_flight,
    sequencer_had_nothing_to_wait_for,
    incident_reported,
    incident_retried,
    all_came_to_rest,
    count_
};

constexpr std::size_t kPoints = static_cast<std::size_t>(Point::count_);
const char* name_of(Point point);

class Points {
  public:
    void reach(Point point) { ++counts_[static_cast<std::size_t>(point)]; }
    std::uint64_t count(Point point) const { return counts_[static_cast<std::size_t>(point)]; }
    void add(Point point, std::uint64_t more) { counts_[static_cast<std::size_t>(point)] += more; }

  private:
    std::array<std::uint64_t, kPoints> counts_{};
};

}  // namespace pintu::simulate
