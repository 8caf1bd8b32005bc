#include <algorithm>

#include "engine/cases/decide/mint.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/workflow/model/clock_status.hpp"

namespace pintu::cases {
namespace {

void notify_reporter(Turn& turn, const char* kind) {
    turn.request(kind, "", "reporter", {}, {});
}

void perform(Turn& turn, const workflow::DecideAction& action) {
    decide_by_rules(turn, action.decision, action.excluding_previous);
}

void perform(Turn& turn, const workflow::AssignAction& action) {
    assign(turn, workflow::resolve_unit(action.unit, turn.offices()), "assign");
}

void perform(Turn& turn, const workflow::AcknowledgeAction&) {
    notify_reporter(turn, "acknowledge");
}

void perform(Turn& turn, const workflow::NotifyAction& action) {
    if (action.whom.of == workflow::Who::Of::reporter)
        return turn.request("notify", action.message, "reporter", {}, {});
    const Office reached = office(turn, action.whom);
    turn.request("notify", action.message, workflow::to_string(action.whom), reached.unit,
                 reached.persons);
}

void perform(Turn& turn, const workflow::PublishAction&) {
    turn.request("publish", "", "public", {}, {});
}

void perform(Turn& turn, const workflow::RequestRatingAction&) {
    notify_reporter(turn, "request_rating");
}

// The other case as an answer names it: by its id, or the tracking id that a citizen quotes.
void perform(Turn& turn, const workflow::MergeAction& action) {
    const auto answer = turn.state().fields.find(action.answer);
    if (answer == turn.state().fields.end()) return turn.reject("CS021", {action.answer});
    for (const auto& [name, found] : turn.context().named) {
        if (name != answer->second) continue;
        if (!found) return turn.reject("CS030", {name});
        return merge_into(turn, *found, true);
    }
    turn.need(answer->second);
}

void choose(Turn& turn, const workflow::Choose& choose) {
    ensure_decided(turn, choose.decision);
    if (turn.stopped()) return;
    const std::string& outcome = turn.state().decisions.at(choose.decision).value;
    for (const auto& [value, to] : choose.to) {
        if (value != outcome) continue;
        Transitioned move;
        move.name = "choose";
        move.to = to;
        return enter(turn, std::move(move), true);
    }
    assign(turn, UnitId(), "undecided");  // R16; a person's word leads on from here (choose_again)
    turn.incident("CS054", {turn.state().tracking_id.value, turn.state().name, choose.decision});
}

std::string names_of(const bundle::Library& library) {
    std::string names;
    for (const auto& [code, bundle] : library.bundles)
        names += (names.empty() ? "" : ", ") + code.value;
    return names;
}

// What the other agency is told: the values as they are now, at the places that the schema takes
// them from. Texts are looked up when the case is opened there.
Report report_of(const Turn& turn) {
    const State& state = turn.state();
    Report report;
    report.channel = state.channel;
    report.external_id = state.external_id;
    report.received_at = state.received_at;
    report.region = state.region;
    report.lat_udeg = state.lat_udeg;
    report.lon_udeg = state.lon_udeg;
    report.anonim = state.anonim;
    report.rahasia = state.rahasia;
    for (const auto& field : turn.pinned().schema->fields) {
        const auto value = state.fields.find(field.name);
        if (value == state.fields.end()) continue;
        if (field.from == "kategori_pelapor") report.kategori_pelapor = value->second;
        if (field.from.rfind("fields.", 0) == 0)
            report.fields[field.from.substr(7)] = value->second;
    }
    return report;
}

void transfer(Turn& turn, const workflow::Transfer& transfer) {
    const State& state = turn.state();
    const auto answer = state.fields.find(transfer.to);
    const std::string to = answer == state.fields.end() ? "" : answer->second;
    const auto& bundles = turn.context().current->bundles;
    const auto target = bundles.find(AgencyCode(to));
    if (target == bundles.end() || to == turn.agency().value)
        return turn.reject("CS031", {to, names_of(*turn.context().current)});
    if (state.hops >= transfer.hops_at_most)
        return turn.reject("CS032", {std::to_string(transfer.hops_at_most)});
    const auto& workflows = target->second->workflows;
    if (workflows.empty()) return turn.reject("CS031", {to, names_of(*turn.context().current)});
    const std::string flow =
        workflows.contains(state.workflow) ? state.workflow : workflows.begin()->first;
    const CaseId there = mint_case_id(AgencyCode(to), turn.now(), turn.context().seed, "there");
    turn.emit(Transferred{AgencyCode(to), there, state.hops + 1}, true);
    turn.follow_up(there, "accept",
                   AcceptTransfer{state.id, state.tracking_id, flow, state.hops + 1,
                                  report_of(turn), AgencyCode(to)});
}

bool pauses_a_clock(const workflow::Workflow& flow, const workflow::State& state) {
    return std::any_of(flow.clocks.begin(), flow.clocks.end(), [&](const auto& clock) {
        return workflow::turn_of(clock, state) == workflow::ClockTurn::pause;
    });
}

// R7: the reporter closed it while an office was to act, or was asked for more and closed it, or
// never answered (UU 25/2009 article 44(5)). Not: content with what was published.
bool withdraws(const Turn& turn, const Transitioned& move, bool by_engine) {
    if (!move.closes || move.from.empty() || turn.state().published) return false;
    const auto& from = *turn.workflow_state();
    const bool asked = pauses_a_clock(*turn.workflow(), from);
    if (by_engine) return move.name == "after" && asked;
    return turn.command().actor.kind == Actor::Kind::reporter && move.name != "at_most" &&
           (asked || from.task.has_value());
}

}  // namespace

void enter(Turn& turn, Transitioned move, bool by_engine) {
    if (turn.stopped() || !turn.may_move_again()) return;
    const auto* target = turn.workflow()->find_state(move.to);
    if (target == nullptr) return turn.reject("CS043", {move.to});
    const bool at_receipt = turn.state().name.empty();
    move.from = turn.state().name;
    move.closes = target->final;
    move.withdraws = withdraws(turn, move, by_engine);
    turn.emit(std::move(move), by_engine);
    for (const auto& action : target->actions) {
        if (turn.stopped()) return;
        std::visit([&](const auto& a) { perform(turn, a); }, action);
    }
    if (turn.stopped()) return;
    turn_clocks(turn, at_receipt);
    if (turn.stopped()) return;
    if (target->transfer) transfer(turn, *target->transfer);
    if (target->choose) choose(turn, *target->choose);
}

void choose_again(Turn& turn, const std::string& decision) {
    const auto* state = turn.workflow_state();
    if (turn.stopped() || state == nullptr || !state->choose) return;
    if (state->choose->decision == decision) choose(turn, *state->choose);
}

bool is_plain_answer(const workflow::Workflow& flow, const std::string& name) {
    return std::any_of(flow.states.begin(), flow.states.end(), [&](const auto& state) {
        if (state.transfer && state.transfer->to == name) return true;
        return std::any_of(state.actions.begin(), state.actions.end(), [&](const auto& action) {
            const auto* merge = std::get_if<workflow::MergeAction>(&action);
            return merge != nullptr && merge->answer == name;
        });
    });
}

}  // namespace pintu::cases
