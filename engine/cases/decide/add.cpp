#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

bool is_reporter(const Turn& turn) {
    return turn.command().actor.kind == Actor::Kind::reporter;
}

bool may_speak(Turn& turn) {
    if (!is_reporter(turn) && !is_official(turn)) turn.reject("CS019", {turn.agency().value});
    return !turn.stopped();
}

}  // namespace

void run(Turn& turn, const Comment& comment) {
    if (!may_speak(turn)) return;
    if (comment.text.empty()) return turn.reject("CS021", {"text"});
    turn.emit(Commented{turn.seal("text", comment.text)});
}

void run(Turn& turn, const AddEvidence& add) {
    if (!may_speak(turn)) return;
    if (add.kind.empty()) return turn.reject("CS021", {"kind"});
    if (turn.state().closed) return turn.reject("CS020", {turn.state().name});
    const Sealed name = turn.seal("file.name", add.file.name);
    turn.emit(EvidenceAdded{add.kind, {name, add.file.content, add.file.size_bytes}});
}

void run(Turn& turn, const Rate& rate) {
    if (!is_reporter(turn)) return turn.reject("CS011", {"rate", "pelapor"});
    if (rate.stars < 1 || rate.stars > 5)
        return turn.reject("CS023", {"stars", std::to_string(rate.stars), "1..5"});
    if (!turn.state().closed && !turn.state().published) return turn.reject("CS025");
    if (turn.state().stars) return turn.reject("CS024");
    turn.emit(Rated{rate.stars, turn.seal("comment", rate.comment)});
}

}  // namespace pintu::cases
