#include "adapters/clock/entropy.hpp"

#include <sys/random.h>

#include <cstdlib>
#include <string>

namespace pintu::clock {

Digest KernelEntropy::draw() {
    Digest bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        std::abort();
    return bytes;
}

Digest SeededEntropy::draw() {
    return sha256({"pintu seed ", std::to_string(seed_), " ", std::to_string(drawn_++)});
}

}  // namespace pintu::clock
