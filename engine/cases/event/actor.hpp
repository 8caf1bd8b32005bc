// Who made something happen.
#pragma once

#include <string>

namespace pintu::cases {

struct Actor {
    enum class Kind { engine, person, reporter, channel } kind = Kind::engine;
    std::string id;  // person: "p-014"; channel: its name; else empty
    bool operator==(const Actor&) const = default;
};

}  // namespace pintu::cases
