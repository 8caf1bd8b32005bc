// Text of a rule file -> words, numbers and signs. The grammar reads these; the formatter lays
// them out again.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/rules/syntax/ast.hpp"
#include "engine/rules/syntax/keywords.hpp"

namespace pintu::rules::syntax {

struct Token {
    enum class Kind : std::uint8_t {
        word,     // jalan_rusak; also every keyword, "even if unknown" being one token
        path,     // pekerjaan_umum/jalan_berlubang, 64/dpupr
        dotted,   // teks.bahaya
        integer,  // 64
        region,   // 64.09.01
        date,     // 2026-01-31
        range,    // 0..99
        string,   // "...", the quotes included
        sign,     // -> , : { } ( ) = != < <= > >= | - ?
        end,      // past the last; once
    };
    Kind kind = Kind::end;
    Keyword keyword = Keyword::none;
    bool reserved = false;
    bool starts_line = false;
    std::string_view text;  // as in the source, mended where a diagnostic said so
    Span span;

    bool is(std::string_view sign) const { return kind == Kind::sign && text == sign; }
};

struct Scan {
    std::vector<Token> tokens;  // the last one is Kind::end
    std::vector<Comment> comments;
    std::deque<std::string> mended;  // texts of tokens that are not as in the source
    bool is_text = true;             // else a diagnostic said why, and there are no tokens
};

// Longest token first (R2): date, region code, a..b, integer. Wrong signs, upper case and the like
// are reported and mended, so that the grammar finds further mistakes and not their echoes.
Scan scan(const Source& source, Diagnostics& diagnostics);
// The same for a cell of a table.
Scan scan_part(const Source& source, const Span& part, Diagnostics& diagnostics);

}  // namespace pintu::rules::syntax
