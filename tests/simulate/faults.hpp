// What goes wrong in a world, and how often: each seed draws its own weather, so that some know
// nothing but one kind of trouble and some all at once.
#pragma once

#include "tests/simulate/world.hpp"

namespace pintu::simulate {

class Faults {
  public:
    explicit Faults(World& world);

    // A call is about to travel: the moment at which trouble hurts.
    void on_call(Condition& condition);
    // No more, but for lost wakes; everything that is down comes up again, clocks are right.
    void end();

  private:
    void kill(Node& node);
    void crash_store();
    void move_clock(Node& node);

    World& world_;
    Chance chance_;
    // Of 1,000 calls.
    std::size_t kills_ = 0;
    std::size_t stops_ = 0;
    std::size_t cuts_ = 0;
    std::size_t crashes_ = 0;
    std::size_t clocks_ = 0;
};

}  // namespace pintu::simulate
