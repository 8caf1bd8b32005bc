// What a commit holds of a case was written while the case was decided, a thousand cases ago, and
// has left the processor's caches since. Who reads it asks for it a few cases ahead (fetch()), and
// waits once where he would wait for each text.
#pragma once

#include <cstddef>

#include "engine/base/fetch.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

// How far ahead: a case's own memory first, that to which it points by half.
constexpr std::size_t kAhead = 8;

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
