// Any bytes as CSV: every row is as wide as the header, and spans lie in the text.
#include <cstdint>
#include <cstdlib>

#include "engine/base/csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pintu;
    SourceSet sources;
    const auto& source =
        sources.add("a.csv", std::string(reinterpret_cast<const char*>(data), size));
    for (const bool lines_in_quotes : {false, true}) {
        Diagnostics diagnostics;
        const auto rows = parse_csv(source, lines_in_quotes, diagnostics);
        for (const auto& row : rows) {
            if (row.cells.size() != rows.front().cells.size()) std::abort();
            for (const auto& cell : row.cells)
                if (cell.span.begin > cell.span.end || cell.span.end > size) std::abort();
        }
        if (rows.empty() && !diagnostics.has_errors())
            for (const char c : source.text())
                if (c != '\n' && c != '\r') std::abort();
    }
    return 0;
}
