#include "tests/simulate/verdict.hpp"

#include "engine/cases/apply/apply.hpp"
#include "engine/cases/decide/decide.hpp"
#include "engine/runtime/audit.hpp"
#include "tests/simulate/node.hpp"

namespace pintu::simulate {
namespace {

const bundle::Bundle* bundle_of(const runtime::Loadout& loadout, const AgencyCode& agency) {
    const auto found = loadout.library->bundles.find(agency);
    return found == loadout.library->bundles.end() ? nullptr : found->second.get();
}

// When the fold asks to be looked at again, by the definitions given: what deciding nothing says.
std::optional<cases::Wake> wake_of(const World& world, const cases::State& state,
                                   const runtime::Loadout& current) {
    cases::Context context;
    context.now = state.changed_at;
    context.current = current.library.get();
    for (const auto* one : {&world.definitions->first, &world.definitions->second})
        if (const auto* bundle = bundle_of(*one, state.agency);
            bundle != nullptr && bundle->pinned == state.pinned)
            context.pinned = bundle;
    if (context.pinned == nullptr) return std::nullopt;
    cases::State same = state;
    const auto decision =
        cases::decide(same, {CommandId("look"), state.id, {}, cases::FireTimers{}}, context);
    const auto* accepted = std::get_if<cases::Accepted>(&decision);
    return accepted == nullptr ? std::nullopt : accepted->wake;
}

void judge_timer(World& world, const StoredRows& rows, const cases::State& state) {
    const auto& timers = world.server.tables().timers;
    std::size_t pending = 0;
    if (const auto of = timers.find(state.agency); of != timers.end())
        for (const auto& [key, timer] : of->second)
            if (key.second == state.id) ++pending;
    world.ledger.must(pending == (rows.timer ? 1U : 0U), "a case has one timer at most",
                      state.id.value);
    for (const auto& [id, incident] : world.server.tables().incidents)
        if (incident.case_id == state.id && incident.what == "timer") return;  // put off
    for (const auto* loadout : {&world.definitions->first, &world.definitions->second}) {
        const auto wake = wake_of(world, state, *loadout);
        if (wake.has_value() == rows.timer.has_value() &&
            (!wake || (wake->due == rows.timer->due && wake->name == rows.timer->name)))
            return;
    }
    world.ledger.violated("timers are those that the history asks for",
                          state.id.value + " has " + (rows.timer ? rows.timer->name : "none"));
}

void judge_effects(World& world, const cases::State& state) {
    SmallSet<EffectKey> waiting;
    const auto& outbox = world.server.tables().outbox;
    if (const auto of = outbox.find(state.agency); of != outbox.end())
        for (const auto& one : of->second)
            if (one.effect.case_id == state.id) waiting.insert(one.effect.key);
    world.ledger.must(waiting == state.unsettled, "an effect waits until it is settled",
                      state.id.value);
}

void judge_case(World& world, const CaseId& id, const Ledger::KnownCase& known) {
    const auto& tables = world.server.tables();
    const auto found = tables.cases.find(id);
    const bool all = found != tables.cases.end() &&
                     found->second.events.size() == known.leaves.size() &&
                     found->second.last_leaf == known.leaves.back();
    world.ledger.must(all, "what was kept stays", id.value);
    if (!all) return;
    const auto state = cases::fold(found->second.events);
    judge_timer(world, found->second, state);
    judge_effects(world, state);
}

void judge_logs(World& world) {
    Condition condition;
    Connection connection(world.network, condition);
    connection.at_rest();
    world.lost_wakes = {};
    world.server.sweep();
    for (;;) {
        const auto placed = connection.sequence(1'000);
        if (!placed || *placed == 0) break;
    }
    std::size_t logged = 0;
    std::size_t kept = 0;
    for (const auto& agency : world.definitions->agencies) {
        const auto audited = runtime::audit(connection, agency, {});
        if (!audited) return world.ledger.violated("histories verify", audited.error().code);
        logged += audited->events;
        for (const auto& finding : audited->findings.items())
            world.ledger.violated("histories verify", finding.code + " " + finding.case_id.value +
                                                          " " + std::to_string(finding.sequence));
        for (const auto byte : audited->root) world.trace.mix(byte);
    }
    for (const auto& [id, known] : world.ledger.cases()) kept += known.leaves.size();
    world.ledger.must(logged == kept, "the sequencer skips no event",
                      std::to_string(kept) + " kept, " + std::to_string(logged) + " in the logs");
}

std::vector<std::string> waiting_in(const Tables& tables, const Tables::Slot& slot, Instant now) {
    const auto& [agency, work] = slot;
    std::vector<std::string> found;
    if (work == ports::Work::follow && tables.agenda.at(slot).due <= now)
        found.emplace_back("definitions");
    if (work == ports::Work::decide) {
        if (const auto of = tables.commands.find(agency); of != tables.commands.end())
            for (const auto& command : of->second) found.push_back(command.id.value);
        if (const auto of = tables.timers.find(agency); of != tables.timers.end())
            for (const auto& [key, timer] : of->second)
                if (key.first <= now) found.push_back(to_string(timer.due) + key.second.value);
    }
    if (work == ports::Work::send)
        if (const auto of = tables.outbox.find(agency); of != tables.outbox.end())
            for (const auto& one : of->second)
                if (!one.dead && one.until.value_or(Instant{}) <= now)
                    found.push_back(one.effect.key.value);
    return found;
}

}  // namespace

bool at_rest(const World& world) {
    const auto& tables = world.server.tables();
    for (const auto& [agency, commands] : tables.commands)
        if (!commands.empty()) return false;
    for (const auto& [agency, effects] : tables.outbox)
        if (!effects.empty()) return false;
    for (const auto& [agency, timers] : tables.timers)
        if (!timers.empty()) return false;
    for (const auto& [slot, row] : tables.agenda)
        if (slot.second == ports::Work::follow && row.due != kNever) return false;
    for (const auto& [id, rows] : tables.cases)
        if (!rows.row.closed) return false;
    return tables.unsequenced.empty();
}

std::set<std::string> unattended(const World& world) {
    const auto& tables = world.server.tables();
    const Instant now{world.scheduler.now()};
    std::set<std::string> waiting;
    for (const auto& [slot, row] : tables.agenda) {
        if (row.until > world.server.clock() || row.locked_by != 0) continue;
        for (const auto& what : waiting_in(tables, slot, now))
            waiting.insert(slot.first.value + " after turn " + std::to_string(row.token) + ": " +
                           what);
    }
    for (const auto& one : tables.unsequenced)
        waiting.insert("place of event " + std::to_string(one.number));
    for (std::size_t i = 0; i < world.nodes.size(); ++i)
        if (const auto served = world.nodes[i]->served_before_what_waits())
            waiting.insert("inbox " + std::to_string(i) + " after " + std::to_string(*served));
    return waiting;
}

void judge(World& world) {
    const auto& tables = world.server.tables();
    auto& ledger = world.ledger;
    for (const auto& [id, known] : ledger.cases()) judge_case(world, id, known);
    for (const auto& id : ledger.taken()) {
        bool waits = false;
        if (const auto of = tables.commands.find(agency_of(id)); of != tables.commands.end())
            for (const auto& command : of->second) waits = waits || command.id == id;
        ledger.must(waits || tables.outcomes.contains(id), "what is acknowledged is kept",
                    "command " + id.value);
    }
    for (const auto& [id, outcome] : ledger.answered()) {
        const auto kept = tables.outcomes.find(id);
        ledger.must(kept != tables.outcomes.end() && kept->second == outcome,
                    "what is acknowledged is kept", "outcome of " + id.value);
    }
    judge_logs(world);
}

void judge_rest(World& world) {
    auto& ledger = world.ledger;
    const auto& tables = world.server.tables();
    for (const auto& [id, rows] : tables.cases)
        ledger.must(rows.row.closed, "every case ends", id.value + " in " + rows.row.state);
    for (const auto& id : ledger.taken())
        ledger.must(tables.outcomes.contains(id), "every command is decided", id.value);
    for (const auto& [key, meaning] : ledger.requested())
        ledger.must(ledger.settled().contains(key), "every effect is settled", key.value);
    ledger.must(at_rest(world), "everything comes to rest", "something is left to do");
    world.points.reach(Point::all_came_to_rest);
}

}  // namespace pintu::simulate
