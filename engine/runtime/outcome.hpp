// What whoever asked is told of a decided command.
#pragma once

#include "engine/runtime/batch.hpp"

namespace pintu::runtime {

inline ports::CommandOutcome outcome_of(const CommandId& id, const Verdict& verdict, Instant now) {
    ports::CommandOutcome outcome;
    outcome.id = id;
    outcome.case_id = verdict.case_id;
    outcome.accepted = verdict.accepted;
    outcome.code = verdict.rejected.code;
    outcome.args = verdict.rejected.args;
    outcome.allowed = verdict.rejected.allowed;
    outcome.sequence = verdict.sequence;
    outcome.at = now;
    return outcome;
}

}  // namespace pintu::runtime
