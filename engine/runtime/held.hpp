// Folded cases in memory, by id, in the order in which they came. A case goes from one such place
// to another without a copy, and stays where it is in memory.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "engine/base/hash.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/cases/event/seal.hpp"
#include "engine/cases/state/state.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

struct Loaded {
    cases::State state;
    Digest last_leaf{};
    cases::SubjectKey key;
};

// What a commit is to say of a case besides its events.
struct Touched {
    const bundle::Bundle* definitions = nullptr;  // nullptr: they are not to be had
    std::optional<ports::Timer> timer;
    std::optional<cases::Values> lookups;  // nothing: not worked out yet
};

struct Held {
    CaseId id;
    Loaded loaded;
    // Of the batch that has it in hand.
    bool from_cache = false;  // it may be outdated: there is no event of it so far
    std::optional<Touched> touched;
};

class HeldCases {
  public:
    using Order = std::list<Held>;

    // nullptr where it is not here. Valid until it goes.
    Held* find(const CaseId& id);
    // Empty, the last one. Precondition: it is not here.
    Held& add(const CaseId& id);
    // From there to here, the last one; what was here by that id is gone. nullptr: it is not there.
    Held* take(const CaseId& id, HeldCases& from);
    void drop(const CaseId& id);
    std::size_t size() const { return where_.size(); }
    Order::iterator begin() { return order_.begin(); }
    Order::iterator end() { return order_.end(); }

  private:
    Order order_;
    std::unordered_map<std::string_view, Order::iterator> where_;  // by Held::id
};

}  // namespace pintu::runtime
