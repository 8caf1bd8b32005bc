// Rows in the binary form of COPY (documentation of PostgreSQL, COPY, "Binary Format"), apart from
// any server.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace pintu::postgres {

using Fields = std::vector<std::optional<std::string_view>>;

// Takes rows out of pieces that were cut anywhere; holds one row and one piece.
class CopyReader {
  public:
    // `more` gives the next piece, "" at the end.
    explicit CopyReader(std::function<Result<std::string>()> more) : more_(std::move(more)) {}

    // False at the end. The fields live until the next call. Errors are those of `more`, and ST032
    // without a file's name where the bytes are no rows.
    Result<bool> next(Fields& fields);

  private:
    Result<bool> fill(std::size_t size);
    std::uint64_t number(std::size_t at, std::size_t size) const;
    Result<bool> header();
    Result<std::size_t> length_of_row();

    std::function<Result<std::string>()> more_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what was not given yet
    bool started_ = false;
};

std::int64_t to_integer(std::string_view big_endian);
std::string to_bytes(std::int64_t number);

// What comes before the first row, a row, and what comes after the last one.
std::string copy_header();
void append_row(std::string& bytes, const Fields& fields);
std::string copy_trailer();

}  // namespace pintu::postgres
