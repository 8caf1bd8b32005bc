#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {

// What is due has fired before any command is run (decide.cpp).
void run(Turn& /*turn*/, const FireTimers&) {}

void run(Turn& turn, const RecalculateClocks&) {
    clocks_follow_calendar(turn, "calendar", false);
}

}  // namespace pintu::cases
