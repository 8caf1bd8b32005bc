// What a plugin's function comes back with: a value, or why there is none, in words for people.
// Thrown exceptions are caught too and count as failed; these say more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "plugins/abi/pintu_plugin.h"

namespace pintu::plugin {

// As PINTU_OK ... in pintu_plugin.h, where each is explained.
enum class Status : std::int32_t {
    ok = PINTU_OK,
    refused = PINTU_REFUSED,
    later = PINTU_LATER,
    unknown = PINTU_UNKNOWN,
    failed = PINTU_FAILED,
    too_large = PINTU_TOO_LARGE
};

struct Failure {
    Status status = Status::failed;
    std::string why;
};

inline Failure refused(std::string why) {
    return {Status::refused, std::move(why)};
}  // for good
inline Failure later(std::string why) {
    return {Status::later, std::move(why)};
}  // may work again
inline Failure unknown(std::string why = "") {
    return {Status::unknown, std::move(why)};
}
inline Failure failed(std::string why) {
    return {Status::failed, std::move(why)};
}

// Look before you take: the value of a failure, and the failure of a value, are not there.
template <class T>
class [[nodiscard]] Outcome {
  public:
    Outcome(T value) : value_(std::move(value)) {}              // NOLINT: said in passing
    Outcome(Failure failure) : failure_(std::move(failure)) {}  // NOLINT: said in passing
    explicit operator bool() const { return value_.has_value(); }
    T& operator*() { return *value_; }
    const T& operator*() const { return *value_; }
    T* operator->() { return &*value_; }
    const T* operator->() const { return &*value_; }
    const Failure& failure() const { return failure_; }

  private:
    std::optional<T> value_;
    Failure failure_;
};

struct Nothing {};
using Done = Outcome<Nothing>;
inline Done done() {
    return Nothing{};
}

}  // namespace pintu::plugin
