// A response as bytes (RFC 9112), and the answers that the listener gives by itself.
#pragma once

#include <string>

#include "adapters/http/message.hpp"
#include "engine/messages/messages.hpp"

namespace pintu::http {

struct Framing {
    bool keep_alive = false;
    bool head = false;  // of a HEAD request: no body goes out
    std::string date;   // RFC 9110 section 5.6.7
};

// Status line and headers with the empty line; without what a handler must not say (see Response).
// A status beyond 200 to 599 is 500.
std::string response_head(const Response& response, const Framing& framing);
// False for 204 and 304, which never have one.
bool has_body(int status);

// {"code":"HT013","message":"..."} as application/json.
Response refusal(int status, const Error& error, messages::Language language);

}  // namespace pintu::http
