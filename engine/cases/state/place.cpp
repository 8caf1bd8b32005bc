#include "engine/cases/state/place.hpp"

#include <algorithm>
#include <cstdlib>

namespace pintu::cases {
namespace {

constexpr std::int64_t kDegree = 1'000'000;        // micro-degrees
constexpr std::int64_t kNanometres = 111'195'000;  // of a micro-degree of latitude, rounded
constexpr std::int64_t kMillimetre = 1'000'000;    // nanometres
constexpr std::int64_t kMost = 100'000;            // metres

// cos(latitude) in millionths, by Bhaskara I: (32400 - 4 x^2) / (32400 + x^2), x in degrees.
std::int64_t cosine_millionths(std::int64_t lat_udeg) {
    const std::int64_t x = std::min<std::int64_t>(std::llabs(lat_udeg), 90 * kDegree) / 1000;
    const std::int64_t square = x * x;  // millionths of a square degree
    const std::int64_t whole = 32'400LL * kDegree;
    return (whole - 4 * square) * 1000 / ((whole + square) / 1000);
}

}  // namespace

bool near(const Place& a, const Place& b, std::int64_t metres) {
    const std::int64_t reach_mm = std::clamp<std::int64_t>(metres, 0, kMost) * 1000;
    const std::int64_t dlat = std::llabs(static_cast<std::int64_t>(a.lat_udeg) - b.lat_udeg);
    std::int64_t dlon = std::llabs(static_cast<std::int64_t>(a.lon_udeg) - b.lon_udeg);
    dlon = std::min(dlon, 360 * kDegree - dlon);
    const std::int64_t mean = (static_cast<std::int64_t>(a.lat_udeg) + b.lat_udeg) / 2;
    const std::int64_t north_mm = dlat * kNanometres / kMillimetre;
    const std::int64_t east_mm =
        dlon * kNanometres / kMillimetre * cosine_millionths(mean) / kDegree;
    if (north_mm > reach_mm || east_mm > reach_mm) return false;
    return north_mm * north_mm + east_mm * east_mm <= reach_mm * reach_mm;
}

Box box_around(const Place& place, std::int64_t metres) {
    const std::int64_t reach_mm = std::clamp<std::int64_t>(metres, 0, kMost) * 1000 + 1000;
    const std::int64_t dlat = reach_mm * kMillimetre / kNanometres + 1;
    // The mean latitude lies at most dlat further from the equator.
    const std::int64_t far = std::llabs(static_cast<std::int64_t>(place.lat_udeg)) + dlat;
    const std::int64_t cosine = cosine_millionths(far);
    const std::int64_t dlon = cosine < 1000 ? 360 * kDegree : dlat * kDegree / cosine + 1;
    const auto clamp = [](std::int64_t value, std::int64_t limit) {
        return static_cast<std::int32_t>(std::clamp(value, -limit, limit));
    };
    const bool wraps = std::llabs(place.lon_udeg) + dlon > 180 * kDegree;
    return {
        clamp(place.lat_udeg - dlat, 90 * kDegree), clamp(place.lat_udeg + dlat, 90 * kDegree),
        wraps ? clamp(-180 * kDegree, 180 * kDegree) : clamp(place.lon_udeg - dlon, 180 * kDegree),
        wraps ? clamp(180 * kDegree, 180 * kDegree) : clamp(place.lon_udeg + dlon, 180 * kDegree)};
}

}  // namespace pintu::cases
