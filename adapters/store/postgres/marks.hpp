// Short forms of what is long and comes in no order, so that indexes over it stay small and in
// memory: parts of SHA-256, as the statements of ddl.cpp work them out too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

// `intake.key`, 17 bytes: the first of the key, then 16 of its hash. Two keys that share them are
// beyond reach, and would be reports that contradict each other, not one lost (IntakeRow::content).
std::string short_key(const ports::IntakeKey& key);
// Keys of that form that erasure destroys: those of a report's content.
bool is_of_content(const ports::IntakeKey& key);

// `trackings.tracking_key`; ids that share it are told apart by the id itself.
std::int64_t tracking_key(const TrackingId& id);

// `cases.command_list`: for each command that was decided on the case one after the other, so that
// a case's row says whether it was. Of commands of its own only, whose ids begin with that of the
// case and a dash.
constexpr std::size_t kMarkBytes = 8;
std::string mark_of(const CommandId& id);
bool is_marked(std::string_view command_list, const CommandId& id);
bool is_own(const CommandId& command, const CaseId& of);
// All that may be the case of which it is an own command.
std::vector<CaseId> cases_in(const CommandId& id);

// What the last event of an accepted command tells of it. An outcome that is no more than that
// needs no row.
ports::CommandOutcome outcome_of(const cases::EventHead& last);
bool tells(const cases::EventHead& last, const ports::CommandOutcome& outcome);

}  // namespace pintu::postgres
