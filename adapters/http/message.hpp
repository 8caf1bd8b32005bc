// An HTTP request and its response, as values: what the listener gives to a handler, and what the
// client brings back.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pintu::http {

// In the order of the wire; a name may come more than once. What was received: names in lower case,
// values without the white space around them; of a Request all of it is UTF-8 but the body.
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  // as sent: "POST"
    std::string path;    // from "/", percent-decoded, valid UTF-8, without control characters
    std::string query;   // behind the "?", as sent
    Headers headers;
    std::string body;
    std::string peer;  // address of who sent it, without port; "" over a Unix socket
};

struct Response {
    int status = 200;  // 200 to 599
    // The listener itself writes those of framing and connection (content-length, date, ...); such
    // names, and what is no header at all, are left out.
    Headers headers;
    std::string body;
};

// The first of that name (in lower case); "" where there is none.
std::string_view header(const Headers& headers, std::string_view name);

}  // namespace pintu::http
