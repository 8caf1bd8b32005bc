// The reports of one file, line by line: JSON lines as they are, CSV rows as the same JSON.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace berkas {

struct Line {
    std::size_t number = 1;
    std::string raw;             // as it stands in the file
    boost::json::object report;  // empty where it is broken
    std::string broken;          // why, in words; "": it is not
    std::string external_id() const;
};

struct Content {
    std::vector<Line> lines;
    std::string header;  // of CSV, as it stands there
    std::string broken;  // why none of it can be read; "": it can
};

Content read_content(std::string_view text, bool csv);

}  // namespace berkas
