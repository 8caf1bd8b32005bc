// What comes from a plugin is bytes until it was looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pintu::plugins {

constexpr std::size_t kMostWhy = 2'000;

// Why the bytes are no JSON document of ours, in a few words ("not UTF-8 at byte 12"); nothing
// where they are: UTF-8, one JSON object, 64 levels deep at most.
std::optional<std::string> wrong_with_document(std::string_view bytes);

// A plugin's words, fit to be shown and kept: `most` bytes at most, no control characters, U+FFFD
// for what is not UTF-8.
std::string plain(std::string_view words, std::size_t most = kMostWhy);

}  // namespace pintu::plugins
