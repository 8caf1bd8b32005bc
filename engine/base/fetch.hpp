// Memory that is read soon is asked for, so that whoever reads it does not wait for it. Nothing is
// read or changed. What is asked for a few items ahead is there in time; of one item the next thing
// that it points to can be asked for once it is there itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace pintu {

// All lines that they lie in: an id of 38 bytes lies across two as often as not, and it is in the
// second that ids differ.
inline void fetch(const void* memory, std::size_t bytes) {
    constexpr std::uintptr_t kLine = 64;  // bytes that come at a time
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    for (auto at = begin - begin % kLine; at < begin + bytes; at += kLine)
        __builtin_prefetch(reinterpret_cast<const void*>(at));
    // GCC drops calls of what only asks for memory: it has no effect.
    asm volatile("");
}
// Short ones stand in the string itself.
inline void fetch(const std::string& text) {
    if (text.size() > std::string().capacity()) fetch(text.data(), text.size());
}
// Of a container that has its items beside each other.
template <class Items>
void fetch_all(const Items& items) {
    if (!items.empty())
        fetch(std::addressof(*items.begin()), items.size() * sizeof(*items.begin()));
}

}  // namespace pintu
