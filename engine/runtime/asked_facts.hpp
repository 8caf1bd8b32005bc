// Facts asked of plugins during one piece of work: what was answered is known when the same work is
// done again, because a race was lost.
#pragma once

#include <map>

#include "engine/base/hash.hpp"
#include "engine/ports/facts.hpp"

namespace pintu::runtime {

class AskedFacts {
  public:
    // Outlives it. nullptr: nobody answers.
    explicit AskedFacts(ports::FactSource* source) : source_(source) {}

    bool is_answered() const { return source_ != nullptr; }
    // Another piece of work begins.
    void forget() { known_.clear(); }
    // The same question is asked once; an answer that was known took no time. Precondition:
    // is_answered().
    ports::FactAnswer ask(const ports::FactQuestion& question);

  private:
    ports::FactSource* source_;
    std::map<Digest, ports::FactAnswer> known_;  // by the question, so that no text is kept
};

}  // namespace pintu::runtime
