#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

bool official(Turn& turn) {
    if (!is_official(turn)) turn.reject("CS019", {turn.agency().value});
    return !turn.stopped();
}

bool official_with(Turn& turn, const std::string& what, const std::string& given) {
    if (official(turn) && given.empty()) turn.reject("CS021", {what});
    return !turn.stopped();
}

}  // namespace

bool asks_texts(const State& state) {
    return state.closed || !state.erased;
}

// Whoever reported may hide more; only an official may loosen.
void run(Turn& turn, const ChangePrivacy& change) {
    const State& state = turn.state();
    const bool anonim = change.anonim.value_or(state.anonim);
    const bool rahasia = change.rahasia.value_or(state.rahasia);
    const bool loosens = (state.anonim && !anonim) || (state.rahasia && !rahasia);
    const bool reporter = turn.command().actor.kind == Actor::Kind::reporter;
    if (reporter && loosens) return turn.reject("CS026");
    const bool asked = asks_texts(state);
    if (!reporter && !(asked ? official_with(turn, "reason", change.reason) : official(turn)))
        return;
    if (anonim == state.anonim && rahasia == state.rahasia) return turn.reject("CS027");
    turn.emit(PrivacyChanged{anonim, rahasia, "person", turn.seal("reason", change.reason)});
}

void run(Turn& turn, const Erase& erase) {
    if (!official_with(turn, "why", erase.why)) return;
    if (turn.state().erased) return turn.reject("CS028");
    destroy_personal(turn, erase.why, false);
}

void destroy_personal(Turn& turn, const std::string& why, bool by_engine) {
    turn.emit(Erased{why}, by_engine);
    turn.mark_erased();
}

void run(Turn& turn, const NoteReading& reading) {
    if (official_with(turn, "purpose", reading.purpose)) turn.emit(PersonalRead{reading.purpose});
}

}  // namespace pintu::cases
