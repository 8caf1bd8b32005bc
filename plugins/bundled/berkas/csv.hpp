// CSV as RFC 4180 has it, with `;` where the header has more of them than commas: what spreadsheets
// in Indonesian write.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berkas {

struct Row {
    std::size_t line = 1;  // where it begins, 1-based
    std::vector<std::string> cells;
    std::string raw;  // as it stands in the file, without the end of the line
};

// Rows without any text are left out. A quote that is never closed takes the rest of the file into
// its cell.
std::vector<Row> parse_csv(std::string_view text);

}  // namespace berkas
