#include <stdexcept>

#include "tests/hostile/hostile.h"

namespace {
struct Thrower {
    Thrower() { throw std::runtime_error("thrown"); }
} thrower;
}  // namespace
