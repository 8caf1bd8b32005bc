// What a file is, by its content: its name and what a sender calls it are not asked.
#pragma once

#include <string_view>

namespace bukti {

constexpr std::string_view kJpeg = "image/jpeg";
constexpr std::string_view kPng = "image/png";
constexpr std::string_view kUnknown = "application/octet-stream";

// Of what stands at its very beginning: a file that is something else further on is not that.
std::string_view type_of(std::string_view file);

}  // namespace bukti
