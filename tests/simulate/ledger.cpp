#include "tests/simulate/ledger.hpp"

#include "engine/cases/apply/apply.hpp"
#include "engine/history/codec.hpp"

namespace pintu::simulate {
namespace {

constexpr std::int64_t kLate = kDay;  // a deadline that fired later than this after it was due

std::string meaning_of(const std::string& kind, const std::string& message, const std::string& whom,
                       const UnitId& unit) {
    return kind + " " + message + " to " + whom + " " + unit.value;
}

std::string name_of(const cases::Received& received) {
    if (received.transferred_from)
        return "from " + received.transferred_from->value + " hop " + std::to_string(received.hops);
    return received.channel + " " + received.external_id;
}

}  // namespace

void Ledger::violated(const std::string& invariant, const std::string& what) {
    if (!violation_) violation_ = Violation{invariant, what};
}

void Ledger::turn_given(const AgencyCode& agency, ports::Work work, std::uint64_t token,
                        Micros clock, std::int64_t lease_ms) {
    Turn& turn = turns_[{agency, work}];
    must(token > turn.token, "a turn is given once",
         agency.value + " token " + std::to_string(token));
    must(turn.ended || turn.until <= clock, "a turn is given once",
         agency.value + " while another has it");
    if (!turn.ended && turn.until <= clock) points_.reach(Point::turn_taken_over_after_it_ran_out);
    turn = {token, clock + lease_ms * kMillisecond, false};
}

void Ledger::published(const std::vector<AgencyCode>& agencies,
                       const std::vector<BundleHash>& hashes) {
    points_.reach(Point::definitions_published);
    for (const auto& agency : agencies) turns_[{agency, ports::Work::follow}].ended = true;
    newest_.clear();
    newest_.insert(hashes.begin(), hashes.end());
}

void Ledger::check_turn(const ports::TurnEnd& end, Micros clock) {
    Turn& turn = turns_[{end.lease.agency, end.lease.work}];
    const std::string which = end.lease.agency.value + " token " + std::to_string(end.lease.token);
    must(end.lease.token == turn.token && !turn.ended, "a stale turn never writes", which);
    must(turn.until > clock, "a turn that ran out never writes", which);
    if (end.keep_ms > 0) {
        turn.until = clock + end.keep_ms * kMillisecond;
    } else {
        turn.ended = true;
    }
    if (end.finished) points_.reach(Point::definitions_followed_by_a_turn);
}

void Ledger::check_payload(const cases::Event& event, KnownCase& known) {
    const std::string& id = event.case_id.value;
    if (const auto* received = std::get_if<cases::Received>(&event.payload)) {
        known.report = name_of(*received);
        known.agency = event.agency;
        known.tracking_id = received->tracking_id;
        must(received_.emplace(known.report, event.case_id).second, "no report becomes two cases",
             known.report);
        if (received->transferred_from) points_.reach(Point::transfer_between_agencies);
    } else if (const auto* fired = std::get_if<cases::ClockFired>(&event.payload)) {
        // A due that moves into the future arms it anew (C8).
        const std::string which = fired->clock + " run " + std::to_string(fired->run) + " " +
                                  std::to_string(fired->percent) + "% " +
                                  std::to_string(fired->repeat) + " due " + to_string(fired->due);
        must(known.fired.insert(which).second, "each deadline fires once", id + " " + which);
        must(fired->due <= event.at, "no deadline fires before its time", id + " " + which);
        points_.reach(Point::deadline_fired);
        if (event.at.micros - fired->due.micros > kLate) points_.reach(Point::deadline_fired_late);
        if (fired->repeat > 1) points_.reach(Point::ladder_climbed_to_its_end);
    } else if (const auto* asked = std::get_if<cases::EffectRequested>(&event.payload)) {
        must(requested_
                 .emplace(asked->key,
                          meaning_of(asked->kind, asked->message, asked->whom, asked->unit))
                 .second,
             "each effect has a key of its own", asked->key.value);
    } else if (const auto* done = std::get_if<cases::EffectDone>(&event.payload)) {
        must(requested_.contains(done->key) && settled_.insert(done->key).second,
             "an effect is settled once", done->key.value);
        must(arrived_.contains(done->key), "an effect that is done took place", done->key.value);
    } else if (const auto* failed = std::get_if<cases::EffectFailed>(&event.payload)) {
        must(requested_.contains(failed->key) && settled_.insert(failed->key).second,
             "an effect is settled once", failed->key.value);
        must(refused_.contains(failed->key), "an effect that failed was refused",
             failed->key.value);
        points_.reach(Point::effect_refused);
    } else if (std::holds_alternative<cases::Merged>(event.payload)) {
        points_.reach(Point::merge_of_cases);
    } else if (std::holds_alternative<cases::Erased>(event.payload)) {
        points_.reach(Point::case_erased);
    } else if (std::holds_alternative<cases::ClockPaused>(event.payload)) {
        points_.reach(Point::clock_paused);
    } else if (std::holds_alternative<cases::ClockRecomputed>(event.payload)) {
        points_.reach(Point::clock_recomputed);
    } else if (const auto* moved = std::get_if<cases::Transitioned>(&event.payload)) {
        if (moved->name == "buka_kembali") points_.reach(Point::case_reopened);
    }
}

void Ledger::check_event(const cases::Event& event, const Digest& leaf) {
    KnownCase& known = cases_[event.case_id];
    const std::string where = event.case_id.value + " " + std::to_string(event.sequence);
    must(event.sequence == known.leaves.size() + 1, "sequences are dense", where);
    must(event.at >= known.last, "a case's times never fall", where);
    must(event.previous == (known.leaves.empty() ? Digest{} : known.leaves.back()),
         "each event names the one before", where);
    if (!newest_.contains(event.pinned)) points_.reach(Point::case_decided_by_older_definitions);
    if (!known.current.empty() && known.current != event.current)
        points_.reach(Point::definitions_changed_in_mid_case);
    if (event.at == known.last && event.sequence > 1) points_.reach(Point::time_of_case_held_still);
    check_payload(event, known);
    known.current = event.current;
    known.last = event.at;
    known.leaves.push_back(leaf);
}

void Ledger::check_outcome(const ports::CommandOutcome& outcome, const std::set<CommandId>& made) {
    const std::string& id = outcome.id.value;
    must(decided_.insert(outcome.id).second, "a command is decided once", id);
    must(outcome.accepted || !made.contains(outcome.id), "a rejected command does nothing", id);
    const auto known = cases_.find(outcome.case_id);
    const std::size_t length = known == cases_.end() ? 0 : known->second.leaves.size();
    must(outcome.sequence <= length, "what is decided has happened", id);
    const auto sent = sent_.find(outcome.id);
    must(sent == sent_.end() || outcome.sequence >= sent->second,
         "a command is decided on the case as it stands", id);
    points_.reach(outcome.accepted ? Point::command_accepted : Point::command_rejected);
}

void Ledger::kept(const ports::Commit& commit, Micros clock) {
    for (const auto& turn : commit.turns) check_turn(turn, clock);
    std::set<CommandId> made;
    for (const auto& added : commit.events) {
        const auto event = history::decode(added.bytes);
        const cases::EventHead& head = event.value();
        must(head == added.event, "what is said of an event stands in it", head.case_id.value);
        check_event(event.value(), added.leaf);
        made.insert(event->command);
    }
    for (const auto& outcome : commit.outcomes) check_outcome(outcome, made);
    for (const auto& command : commit.submitted) command_taken(command.id);
    for (const auto& one : commit.deferred) {
        points_.reach(Point::effect_deferred);
        if (one.slotted) points_.reach(Point::effect_waited_for_its_slot);
    }
    if (!commit.incidents.empty()) points_.reach(Point::incident_reported);
}

void Ledger::arrived(const cases::Effect& effect) {
    const auto asked = requested_.find(effect.key);
    must(asked != requested_.end(), "no effect that was not decided", effect.key.value);
    if (asked == requested_.end()) return;
    const auto meaning = meaning_of(effect.kind, effect.message, effect.whom, effect.unit);
    must(asked->second == meaning, "an effect does what was decided",
         effect.key.value + " " + meaning + ", decided: " + asked->second);
    if (!arrived_.emplace(effect.key, meaning).second) points_.reach(Point::effect_asked_for_twice);
}

void Ledger::intake_answered(const std::string& report, const runtime::IntakeAnswer& answer) {
    using Status = runtime::IntakeAnswer::Status;
    if (answer.status == Status::rejected) return points_.reach(Point::report_refused);
    if (answer.status == Status::repeated) points_.reach(Point::report_repeated);
    if (answer.status == Status::conflict) points_.reach(Point::report_conflicted);
    const auto known = cases_.find(answer.case_id);
    must(known != cases_.end(), "what is acknowledged is kept", report);
    if (known == cases_.end()) return;
    must(known->second.tracking_id == answer.tracking_id && known->second.report == report,
         "an answer tells of the report that it answers", report);
    const auto told = reports_.emplace(report, answer.tracking_id);
    must(told.first->second == answer.tracking_id, "the same report gets the same answer", report);
}

void Ledger::command_sent(const CommandId& id, const CaseId& case_id) {
    const auto known = cases_.find(case_id);
    const std::size_t length = known == cases_.end() ? 0 : known->second.leaves.size();
    sent_.emplace(id, static_cast<std::uint32_t>(length));
}

void Ledger::command_answered(const ports::CommandOutcome& outcome) {
    must(decided_.contains(outcome.id), "what is acknowledged is kept", outcome.id.value);
    const auto told = answered_.emplace(outcome.id, outcome);
    must(told.first->second == outcome, "a command has one outcome", outcome.id.value);
}

}  // namespace pintu::simulate
