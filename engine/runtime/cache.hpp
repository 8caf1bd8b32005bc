// Cases in memory, folded: those that a batch has in hand, and those that were looked at lately.
// Bounded: of the latter the least lately used goes. A case stays where it is in memory; who takes
// it in hand may change it, and no other has it then.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string_view>
#include <vector>

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
    std::uint64_t hand = 0;  // Hand::number of who has it, or had it last
    // Of use only to who has it.
    bool from_cache = false;            // it may be outdated: there is no event of it so far
    std::optional<std::size_t> update;  // which of the commit's `cases` is this one's
    Loaded loaded;
};

// What one batch has, in the order in which it was taken. Where all of it goes back none of it is
// looked at: most is out of the processor's caches by then.
struct Hand {
    std::list<Held> cases;
    std::uint64_t number = 0;    // no other has it; 0: it was never used
    std::vector<CaseId> unsure;  // that may turn out to be no case
};

class Cache {
  public:
    explicit Cache(std::size_t most) : most_(most) {}

    // nullptr where it is not here. Valid while it is in hand.
    const Held* find(const CaseId& id) const;
    // nullptr where it is not in `hand`.
    const Held* find(const CaseId& id, const Hand& hand) const;
    // In `hand`, be it that it was there before; else it is the last one there. nullptr: it is not
    // here.
    Held* take(const CaseId& id, Hand& hand);
    // Empty, the last one in hand. Precondition: it is not here.
    Held& add(const CaseId& id, Hand& hand);
    // One that was opened just now, the last one in hand.
    Held& add(Loaded opened, Hand& hand);
    // Out of here, be it that it is in hand.
    void drop(const CaseId& id, Hand& hand);
    // All that are in hand are the latest now. `kept`: the commit is on disk; else what has an
    // update there is dropped. So is what is no case.
    void put_back(Hand& hand, bool kept);
    // That are in nobody's hand.
    std::size_t size() const { return latest_.size(); }

  private:
    using Place = std::list<Held>::iterator;

    Place put_in(const CaseId& id, Hand& hand);
    void forget(Place at, std::list<Held>& from);

    std::size_t most_;
    std::uint64_t hands_ = 0;                                   // that were used so far
    std::list<Held> latest_;                                    // the latest last
    boost::unordered_flat_map<std::string_view, Place> where_;  // by Held::id
};

}  // namespace pintu::runtime
