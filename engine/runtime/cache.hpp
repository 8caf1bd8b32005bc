// Cases in memory, folded: those that a batch has in hand, and those that were looked at lately.
// Bounded: of the latter the least lately used goes. A case stays where it is in memory; who takes
// it in hand may change it, and no other has it then.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <list>
#include <optional>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/cases/event/seal.hpp"
#include "engine/cases/state/state.hpp"

namespace pintu::runtime {

struct Loaded {
    cases::State state;
    Digest last_leaf{};
    cases::SubjectKey key;
};

struct Held {
    CaseId id;
    bool in_hand = false;
    // Only in hand.
    bool from_cache = false;            // it may be outdated: there is no event of it so far
    std::optional<std::size_t> update;  // which of the commit's `cases` is this one's
    Loaded loaded;
};

using Hand = std::list<Held>;

class Cache {
  public:
    explicit Cache(std::size_t most) : most_(most) {}

    // nullptr where it is not here. Valid while it is in hand.
    const Held* find(const CaseId& id) const;
    // In `hand`, be it that it was there before; else it is the last one there. nullptr: it is not
    // here.
    Held* take(const CaseId& id, Hand& hand);
    // Empty, the last one in hand. Precondition: it is not here.
    Held& add(const CaseId& id, Hand& hand);
    // Out of here, be it that it is in hand.
    void drop(const CaseId& id, Hand& hand);
    // All that are in hand are the latest now. `kept`: the commit is on disk; else what has an
    // update there is dropped. So is what is no case.
    void put_back(Hand& hand, bool kept);
    // That are in nobody's hand.
    std::size_t size() const { return latest_.size(); }

  private:
    std::size_t most_;
    std::list<Held> latest_;                                             // the latest last
    boost::unordered_flat_map<std::string_view, Hand::iterator> where_;  // by Held::id
};

}  // namespace pintu::runtime
