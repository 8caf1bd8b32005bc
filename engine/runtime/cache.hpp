// Cases that were looked at lately, folded. Bounded: the least lately used goes.
#pragma once

#include <cstddef>

#include "engine/runtime/held.hpp"

namespace pintu::runtime {

class Cache {
  public:
    explicit Cache(std::size_t most) : most_(most) {}

    // nullptr where it is not here. Valid until the next put().
    const Held* find(const CaseId& id) { return latest_.find(id); }
    // Out of here, into a batch's hand; nullptr where it is not here.
    Held* take(const CaseId& id, HeldCases& hand) { return hand.take(id, latest_); }
    // All that are in hand. Those that are no cases are forgotten.
    void put(HeldCases& hand);
    void drop(const CaseId& id) { latest_.drop(id); }
    std::size_t size() const { return latest_.size(); }

  private:
    std::size_t most_;
    HeldCases latest_;  // the latest last
};

}  // namespace pintu::runtime
