// Random checked programs and inputs, for holding the compiled form against the oracle. A seed
// gives the same program on every machine; print it where a test fails.
#pragma once

#include <cstdint>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::testing {

// Its own generator (splitmix64): the standard's distributions differ between libraries.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    // 0 to below - 1; `below` is at least 1.
    std::size_t below(std::size_t below) { return next() % below; }
    bool chance(std::size_t percent) { return below(100) < percent; }

  private:
    std::uint64_t state_;
};

struct RandomShape {
    std::size_t fields = 8;
    std::size_t facts = 2;
    std::size_t decisions = 5;
    std::size_t layers = 3;
    std::size_t rules = 8;  // at most, of one decision in one layer
    std::size_t depth = 3;  // of conditions
    std::size_t probes = 5;
    bool offices = true;  // office_for and a registry's table
};

// Every kind of domain, policy, atom and answer comes up; overrides are acyclic; decisions read
// fields, facts and earlier decisions. Holds what the checker guarantees (types fit, operands are
// sorted, shortest and longest may still meet durations that have no order).
rules::Program random_program(std::uint64_t seed, const RandomShape& shape = {});

// Fields and facts (required ones always known), near the program's own constants as often as not;
// decisions are unknown: evaluate_all() or the compiled form fills them in.
rules::Input random_input(const rules::Program& program, Random& random);
// As above, but facts are all known and most decisions too: for deciding a single one.
rules::Input random_full_input(const rules::Program& program, Random& random);

}  // namespace pintu::testing
