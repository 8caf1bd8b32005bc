// A text as the pieces that a phone sends: GSM 03.38 where all of it can be said so, UCS-2 where
// not; several pieces carry a header (UDH) that says which is which.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sms {

struct Pieces {
    bool unicode = false;
    std::vector<std::string> texts;  // UTF-8, in order
    bool shortened = false;          // it did not fit
};

// At most `most_parts` pieces: what is longer ends in "...". `text`: UTF-8.
Pieces split(std::string_view text, std::size_t most_parts);

// The header of piece `number` (from 1) of `total`: "050003" and three bytes.
std::string header_of(std::uint8_t reference, std::size_t total, std::size_t number);

}  // namespace sms
