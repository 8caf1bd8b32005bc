// The file of a backup: a line that says what it is, then records, each one byte of kind, four
// bytes of length (big-endian) and its content:
//   H  a list (store/sql/lists): kind of store, schema
//   T  a table begins: name, columns
//   D  a piece of its rows, as COPY ... (FORMAT binary) gives them
//   E  the table ends: rows, bytes, SHA-256 of its pieces in hex
//   Z  the end: tables, rows, and SHA-256 over every record before it, in hex
// Both digests are chains, d(n) = SHA-256(d(n-1) || content of n), so that neither side holds more
// than one piece. Every bit of the file is under one of them.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"

namespace pintu::postgres {

struct Section {
    std::string name;
    std::string columns;
    std::uint64_t rows = 0;   // known at its end
    std::uint64_t bytes = 0;  // of its pieces
    Digest digest{};
};

// Writes "FILE.part"; finish() makes it FILE. Whatever is not finished is removed.
class ArchiveWriter {
  public:
    // ST035: it exists, or cannot be made.
    static Result<std::unique_ptr<ArchiveWriter>> create(const std::string& file,
                                                         std::int64_t schema);
    ~ArchiveWriter();

    // False once something failed; finish() says what.
    bool begin(std::string name, std::string columns);
    bool add(std::string_view rows);
    bool end(std::uint64_t rows);
    // The last record, and all of it on the disk.
    Result<void> close();
    // Under its own name.
    Result<void> publish();
    std::string part() const { return file_ + ".part"; }

  private:
    explicit ArchiveWriter(std::string file) : file_(std::move(file)) {}
    bool put(char kind, std::string_view content);
    bool flush_piece();
    Error failure() const;

    std::string file_;
    std::FILE* stream_ = nullptr;
    int error_ = 0;  // errno of what failed first
    bool published_ = false;
    Digest chain_{};
    std::string piece_;
    Section section_;
    std::uint64_t tables_ = 0;
    std::uint64_t rows_ = 0;
};

// Reads from the first to the last record; whatever it gives has been checked as far as it was
// read, and all of it once `next()` has given nothing. ST032 with the place where it is not as
// written.
class ArchiveReader {
  public:
    // ST031 not an archive, ST038 a SQLite file, ST033 of another version of the format or schema,
    // ST035.
    static Result<std::unique_ptr<ArchiveReader>> open(const std::string& file,
                                                       std::int64_t schema);
    ~ArchiveReader();
    ArchiveReader(const ArchiveReader&) = delete;
    ArchiveReader& operator=(const ArchiveReader&) = delete;

    // Passes over what is left of the section, and gives the next one; nothing at the end.
    Result<std::optional<Section>> next();
    // The next piece of the section's rows; "" at its end: then it is whole.
    Result<std::string> piece();
    // Of the last section that came to its end.
    std::uint64_t passed_rows() const { return passed_rows_; }
    // So many bytes were read.
    std::uint64_t position() const { return position_; }

  private:
    struct Record {
        char kind = 0;
        std::string content;
    };
    explicit ArchiveReader(std::string file) : file_(std::move(file)) {}
    Result<void> read_header(std::int64_t schema);
    Result<Record> take();
    Result<void> end_section(const Record& record);
    Result<void> end_file(const Record& record);
    // At the place that was reached; or somewhere between that and `from`, where only the end
    // tells.
    Unexpected<Error> damaged() const;
    Unexpected<Error> damaged_since(std::uint64_t from) const;

    std::string file_;
    std::FILE* stream_ = nullptr;
    std::uint64_t position_ = 0;
    Digest chain_{};
    Section section_;
    std::uint64_t section_at_ = 0;  // in the file
    bool in_section_ = false;
    std::uint64_t tables_ = 0;
    std::uint64_t rows_ = 0;
    std::uint64_t passed_rows_ = 0;
};

}  // namespace pintu::postgres
