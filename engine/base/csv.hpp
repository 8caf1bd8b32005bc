// CSV (RFC 4180): comma, double quotes, quotes doubled inside. Used for tables of rules, region
// lists and reports.
#pragma once

#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"

namespace pintu {

struct CsvCell {
    std::string text;
    Span span;
    bool quoted = false;
};

struct CsvRow {
    std::uint32_t line = 0;  // where the row starts; the header is line 1
    std::vector<CsvCell> cells;
};

// Rows of the text, the header among them; blank lines are skipped. Diagnostics: BA001 a quoted
// cell that never ends, BA002 text after a closing quote, BA003 `;` where `,` was meant (the header
// has `;` and no `,`), BA004 a row with another number of cells than the header, BA005 a line end
// inside quotes where `lines_in_quotes` is false, BA006 not UTF-8, BA007 a byte order mark.
// Broken rows are left out of the result.
std::vector<CsvRow> parse_csv(const Source& source, bool lines_in_quotes, Diagnostics& diagnostics);

// One cell, quoted if it must be.
std::string csv_cell(std::string_view text);

}  // namespace pintu
