// What a commit holds of a case was written while the case was decided, a thousand cases ago, and
// has left the processor's caches since. Who reads it asks for it a few cases ahead, and waits once
// where he would wait for each text. Nothing is read or changed here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports/store.hpp"

namespace pintu::postgres {

// How far ahead: a case's own memory first, that to which it points by half.
constexpr std::size_t kAhead = 8;

inline void fetch(const void* memory, std::size_t bytes) {
    constexpr std::uintptr_t kLine = 64;  // bytes that come at a time
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    for (auto at = begin - begin % kLine; at < begin + bytes; at += kLine)
        __builtin_prefetch(reinterpret_cast<const void*>(at));
}
// Short ones stand in the string itself.
inline void fetch(const std::string& text) {
    if (text.size() > std::string().capacity()) fetch(text.data(), text.size());
}
template <class T>
void fetch_all(const std::vector<T>& items) {
    fetch(items.data(), items.size() * sizeof(T));
}

// To what they point. Precondition: they themselves are at hand.
void fetch_parts(const ports::CaseUpdate& update);
inline void fetch_parts(const ports::NewEvent& added) {
    fetch(added.event.case_id.value);
    fetch(added.bytes);
}
inline void fetch_parts(const ports::CommandOutcome& outcome) {
    fetch(outcome.id.value);
    fetch(outcome.case_id.value);
}
inline void fetch_parts(const cases::PersonalValue& value) {
    fetch(value.case_id.value);
    fetch(value.value);
}
inline void fetch_parts(const ports::IntakeRow& row) {
    fetch(row.case_id.value);
    fetch(row.tracking_id.value);
}

// Before item `i` is read.
template <class Items>
void warm(const Items& items, std::size_t i) {
    if (i + kAhead < items.size()) fetch(&items[i + kAhead], sizeof items[i]);
    if (i + kAhead / 2 < items.size()) fetch_parts(items[i + kAhead / 2]);
}

}  // namespace pintu::postgres
