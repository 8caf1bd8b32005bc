#include "adapters/store/sqlite/rows.hpp"

#include "adapters/store/sql/lists.hpp"

namespace pintu::store {

ports::Timer timer_of(const Statement& rows) {
    return {CaseId(rows.text(0)), AgencyCode(rows.text(1)), {rows.integer(2)}, rows.text(3)};
}

ports::PendingCommand command_of(const Statement& rows) {
    return {CommandId(rows.text(0)),
            AgencyCode(rows.text(1)),
            CaseId(rows.text(2)),
            {rows.integer(3)},
            rows.text(4)};
}

cases::Effect effect_of(const Statement& rows) {
    cases::Effect effect;
    effect.key = EffectKey(rows.text(0));
    effect.case_id = CaseId(rows.text(1));
    effect.agency = AgencyCode(rows.text(2));
    effect.tracking_id = TrackingId(rows.text(3));
    effect.at = {rows.integer(4)};
    effect.kind = rows.text(5);
    effect.message = rows.text(6);
    effect.whom = rows.text(7);
    effect.unit = UnitId(rows.text(8));
    effect.persons = ids_from_list<PersonTag>(rows.text(9));
    effect.channel = rows.text(10);
    return effect;
}

ports::Outgoing outgoing_of(const Statement& rows) {
    return {effect_of(rows), static_cast<std::uint32_t>(rows.integer(kEffectColumns)),
            rows.integer(kEffectColumns + 1) != 0,
            ids_from_list<PersonTag>(rows.text(kEffectColumns + 2))};
}

}  // namespace pintu::store
