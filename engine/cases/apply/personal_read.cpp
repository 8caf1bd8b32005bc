#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

// A reading is in the log; the case is as it was.
void apply(State& /*state*/, const Event& /*event*/, const PersonalRead& /*read*/) {}

}  // namespace pintu::cases
