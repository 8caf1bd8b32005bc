// The one source of chance in a simulated world (splitmix64): a seed gives the same world on every
// machine.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/ports/entropy.hpp"

namespace pintu::simulate {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31U);
    }
    // 0 to bound - 1; `bound` is at least 1.
    std::size_t below(std::size_t bound) { return next() % bound; }
    // low to high, both included.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool percent(std::size_t of_hundred) { return below(100) < of_hundred; }
    bool permille(std::size_t of_thousand) { return below(1000) < of_thousand; }
    template <class T>
    const T& any_of(const std::vector<T>& from) {
        return from[below(from.size())];
    }
    // A generator of its own, so that draws here do not move draws there.
    Chance split() { return Chance(next()); }

  private:
    std::uint64_t state_;
};

// A node's secrets: as unguessable as a seed, and different in each process of the world.
class SimulatedEntropy : public ports::Entropy {
  public:
    explicit SimulatedEntropy(Chance chance) : chance_(chance) {}
    Digest draw() override {
        Digest digest{};
        for (std::size_t i = 0; i < digest.size(); i += 8) {
            const std::uint64_t word = chance_.next();
            for (std::size_t j = 0; j < 8; ++j)
                digest[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
        }
        return digest;
    }

  private:
    Chance chance_;
};

}  // namespace pintu::simulate
