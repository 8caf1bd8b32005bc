#include "adapters/http/wire_format.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "adapters/http/field.hpp"
#include "adapters/wire/json_writer.hpp"

namespace pintu::http {
namespace {

// Of framing and connection: the listener's alone.
bool is_ours(const std::string& name) {
    static const std::array kOurs = {"connection", "content-length",   "date",
                                     "keep-alive", "trailer",          "te",
                                     "upgrade",    "transfer-encoding"};
    return std::find(kOurs.begin(), kOurs.end(), lower_case(name)) != kOurs.end();
}

std::string reason(int status) {
    static const std::map<int, const char*> kReasons = {{200, "OK"},
                                                        {201, "Created"},
                                                        {202, "Accepted"},
                                                        {204, "No Content"},
                                                        {303, "See Other"},
                                                        {304, "Not Modified"},
                                                        {400, "Bad Request"},
                                                        {401, "Unauthorized"},
                                                        {403, "Forbidden"},
                                                        {404, "Not Found"},
                                                        {405, "Method Not Allowed"},
                                                        {408, "Request Timeout"},
                                                        {409, "Conflict"},
                                                        {413, "Content Too Large"},
                                                        {415, "Unsupported Media Type"},
                                                        {429, "Too Many Requests"},
                                                        {417, "Expectation Failed"},
                                                        {431, "Request Header Fields Too Large"},
                                                        {500, "Internal Server Error"},
                                                        {502, "Bad Gateway"},
                                                        {503, "Service Unavailable"},
                                                        {504, "Gateway Timeout"}};
    const auto it = kReasons.find(status);
    return it == kReasons.end() ? "" : it->second;
}

}  // namespace

bool has_body(int status) {
    return status != 204 && status != 304;
}

std::string response_head(const Response& response, const Framing& framing) {
    const int status = response.status < 200 || response.status > 599 ? 500 : response.status;
    std::string head = "HTTP/1.1 " + std::to_string(status) + " " + reason(status) +
                       "\r\nDate: " + framing.date + "\r\n";
    for (const auto& [name, value] : response.headers)
        if (is_token(name) && is_field_value(value) && !is_ours(name))
            head += name + ": " + value + "\r\n";
    if (has_body(status))
        head += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    if (!framing.keep_alive) head += "Connection: close\r\n";
    return head + "\r\n";
}

Response refusal(int status, const Error& error, messages::Language language) {
    wire::JsonWriter json;
    json.begin_object()
        .field("code", std::string_view(error.code))
        .field("message", std::string_view(messages::render(error, language).message))
        .end_object();
    return {status, {{"Content-Type", "application/json"}}, json.text() + "\n"};
}

}  // namespace pintu::http
