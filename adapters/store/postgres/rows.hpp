// What a statement gave, read from PostgreSQL's binary form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"

struct pg_result;  // of libpq

namespace pintu::postgres {

// Cheap to copy and free of the connection. Empty where the statement failed or gave no rows.
// Columns are read with the reader of their type; whatever is not of it gives 0, "" or false. There
// is none for numeric, which sum(bigint) gives: cast it.
class Rows {
  public:
    Rows() = default;
    explicit Rows(std::shared_ptr<pg_result> result);

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // Rows that the statement inserted, changed, deleted or gave.
    std::int64_t changes() const;

    std::int64_t integer(std::size_t row, int column) const;  // smallint, integer, bigint, xid8
    bool boolean(std::size_t row, int column) const;
    std::string text(std::size_t row, int column) const;        // text, name, bytea
    std::string_view bytes(std::size_t row, int column) const;  // lives as long as these Rows
    Digest digest(std::size_t row, int column) const;           // zero where it is not 32 bytes
    bool is_null(std::size_t row, int column) const;
    std::vector<std::int64_t> integers(std::size_t row, int column) const;  // bigint[]
    std::vector<std::string> texts(std::size_t row, int column) const;      // text[], bytea[]

    // `for (const auto row : rows) row.integer(0)`
    class Row {
      public:
        Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
        std::int64_t integer(int column) const { return rows_->integer(index_, column); }
        bool boolean(int column) const { return rows_->boolean(index_, column); }
        std::string text(int column) const { return rows_->text(index_, column); }
        std::string_view bytes(int column) const { return rows_->bytes(index_, column); }
        Digest digest(int column) const { return rows_->digest(index_, column); }
        bool is_null(int column) const { return rows_->is_null(index_, column); }
        std::vector<std::int64_t> integers(int c) const { return rows_->integers(index_, c); }
        std::vector<std::string> texts(int column) const { return rows_->texts(index_, column); }

      private:
        friend class Rows;
        const Rows* rows_;
        std::size_t index_;
    };
    class Iterator {
      public:
        Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
        Row operator*() const { return {*rows_, index_}; }
        Iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return index_ != other.index_; }

      private:
        const Rows* rows_;
        std::size_t index_;
    };
    Row operator[](std::size_t index) const { return {*this, index}; }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size_}; }

  private:
    std::shared_ptr<pg_result> result_;
    std::size_t size_ = 0;
};

}  // namespace pintu::postgres
