// Where secrets come from: the kernel's generator, or a seed that is written down.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/ports/entropy.hpp"

namespace pintu::clock {

// getrandom(2), drawn ahead a page at a time; what was given is wiped. A machine that cannot give
// random bytes cannot mint ids: the process ends. Not to be used on both sides of a fork: each
// thread and each process makes its own.
class KernelEntropy final : public ports::Entropy {
  public:
    KernelEntropy() = default;
    ~KernelEntropy() override;
    KernelEntropy(const KernelEntropy&) = delete;
    KernelEntropy& operator=(const KernelEntropy&) = delete;
    Digest draw() override;

  private:
    std::array<Digest, 128> ahead_{};
    std::size_t left_ = 0;
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
