// Rows of the queues as the engine knows them, from statements that select their columns in this
// order.
#pragma once

#include <limits>

#include "adapters/store/sqlite/database.hpp"
#include "engine/ports/store.hpp"

namespace pintu::store {

// Of "case_id, agency, due, name".
ports::Timer timer_of(const Statement& rows);

// Of "command_id, agency, case_id, submitted_at, body".
ports::PendingCommand command_of(const Statement& rows);

// "SELECT" and an effect's columns; others may follow, from kEffectColumns on.
inline constexpr const char* kSelectEffect =
    "SELECT effect_key, case_id, agency, tracking_id, at, kind, message, whom, unit, person_list, "
    "channel";
inline constexpr int kEffectColumns = 11;
cases::Effect effect_of(const Statement& rows);

// `next_at` of what goes at no time: a dead letter.
inline constexpr Instant kNever{std::numeric_limits<std::int64_t>::max()};
// The same and "attempts, slotted, reached_list" behind it.
inline constexpr const char* kOutgoing = ", attempts, slotted, reached_list";
ports::Outgoing outgoing_of(const Statement& rows);

}  // namespace pintu::store
