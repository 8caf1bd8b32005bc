// What must hold of everything that the store has, once nothing moves any more.
#pragma once

#include <set>
#include <string>

#include "tests/simulate/world.hpp"

namespace pintu::simulate {

// Of any world at its end: nothing that was kept is gone, histories verify, rows and timers follow
// from them.
void judge(World& world);
// Of one that had to come to rest: nothing is left to do, every case has ended.
void judge_rest(World& world);
// What a node could do now and none is at, each with something that changes once somebody was: the
// agency's turn, or what was served before.
std::set<std::string> unattended(const World& world);
// Is there nothing that anybody but a person could do?
bool at_rest(const World& world);

}  // namespace pintu::simulate
