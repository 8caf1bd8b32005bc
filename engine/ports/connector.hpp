// Who performs effects. The runtime calls after the commit, and may call again with the same keys
// (after a crash): a key that was performed must not be performed twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/cases/effect/effect.hpp"

namespace pintu::ports {

struct Performed {
    enum class Outcome {
        done,
        refused,  // for good: recorded as failed, not tried again
        later     // could not now: stays in the outbox
    } outcome = Outcome::done;
    std::string why;  // of refused and later; empty: nobody needs to be told
};

class Connector {
  public:
    virtual ~Connector() = default;
    // One answer for each effect, in order.
    virtual std::vector<Performed> perform(const std::vector<cases::Effect>& effects) = 0;
};

}  // namespace pintu::ports
