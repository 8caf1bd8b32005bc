// Fields of payloads and rows as text, to show where two of them part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cases/event/payload.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::replay {

inline std::string show(const std::string& value) {
    return value;
}
inline std::string show(bool value) {
    return value ? "true" : "false";
}
inline std::string show(std::int32_t value) {
    return std::to_string(value);
}
inline std::string show(std::uint32_t value) {
    return std::to_string(value);
}
inline std::string show(std::int64_t value) {
    return std::to_string(value);
}
inline std::string show(Instant value) {
    return to_string(value);
}
inline std::string show(const Digest& value) {
    return to_hex(bytes_of(value));
}
inline std::string show(const cases::Sealed& value) {
    return show(value.commitment);
}
template <class Tag>
std::string show(const Id<Tag>& value) {
    return value.value;
}
template <class T>
std::string show(const std::optional<T>& value);
template <class T>
std::string show(const std::vector<T>& values);
template <class A, class B>
std::string show(const std::pair<A, B>& value);
template <class T>
auto show(const T& value)
    -> decltype(T::fields(std::declval<struct Joiner&>(), value), std::string());

// All fields of a struct, in order.
struct Joiner {
    std::string text;
    template <class T>
    void operator()(const char* name, const T& value) {
        text += (text.empty() ? "" : ", ") + std::string(name) + " " + show(value);
    }
};

template <class T>
std::string show(const std::optional<T>& value) {
    return value ? show(*value) : "";
}
template <class T>
std::string show(const std::vector<T>& values) {
    std::string text;
    for (const auto& value : values) text += (text.empty() ? "" : "; ") + show(value);
    return text;
}
template <class A, class B>
std::string show(const std::pair<A, B>& value) {
    return show(value.first) + " = " + show(value.second);
}
template <class T>
auto show(const T& value) -> decltype(T::fields(std::declval<Joiner&>(), value), std::string()) {
    Joiner joiner;
    T::fields(joiner, value);
    return joiner.text;
}

// Name and text of each field.
struct FieldTexts {
    std::vector<std::pair<std::string, std::string>> fields;
    template <class T>
    void operator()(const char* name, const T& value) {
        fields.emplace_back(name, show(value));
    }
};
template <class T>
std::vector<std::pair<std::string, std::string>> field_texts(const T& value) {
    FieldTexts texts;
    T::fields(texts, value);
    return texts.fields;
}

}  // namespace pintu::replay
