// Text as smsd keeps it: UTF-16, in hexadecimal. A character may be torn between two pieces, so
// pieces are joined first and read then.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sms {

// "0048" -> "H". Nothing where it is not that.
std::optional<std::u16string> from_hex(std::string_view hex);
// What is not UTF-8 becomes U+FFFD.
std::u16string from_utf8(std::string_view text);
// Half characters become U+FFFD; control characters but ends of lines and tabs go.
std::string to_utf8(std::u16string_view text);

}  // namespace sms
