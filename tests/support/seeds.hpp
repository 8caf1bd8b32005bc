// How many seeds a property test tries: a quarter while somebody waits for it after an edit, all of
// them where PINTU_THOROUGH is set (`./dev test` under CI).
#pragma once

#include <cstdint>
#include <cstdlib>

namespace pintu::testing {

inline std::uint64_t seeds(std::uint64_t all) {
    return std::getenv("PINTU_THOROUGH") != nullptr || all < 4 ? all : all / 4;
}

}  // namespace pintu::testing
