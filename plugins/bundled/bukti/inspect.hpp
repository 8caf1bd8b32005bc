// Looks at one file: what it is, how large, where it was taken, whether it is whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace bukti {

struct Found {
    std::string type;
    std::int64_t width = 0;  // of a picture
    std::int64_t height = 0;
    std::optional<std::pair<double, double>> place;
    bool whole = false;  // a picture that was decoded to its end
    std::string broken;  // why not, in words; "" also of what is no picture
    std::string copy;    // for others; only of a picture that is whole
};

// Nothing with more pixels is decoded: a few bytes may ask for more memory than there is.
Found inspect(std::string_view file, std::int64_t most_pixels);

}  // namespace bukti
