// What EXIF says of a picture's place and orientation. `exif` begins with "Exif" and two zeros.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace bukti {

// Latitude and longitude in degrees; nothing where either is missing, broken, or not on earth, or
// both are zero, which is what cameras write that do not know.
std::optional<std::pair<double, double>> place_in(std::string_view exif);
// 1 to 8; 1 where it does not say.
int orientation_in(std::string_view exif);

}  // namespace bukti
