// What must hold of everything that the store has, once nothing moves any more.
#pragma once

#include "tests/simulate/world.hpp"

namespace pintu::simulate {

// Of any world at its end: nothing that was kept is gone, histories verify, rows and timers follow
// from them.
void judge(World& world);
// Of one that had to come to rest: nothing is left to do, every case has ended.
void judge_rest(World& world);
// Is there nothing that anybody but a person could do?
bool at_rest(const World& world);

}  // namespace pintu::simulate
