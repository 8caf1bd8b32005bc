#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

// Words change nothing that anybody decides by.
void apply(State& /*state*/, const Event& /*event*/, const Commented& /*commented*/) {}

}  // namespace pintu::cases
