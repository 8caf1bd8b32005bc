// Result<T>: a value or an error, with the names of C++23's std::expected.
// The engine throws nothing; what can fail says so in its type.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace pintu {

// Why an operation failed: a code of the messages catalogue and what fills its placeholders.
struct Error {
    std::string code;               // e.g. "ST004"; see engine/messages
    std::vector<std::string> args;  // {0}, {1}, ... of the message
    bool operator==(const Error&) const = default;
};

template <class E>
struct Unexpected {
    E value;
};

// Shorthand: `return fail("ST004", path);`
template <class... Args>
[[nodiscard]] Unexpected<Error> fail(std::string code, Args&&... args) {
    return {Error{std::move(code), {std::string(std::forward<Args>(args))...}}};
}

template <class T, class E = Error>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Unexpected<E> error) : state_(std::in_place_index<1>, std::move(error.value)) {}

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    // Precondition of value(), * and ->: has_value(). Of error(): !has_value().
    // Of a result that nobody holds the value itself comes out, so that `for (auto& x : *f())` does
    // not walk over what is gone.
    T& value() & { return get<0>(); }
    const T& value() const& { return get<0>(); }
    T value() && { return std::move(get<0>()); }
    T& operator*() & { return get<0>(); }
    const T& operator*() const& { return get<0>(); }
    T operator*() && { return std::move(get<0>()); }
    T* operator->() { return &get<0>(); }
    const T* operator->() const { return &get<0>(); }
    const E& error() const { return get<1>(); }
    T value_or(T fallback) const { return has_value() ? get<0>() : std::move(fallback); }
    // The error as it is passed on: `if (!r) return r.unexpected();`
    Unexpected<E> unexpected() const { return {error()}; }

  private:
    template <std::size_t I>
    auto& get() {
        assert(state_.index() == I);
        return *std::get_if<I>(&state_);
    }
    template <std::size_t I>
    const auto& get() const {
        assert(state_.index() == I);
        return *std::get_if<I>(&state_);
    }
    std::variant<T, E> state_;
};

// Result<void>: done, or an error.
template <class E>
class [[nodiscard]] Result<void, E> {
  public:
    Result() = default;
    Result(Unexpected<E> error) : error_(std::move(error.value)), failed_(true) {}

    bool has_value() const { return !failed_; }
    explicit operator bool() const { return has_value(); }
    const E& error() const {
        assert(failed_);
        return error_;
    }
    Unexpected<E> unexpected() const { return {error()}; }

  private:
    E error_{};
    bool failed_ = false;
};

}  // namespace pintu
