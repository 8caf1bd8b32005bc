// One function for each command, each in a file of its own or with its like.
#pragma once

#include "engine/cases/decide/turn.hpp"

namespace pintu::cases {

void run(Turn& turn, const ReceiveReport& receive);    // receive.cpp
void run(Turn& turn, const AcceptTransfer& accept);    // receive.cpp
void run(Turn& turn, const Act& act);                  // act.cpp
void run(Turn& turn, const Approve& approve);          // approve.cpp
void run(Turn& turn, const Refuse& refuse);            // approve.cpp
void run(Turn& turn, const FireTimers& fire);          // time.cpp
void run(Turn& turn, const RecalculateClocks& again);  // time.cpp
void run(Turn& turn, const Comment& comment);          // add.cpp
void run(Turn& turn, const AddEvidence& add);          // add.cpp
void run(Turn& turn, const Rate& rate);                // add.cpp
void run(Turn& turn, const ChangePrivacy& change);     // privacy.cpp
void run(Turn& turn, const Erase& erase);              // privacy.cpp
void run(Turn& turn, const NoteReading& reading);      // privacy.cpp
void run(Turn& turn, const Correct& correct);          // correct.cpp
void run(Turn& turn, const Redecide& redecide);        // correct.cpp
void run(Turn& turn, const Link& link);                // link.cpp
void run(Turn& turn, const Support& support);          // link.cpp
void run(Turn& turn, const MergeInto& merge);          // link.cpp
void run(Turn& turn, const RecordEffect& record);      // record.cpp
void run(Turn& turn, const Migrate& migrate);          // migrate.cpp

// May the actor do this event of the present state now? Refuses with the reason where not.
// Neither answers nor approval are looked at.
void check_may(Turn& turn, const workflow::State& state, const workflow::EventSpec& event);
// May the actor approve or refuse what waits? The event that waits, or refuses and nullptr.
const workflow::EventSpec* check_may_approve(Turn& turn);
// How often it was taken; a spent event goes to its `then`.
bool is_spent(const State& state, const workflow::EventSpec& event);
// The move that the event makes, without answers.
Transitioned move_of(const State& state, const workflow::EventSpec& event);

}  // namespace pintu::cases
