// What whoever asked is told of a decided command.
#pragma once

#include "engine/runtime/batch.hpp"

namespace pintu::runtime {

inline ports::CommandOutcome outcome_of(const CommandId& id, Verdict verdict, Instant now) {
    ports::CommandOutcome outcome;
    outcome.id = id;
    outcome.case_id = std::move(verdict.case_id);
    outcome.accepted = verdict.accepted;
    outcome.code = std::move(verdict.rejected.code);
    outcome.args = std::move(verdict.rejected.args);
    outcome.allowed = std::move(verdict.rejected.allowed);
    outcome.sequence = verdict.sequence;
    outcome.at = now;
    return outcome;
}

}  // namespace pintu::runtime
