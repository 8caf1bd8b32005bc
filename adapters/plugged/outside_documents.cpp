#include "adapters/plugged/outside_documents.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "adapters/wire/json_writer.hpp"
#include "plugins/host/base64.hpp"

namespace pintu::plugged {
namespace {

namespace json = boost::json;
using plugins::from_base64;
using plugins::to_base64;

constexpr std::int64_t kDefaultTimeoutMs = 5'000;
constexpr std::int64_t kMostTimeoutMs = 60'000;
constexpr std::size_t kMostHeaders = 100;
constexpr std::size_t kMostPath = 200;

std::optional<json::object> parsed(std::string_view document) {
    json::error_code failed;
    auto value = json::parse(document, failed, {}, {.max_depth = 16});
    if (failed || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

std::optional<std::string> text(const json::object& from, const char* member,
                                std::optional<std::string> otherwise = std::nullopt) {
    const auto* value = from.if_contains(member);
    if (value == nullptr) return otherwise;
    if (!value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

// A list of [name, value]; none where it is not there.
std::optional<Headers> headers(const json::object& from) {
    Headers found;
    const auto* list = from.if_contains("headers");
    if (list == nullptr) return found;
    if (!list->is_array() || list->get_array().size() > kMostHeaders) return std::nullopt;
    for (const auto& item : list->get_array()) {
        const auto* pair = item.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() ||
            !(*pair)[1].is_string())
            return std::nullopt;
        found.emplace_back((*pair)[0].get_string(), (*pair)[1].get_string());
    }
    return found;
}

json::array list_of(const Headers& headers) {
    json::array list;
    for (const auto& [name, value] : headers) list.push_back(json::array{name, value});
    return list;
}

Unexpected<std::string> wrong(const char* member) {
    return {member};
}

}  // namespace

Result<OutgoingRequest, std::string> outgoing_request(std::string_view document) {
    const auto object = parsed(document);
    if (!object) return wrong("document");
    OutgoingRequest request;
    const auto method = text(*object, "method", "GET");
    if (!method) return wrong("method");
    const auto url = text(*object, "url");
    if (!url) return wrong("url");
    auto fields = headers(*object);
    if (!fields) return wrong("headers");
    const auto encoded = text(*object, "body_base64", "");
    auto body = encoded ? from_base64(*encoded) : std::nullopt;
    if (!body) return wrong("body_base64");
    std::int64_t timeout = kDefaultTimeoutMs;
    if (const auto* value = object->if_contains("timeout_ms")) {
        if (!value->is_int64()) return wrong("timeout_ms");
        timeout = std::clamp<std::int64_t>(value->get_int64(), 1, kMostTimeoutMs);
    }
    return OutgoingRequest{*method, *url, std::move(*fields), std::move(*body),
                           std::chrono::milliseconds(timeout)};
}

std::string outgoing_answer(const HttpResponse& response) {
    return json::serialize(json::object{{"status", response.status},
                                        {"headers", list_of(response.headers)},
                                        {"body_base64", to_base64(response.body)}});
}

std::string handle_document(const IncomingRequest& request) {
    return json::serialize(json::object{{"method", request.method},
                                        {"path", request.path},
                                        {"query", request.query},
                                        {"headers", list_of(request.headers)},
                                        {"body_base64", to_base64(request.body)}});
}

std::optional<HttpResponse> handled(std::string_view document) {
    const auto object = parsed(document);
    if (!object) return std::nullopt;
    const auto* status = object->if_contains("status");
    auto fields = headers(*object);
    auto body = text(*object, "body", "");
    if (status == nullptr || !status->is_int64() || status->get_int64() < 200 ||
        status->get_int64() > 599 || !fields || !body)
        return std::nullopt;
    return HttpResponse{static_cast<int>(status->get_int64()), std::move(*fields),
                        std::move(*body)};
}

std::optional<std::string> route_path(std::string_view document) {
    const auto object = parsed(document);
    auto path = object ? text(*object, "path") : std::nullopt;
    if (!path || path->size() > kMostPath || !path->starts_with('/')) return std::nullopt;
    const bool plain = std::all_of(path->begin(), path->end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '%' && c != '?' && c != '#' && c != '\\';
    });
    const std::string segments = *path + "/";
    if (!plain || segments.find("/./") != std::string::npos ||
        segments.find("/../") != std::string::npos ||
        (path->size() > 1 && segments.find("//") != std::string::npos))
        return std::nullopt;
    return path;
}

}  // namespace pintu::plugged
