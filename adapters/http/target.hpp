// The target of a request line (RFC 9112 section 3.2) as a path and a query.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pintu::http {

struct Target {
    std::string path;   // percent-decoded
    std::string query;  // as sent, valid UTF-8
};

// "/a%20b?x=1" or "http://host/a%20b?x=1" (whose host nobody asks for). Nothing for what is
// neither, or decodes to what is not UTF-8 or holds a control character.
std::optional<Target> parse_target(std::string_view target);

}  // namespace pintu::http
