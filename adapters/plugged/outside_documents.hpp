// The documents of HTTP between plugins and the world (docs/plugin-documents.md): http.request and
// http.handle.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"

namespace pintu::plugged {

using Headers = std::vector<std::pair<std::string, std::string>>;

// As adapters/http has them; adapters/cli turns the one into the other.
struct OutgoingRequest {
    std::string method;
    std::string url;
    Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{0};
};

struct IncomingRequest {
    std::string method;
    std::string path;  // as it follows "/plugin/NAME"
    std::string query;
    Headers headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
};

using IncomingHandler = std::function<HttpResponse(const IncomingRequest&)>;

// Of http.request; `timeout_ms` is 5,000 where it does not say, 1 to 60,000. Otherwise which member
// is wrong.
Result<OutgoingRequest, std::string> outgoing_request(std::string_view document);
std::string outgoing_answer(const HttpResponse& response);

// For http.handle.
std::string handle_document(const IncomingRequest& request);
// What http.handle answered; nothing: it is not a response.
std::optional<HttpResponse> handled(std::string_view document);

// "/masuk" of http.route: begins with "/", 1 to 200 printable characters without "%", "?", "#" or
// an empty or dotted segment. Nothing: not one.
std::optional<std::string> route_path(std::string_view document);

}  // namespace pintu::plugged
