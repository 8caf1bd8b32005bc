// Where secrets come from: the kernel's generator, or a seed that is written down.
#pragma once

#include <cstdint>

#include "engine/ports/entropy.hpp"

namespace pintu::clock {

// getrandom(2). A machine that cannot give random bytes cannot mint ids: the process ends.
class KernelEntropy final : public ports::Entropy {
  public:
    Digest draw() override;
};

// The same sequence for the same seed: for played years, never for real reports.
class SeededEntropy final : public ports::Entropy {
  public:
    explicit SeededEntropy(std::uint64_t seed) : seed_(seed) {}
    Digest draw() override;

  private:
    std::uint64_t seed_;
    std::uint64_t drawn_ = 0;
};

}  // namespace pintu::clock
