// Distances between places in integers, so that every machine agrees (R7). Places are micro-degrees
// on a sphere of 40,030 km, taken as flat at the mean latitude of the two.
#pragma once

#include <cstdint>

namespace pintu::cases {

struct Place {
    std::int32_t lat_udeg = 0;
    std::int32_t lon_udeg = 0;
    bool operator==(const Place&) const = default;
};

// Within `metres` (at most 100,000) of each other. Symmetric. Good to 0.2 %.
bool near(const Place& a, const Place& b, std::int64_t metres);

// A box that holds every place near() the given one, for an index: [low, high] of each coordinate.
struct Box {
    std::int32_t lat_low, lat_high, lon_low, lon_high;
};
Box box_around(const Place& place, std::int64_t metres);

}  // namespace pintu::cases
