#include <algorithm>

#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

bool linked(const State& state, const CaseId& other, const std::string& relation) {
    return std::find(state.links.begin(), state.links.end(), std::pair(other, relation)) !=
           state.links.end();
}

}  // namespace

// Whoever supported this case supports the other from now on; and what was merged into this case is
// no parent of it, or both would be closed and nobody would answer either.
void merge_into(Turn& turn, const CaseId& parent, bool by_engine) {
    if (parent == turn.state().id || linked(turn.state(), parent, "supported_by"))
        return turn.reject("CS030", {parent.value});
    turn.emit(Merged{parent}, by_engine);
    turn.follow_up(parent, "support", Support{turn.state().id});
    for (const auto& [other, relation] : turn.state().links)
        if (relation == "supported_by")
            turn.follow_up(parent, "support " + other.value, Support{other});
}

void run(Turn& turn, const Link& link) {
    if (!is_official(turn) && turn.command().actor.kind != Actor::Kind::reporter)
        return turn.reject("CS019", {turn.agency().value});
    if (link.relation != "similar" && link.relation != "follow_up")
        return turn.reject("CS023", {"relation", link.relation, "similar, follow_up"});
    if (link.other == turn.state().id) return turn.reject("CS030", {link.other.value});
    if (!linked(turn.state(), link.other, link.relation))
        turn.emit(Linked{link.other, link.relation});
}

// A case that was merged itself hands its supporters on; nobody is counted twice, so a circle ends.
void run(Turn& turn, const Support& support) {
    if (turn.command().actor.kind != Actor::Kind::engine) return turn.reject("CS034");
    if (linked(turn.state(), support.child, "supported_by")) return;
    turn.emit(Linked{support.child, "supported_by"});
    if (turn.state().merged_into)
        turn.follow_up(*turn.state().merged_into, "support", Support{support.child});
}

void run(Turn& turn, const MergeInto& merge) {
    if (!is_official(turn)) return turn.reject("CS019", {turn.agency().value});
    if (turn.state().merged_into) return turn.reject("CS035", {turn.state().merged_into->value});
    merge_into(turn, merge.parent, false);
}

}  // namespace pintu::cases
