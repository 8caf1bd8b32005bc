#include "engine/cases/decide/commands.hpp"

namespace pintu::cases {

// A result that is known already changes nothing: connectors may answer twice.
void run(Turn& turn, const RecordEffect& record) {
    if (turn.command().actor.kind != Actor::Kind::engine) return turn.reject("CS034");
    if (!turn.state().unsettled.contains(record.key)) return;
    if (record.done)
        turn.emit(EffectDone{record.key}, true);
    else
        turn.emit(EffectFailed{record.key, record.why}, true);
}

}  // namespace pintu::cases
