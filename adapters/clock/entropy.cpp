#include "adapters/clock/entropy.hpp"

#include <string.h>
#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace pintu::clock {
namespace {

// More than 256 bytes may come in parts, where a signal comes in between.
void fill(void* bytes, std::size_t size) {
    auto* at = static_cast<unsigned char*>(bytes);
    while (size > 0) {
        const ssize_t came = getrandom(at, size, 0);
        if (came < 0 && errno != EINTR) std::abort();
        if (came <= 0) continue;
        at += came;
        size -= static_cast<std::size_t>(came);
    }
}

}  // namespace

KernelEntropy::~KernelEntropy() {
    explicit_bzero(ahead_.data(), sizeof ahead_);
}

Digest KernelEntropy::draw() {
    if (left_ == 0) {
        fill(ahead_.data(), sizeof ahead_);
        left_ = ahead_.size();
    }
    Digest& next = ahead_[--left_];
    const Digest bytes = next;
    explicit_bzero(next.data(), next.size());
    return bytes;
}

Digest SeededEntropy::draw() {
    return sha256({"pintu seed ", std::to_string(seed_), " ", std::to_string(drawn_++)});
}

}  // namespace pintu::clock
