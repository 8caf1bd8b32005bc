// Cases that were looked at lately, folded. Bounded: the least lately used goes.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>

#include "engine/base/hash.hpp"
#include "engine/cases/event/seal.hpp"
#include "engine/cases/state/state.hpp"

namespace pintu::runtime {

struct Loaded {
    cases::State state;
    Digest last_leaf{};
    cases::SubjectKey key;
};

class Cache {
  public:
    explicit Cache(std::size_t most) : most_(most) {}

    // nullptr where it is not there; else it becomes the latest. Valid until the next put().
    const Loaded* find(const CaseId& id);
    void put(const CaseId& id, Loaded loaded);
    // Moved out, without a copy.
    std::optional<Loaded> take(const CaseId& id);
    void drop(const CaseId& id);
    void clear();
    std::size_t size() const { return where_.size(); }

  private:
    using Entry = std::pair<CaseId, Loaded>;
    std::size_t most_;
    std::list<Entry> latest_;  // the latest first
    std::unordered_map<CaseId, std::list<Entry>::iterator> where_;
};

}  // namespace pintu::runtime
