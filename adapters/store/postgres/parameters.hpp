// Values for the parameters $1, $2, ... of a statement, in PostgreSQL's binary form and with their
// types said, so that no statement needs a cast. Copied: nothing has to outlive anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"

namespace pintu::postgres {

// Bytes that are not text: bytea.
struct Bytes {
    std::string_view bytes;
};

// The types that we send, by their number in every PostgreSQL.
enum class Type : std::uint32_t { boolean = 16, bytea = 17, bigint = 20, text = 25 };

// One column of many rows: bigint[], text[], bytea[] or boolean[], for unnest().
class Column {
  public:
    explicit Column(Type type);

    // Precondition: the value is of the column's type; texts may also go into bytea.
    Column& add(std::int64_t value);
    Column& add(std::uint64_t value) { return add(static_cast<std::int64_t>(value)); }
    Column& add(std::int32_t value) { return add(std::int64_t{value}); }
    Column& add(std::uint32_t value) { return add(std::int64_t{value}); }
    Column& add(Instant value) { return add(value.micros); }
    Column& add(bool value);
    Column& add(std::string_view text);
    Column& add(const std::string& text) { return add(std::string_view(text)); }
    Column& add(const char* text) { return add(std::string_view(text)); }
    Column& add(const Bytes& value);
    Column& add(const Digest& value) { return add(Bytes{bytes_of(value)}); }
    Column& add_null();
    template <class Tag>
    Column& add(const Id<Tag>& value) {
        return add(std::string_view(value.value));
    }
    template <class T>
    Column& add(const std::optional<T>& value) {
        return value ? add(*value) : add_null();
    }

    // One value in pieces, a text or bytes: whatever is appended to what open() gives until
    // close().
    std::string& open();
    void close();

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    // It holds nothing but nulls, false and empty texts.
    bool blank() const { return blank_; }
    // Of each value its length in 4 bytes, big-endian, and its binary form.
    const std::string& elements() const { return binary_; }

  private:
    friend class Parameters;
    Column& put(std::string_view bytes);

    Type type_;
    std::string binary_;  // of PostgreSQL's array the elements
    std::uint32_t size_ = 0;
    std::size_t open_ = 0;  // where the value that is open begins
    bool has_null_ = false;
    bool blank_ = true;
};

// A column that is sent without values where it is blank, for statements that take what is missing
// for that: the server spends a tenth of a microsecond on each value.
struct Sparse {
    const Column& column;
};

inline Column integers() {
    return Column(Type::bigint);
}
inline Column texts() {
    return Column(Type::text);
}
inline Column byte_strings() {
    return Column(Type::bytea);
}
inline Column booleans() {
    return Column(Type::boolean);
}

class Parameters {
  public:
    Parameters() = default;
    template <class... Args>
    explicit Parameters(const Args&... args) {
        bytes_.reserve((std::size_t{kOverhead} + ... + size_of(args)));
        (add(args), ...);
    }

    Parameters& add(std::int64_t value);
    Parameters& add(std::uint64_t value) { return add(static_cast<std::int64_t>(value)); }
    Parameters& add(std::int32_t value) { return add(std::int64_t{value}); }
    Parameters& add(std::uint32_t value) { return add(std::int64_t{value}); }
    Parameters& add(Instant value) { return add(value.micros); }
    Parameters& add(bool value);
    Parameters& add(std::string_view text);
    Parameters& add(const std::string& text) { return add(std::string_view(text)); }
    Parameters& add(const char* text) { return add(std::string_view(text)); }
    Parameters& add(const Bytes& value);
    Parameters& add(const Digest& value) { return add(Bytes{bytes_of(value)}); }
    Parameters& add(const Column& column);
    Parameters& add(const Sparse& sparse) {
        return add(sparse.column.blank() ? Column(sparse.column.type_) : sparse.column);
    }
    Parameters& add_null(Type type);
    template <class Tag>
    Parameters& add(const Id<Tag>& value) {
        return add(std::string_view(value.value));
    }
    Parameters& add(const std::optional<std::int64_t>& v) { return or_null(v, Type::bigint); }
    Parameters& add(const std::optional<std::int32_t>& v) { return or_null(v, Type::bigint); }
    Parameters& add(const std::optional<Instant>& v) { return or_null(v, Type::bigint); }
    Parameters& add(const std::optional<bool>& v) { return or_null(v, Type::boolean); }
    Parameters& add(const std::optional<std::string>& v) { return or_null(v, Type::text); }
    template <class Tag>
    Parameters& add(const std::optional<Id<Tag>>& v) {
        return or_null(v, Type::text);
    }

    std::size_t size() const { return types_.size(); }

  private:
    friend class Native;
    static constexpr std::size_t kOverhead = 256;
    static std::size_t size_of(const Column& column) { return column.binary_.size() + 20; }
    static std::size_t size_of(const Sparse& sparse) { return size_of(sparse.column); }
    template <class T>
    static std::size_t size_of(const T&) {
        return 0;
    }
    template <class T>
    Parameters& or_null(const std::optional<T>& value, Type type) {
        return value ? add(*value) : add_null(type);
    }
    Parameters& end(std::uint32_t type, bool null = false);

    std::vector<std::uint32_t> types_;
    std::vector<std::size_t> ends_;  // in bytes_
    std::vector<bool> nulls_;
    std::string bytes_;
};

}  // namespace pintu::postgres
