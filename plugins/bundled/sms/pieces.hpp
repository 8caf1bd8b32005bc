// Messages from the pieces in which they came: in any order, some twice, some never.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sms {

// Where in its message a piece belongs.
struct Part {
    std::uint32_t reference = 0;
    std::uint32_t total = 1;
    std::uint32_t number = 1;
};

// From a header in hexadecimal: 8-bit (IE 00) or 16-bit (IE 08) concatenation. Nothing where it has
// neither, or one that cannot be.
std::optional<Part> part_of(std::string_view header);

// A row of smsd's inbox.
struct Piece {
    std::int64_t row = 0;
    std::string sender;
    std::int64_t at_us = 0;
    std::u16string text;
    std::optional<Part> part;
};

struct Joined {
    std::vector<std::int64_t> rows;  // in order of rows
    std::string sender;
    std::int64_t at_us = 0;  // of the piece that came first
    std::uint32_t reference = 0;
    std::uint32_t total = 1;
    std::map<std::uint32_t, std::u16string> texts;  // by number
    bool whole() const { return texts.size() == total; }
    // "[...]" stands for what is missing.
    std::string text() const;
    // "2, 3 dari 4"; "" where nothing is missing.
    std::string missing() const;
};

// Pieces of one sender, reference and length belong together where they came within six hours of
// each other and are not two different pieces of one number: references are used again. `fixed`:
// first row -> rows of messages that are as they are, whatever else has come.
std::vector<Joined> join(const std::vector<Piece>& pieces,
                         const std::map<std::int64_t, std::vector<std::int64_t>>& fixed);

}  // namespace sms
