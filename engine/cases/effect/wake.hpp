// When a case must be looked at again though nobody asks for it, and for what.
#pragma once

#include <string>

#include "engine/base/instant.hpp"

namespace pintu::cases {

struct Wake {
    Instant due;
    std::string name;  // for people: "tindak_lanjut 80%", "ditindaklanjuti.after"
    bool operator==(const Wake&) const = default;
};

}  // namespace pintu::cases
