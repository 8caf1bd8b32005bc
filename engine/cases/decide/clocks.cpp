#include <algorithm>

#include "engine/cases/decide/steps.hpp"
#include "engine/workflow/model/clock_status.hpp"

namespace pintu::cases {
namespace {

using calendar::Ladder;
using Phase = calendar::ClockState::Phase;

constexpr int kMostFirings = 1000;  // of one case by one command; the rest fire by the next

Ladder ladder_of(const workflow::ClockSpec& spec) {
    Ladder ladder;
    ladder.reserve(spec.rungs.size());
    for (const auto& rung : spec.rungs)
        ladder.push_back({rung.percent, rung.again_every, rung.at_most});
    return ladder;
}

const calendar::ClockState& clock_of(const State& state, const std::string& name) {
    static const calendar::ClockState kIdle;
    const auto found = state.clocks.find(name);
    return found == state.clocks.end() ? kIdle : found->second;
}

// The wait of the state that the case is in: "state.after", "state.event".
const calendar::ClockState* wait_of(const State& state, std::string_view what) {
    for (const auto& [name, clock] : state.clocks)
        if (name.size() == state.name.size() + 1 + what.size() && name[state.name.size()] == '.' &&
            name.starts_with(state.name) && name.ends_with(what))
            return &clock;
    return nullptr;
}

// C1: the agency's until an owner is known.
const calendar::Calendar& calendar_of(const Turn& turn, const workflow::ClockSpec& spec) {
    const UnitId& owner = turn.state().owner;
    if (spec.calendar_of_owner && !owner.empty()) return turn.current(agency_of(owner)).calendar;
    return turn.current().calendar;
}

// What the spec says, or the decision's value; decided now if nobody has. Nothing: not decided.
std::optional<calendar::Duration> length_of(Turn& turn, const workflow::ClockSpec& spec) {
    if (const auto* fixed = std::get_if<calendar::Duration>(&spec.lasts)) return *fixed;
    const auto& decision = std::get<std::string>(spec.lasts);
    ensure_decided(turn, decision);
    if (turn.stopped()) return std::nullopt;
    return calendar::parse_duration(turn.state().decisions.at(decision).value);
}

const char* kind_of(const workflow::RungAction& action) {
    return std::holds_alternative<workflow::Remind>(action) ? "remind" : "escalate";
}

const workflow::Who& whom_of(const workflow::RungAction& action) {
    return std::visit([](const auto& a) -> const workflow::Who& { return a.whom; }, action);
}

void fire(Turn& turn, const workflow::ClockSpec& spec, const calendar::Firing& firing) {
    const workflow::Rung& rung = spec.rungs[firing.rung];
    const bool last = firing.repeat > rung.at_most && rung.then.has_value();
    const workflow::RungAction& action = last ? *rung.then : rung.action;
    const workflow::Who& whom = whom_of(action);
    const Office reached = office(turn, whom);
    turn.emit(ClockFired{spec.name, clock_of(turn.state(), spec.name).run, firing.percent,
                         firing.repeat, firing.at, kind_of(action), workflow::to_string(whom),
                         reached.unit, reached.persons, firing.notifies},
              true);
    if (!firing.notifies) return;
    turn.request(kind_of(action), spec.name, workflow::to_string(whom), reached.unit,
                 reached.persons);
    if (reached.persons.empty())
        turn.incident("CS052",
                      {turn.state().tracking_id.value, spec.name, workflow::to_string(whom)});
}

// C8.
void fire_past(Turn& turn, const workflow::ClockSpec& spec) {
    if (turn.stopped()) return;
    const auto past = calendar::already_past(clock_of(turn.state(), spec.name), ladder_of(spec),
                                             calendar_of(turn, spec), turn.now());
    for (const auto& firing : past) fire(turn, spec, firing);
}

void emit_started(Turn& turn, const std::string& name, const calendar::Started& started) {
    turn.emit(
        ClockStarted{name, started.run, started.started_at, calendar::to_string(started.lasts),
                     started.calendar, started.due, calendar::to_string(started.days)},
        true);
}

void start(Turn& turn, const workflow::ClockSpec& spec, Instant from) {
    const auto length = length_of(turn, spec);
    if (turn.stopped()) return;
    if (!length) return turn.incident("CS053", {turn.state().tracking_id.value, spec.name});
    emit_started(turn, spec.name,
                 calendar::start(clock_of(turn.state(), spec.name), ladder_of(spec),
                                 calendar_of(turn, spec), *length, from));
    fire_past(turn, spec);
}

void resume(Turn& turn, const workflow::ClockSpec& spec) {
    const auto resumed = calendar::resume(clock_of(turn.state(), spec.name), ladder_of(spec),
                                          calendar_of(turn, spec), turn.now());
    turn.emit(ClockResumed{spec.name, resumed.due, calendar::to_string(resumed.days)}, true);
    fire_past(turn, spec);
}

void pause(Turn& turn, const workflow::ClockSpec& spec) {
    const auto paused =
        calendar::pause(clock_of(turn.state(), spec.name), calendar_of(turn, spec), turn.now());
    turn.emit(ClockPaused{spec.name, paused.counted}, true);
}

// C2.
void begin(Turn& turn, const workflow::ClockSpec& spec, Phase phase, bool at_receipt) {
    switch (phase) {
        case Phase::idle:
            return start(turn, spec, at_receipt ? turn.state().received_at : turn.now());
        case Phase::running: return;
        case Phase::paused: return resume(turn, spec);
        case Phase::stopped:
            return spec.restart_again ? start(turn, spec, turn.now()) : resume(turn, spec);
    }
}

void turn_clock(Turn& turn, const workflow::ClockSpec& spec, workflow::ClockTurn what,
                bool at_receipt) {
    const Phase phase = clock_of(turn.state(), spec.name).phase;
    const bool alive = phase == Phase::running || phase == Phase::paused;
    switch (what) {
        case workflow::ClockTurn::start: return begin(turn, spec, phase, at_receipt);
        case workflow::ClockTurn::resume:
            if (phase != Phase::idle) begin(turn, spec, phase, false);
            return;
        case workflow::ClockTurn::pause:
            if (phase == Phase::running) pause(turn, spec);
            return;
        case workflow::ClockTurn::stop:
            if (alive) stop_clock(turn, spec.name);
            return;
        case workflow::ClockTurn::pass:
            if (phase == Phase::paused) resume(turn, spec);
            return;
    }
}

void emit_recomputed(Turn& turn, const std::string& name, const std::string& why,
                     const calendar::Recomputed& moved) {
    turn.emit(ClockRecomputed{name, why, calendar::to_string(moved.lasts), moved.calendar,
                              moved.old_due, moved.due, calendar::to_string(moved.days)},
              true);
}

void start_wait(Turn& turn, const std::string& name, const calendar::Duration& length) {
    if (clock_of(turn.state(), name).phase != Phase::idle) return;
    emit_started(turn, name, calendar::start({}, {}, turn.current().calendar, length, turn.now()));
}

// The next thing that a case does by itself: a rung of a clock, its `after`, or the end of the term
// for which its personal data are kept.
struct Next {
    enum class What { rung, after, erasure } what = What::rung;
    Instant at;
    const workflow::ClockSpec* clock = nullptr;  // of a rung
    calendar::Firing firing;
};

std::string name_of(const Next& next, const State& state) {
    switch (next.what) {
        case Next::What::rung:
            return next.clock->name + " " + std::to_string(next.firing.percent) + "%";
        case Next::What::after: return state.name + ".after";
        case Next::What::erasure: break;
    }
    return "keep_personal_data";
}

std::optional<Next> erasure_of(const State& state, const workflow::Workflow& flow) {
    if (!flow.keep_personal || !state.closed_at || state.erased) return std::nullopt;
    const Instant at = plus_seconds(*state.closed_at, flow.keep_personal->count * kSecondsPerDay);
    return Next{Next::What::erasure, at, nullptr, {}};
}

std::optional<Next> next_of(const Turn& turn) {
    const auto* flow = turn.workflow();
    if (flow == nullptr) return std::nullopt;
    std::optional<Next> next;
    const auto offer = [&](const Next& candidate) {
        if (!next || candidate.at < next->at) next = candidate;
    };
    for (const auto& spec : flow->clocks) {
        const auto& clock = clock_of(turn.state(), spec.name);
        if (!clock.runs()) continue;
        if (const auto firing =
                calendar::next_firing(clock, ladder_of(spec), calendar_of(turn, spec)))
            offer({Next::What::rung, firing->at, &spec, *firing});
    }
    if (const auto* wait = wait_of(turn.state(), "after"); wait != nullptr && wait->runs())
        offer({Next::What::after, wait->due, nullptr, {}});
    if (const auto erasure = erasure_of(turn.state(), *flow)) offer(*erasure);
    return next;
}

Transitioned after_of(const Turn& turn) {
    Transitioned move;
    move.name = "after";
    move.to = turn.workflow_state()->after->to;
    return move;
}

}  // namespace

void turn_clocks(Turn& turn, bool at_receipt) {
    const auto* flow = turn.workflow();
    const auto* state = turn.workflow_state();
    for (const auto& spec : flow->clocks)
        if (!turn.stopped()) turn_clock(turn, spec, workflow::turn_of(spec, *state), at_receipt);
    start_waits(turn);
}

void start_waits(Turn& turn) {
    const auto* state = turn.workflow_state();
    if (state->after) start_wait(turn, state->name + ".after", state->after->wait);
    for (const auto& event : state->on)
        if (event.within) start_wait(turn, state->name + "." + event.name, *event.within);
}

void stop_clock(Turn& turn, const std::string& name) {
    const auto stopped = calendar::stop(clock_of(turn.state(), name), turn.now());
    turn.emit(ClockStopped{name, stopped.on_time}, true);
}

void recompute_clock(Turn& turn, const std::string& name) {
    const auto* spec = turn.workflow()->find_clock(name);
    if (spec == nullptr || turn.stopped()) return;
    if (clock_of(turn.state(), name).phase == Phase::idle) return;
    const auto length = length_of(turn, *spec);
    if (!length || turn.stopped()) return;
    const auto& clock = clock_of(turn.state(), name);
    if (const auto moved = calendar::change_length(clock, ladder_of(*spec),
                                                   calendar_of(turn, *spec), *length, turn.now())) {
        emit_recomputed(turn, name, "decided", *moved);
        fire_past(turn, *spec);
    }
}

void restart_clock(Turn& turn, const std::string& name) {
    if (const auto* spec = turn.workflow()->find_clock(name)) start(turn, *spec, turn.now());
}

void clocks_follow_length(Turn& turn, const std::string& decision) {
    const auto* flow = turn.workflow();
    if (flow == nullptr) return;
    for (const auto& spec : flow->clocks)
        if (const auto* by = std::get_if<std::string>(&spec.lasts); by && *by == decision)
            recompute_clock(turn, spec.name);
}

void clocks_follow_calendar(Turn& turn, const std::string& why, bool only_owners) {
    const auto* flow = turn.workflow();
    if (flow == nullptr) return;
    for (const auto& spec : flow->clocks) {
        const auto& clock = clock_of(turn.state(), spec.name);
        if (turn.stopped() || clock.phase == Phase::idle) continue;
        if (only_owners && !spec.calendar_of_owner) continue;
        if (const auto moved = calendar::change_calendar(clock, ladder_of(spec),
                                                         calendar_of(turn, spec), turn.now())) {
            emit_recomputed(turn, spec.name, why, *moved);
            fire_past(turn, spec);
        }
    }
    if (only_owners) return;
    const auto clocks = turn.state().clocks;
    for (const auto& [name, clock] : clocks)
        if (is_wait(name))
            if (const auto moved =
                    calendar::change_calendar(clock, {}, turn.current().calendar, turn.now()))
                emit_recomputed(turn, name, why, *moved);
}

void fire_due(Turn& turn) {
    for (int count = 0; count < kMostFirings && !turn.stopped(); ++count) {
        const auto next = next_of(turn);
        if (!next || next->at > turn.now()) return;
        switch (next->what) {
            case Next::What::rung: fire(turn, *next->clock, next->firing); break;
            case Next::What::after: enter(turn, after_of(turn), true); break;
            case Next::What::erasure:
                destroy_personal(turn, name_of(*next, turn.state()), true);
                break;
        }
    }
}

bool too_late(const State& state, const std::string& event, Instant now) {
    const auto* wait = wait_of(state, event);
    return wait != nullptr && wait->phase != Phase::idle && !(now < wait->due);
}

std::optional<Wake> next_wake(const Turn& turn) {
    const auto next = next_of(turn);
    if (!next) return std::nullopt;
    return Wake{next->at, name_of(*next, turn.state())};
}

}  // namespace pintu::cases
