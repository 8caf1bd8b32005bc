// Documents from JSON and to it. Included by documents.hpp. What has the wrong type is as if it
// were not there: the engine's documents are well formed, and whoever lies to a plugin gets little.
#pragma once

#include <algorithm>

#include "plugins/sdk/base64.hpp"
#include "plugins/sdk/documents.hpp"

namespace pintu::plugin {

namespace json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

// Nothing: not an object.
inline std::optional<object> parsed(std::string_view document) {
    boost::system::error_code error;
    value read = boost::json::parse(document, error);
    if (error || !read.is_object()) return std::nullopt;
    return std::move(read.as_object());
}

inline std::string text(const object& from, std::string_view name) {
    const value* found = from.if_contains(name);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

inline std::int64_t number(const object& from, std::string_view name, std::int64_t otherwise) {
    const value* found = from.if_contains(name);
    return found && found->is_int64() ? found->as_int64() : otherwise;
}

inline const object& inner(const object& from, std::string_view name) {
    static const object kEmpty;
    const value* found = from.if_contains(name);
    return found && found->is_object() ? found->as_object() : kEmpty;
}

inline const array& list(const object& from, std::string_view name) {
    static const array kEmpty;
    const value* found = from.if_contains(name);
    return found && found->is_array() ? found->as_array() : kEmpty;
}

inline void put(object& to, std::string_view name, const std::string& text) {
    if (!text.empty()) to[name] = text;
}

template <class T>
void put(object& to, std::string_view name, const std::optional<T>& given) {
    if (given) to[name] = *given;
}

inline Headers headers(const object& from) {
    Headers result;
    for (const value& pair : list(from, "headers")) {
        const array* both = pair.if_array();
        if (!both || both->size() != 2 || !(*both)[0].is_string() || !(*both)[1].is_string()) {
            continue;
        }
        result.emplace_back((*both)[0].as_string(), (*both)[1].as_string());
    }
    return result;
}

inline array headers(const Headers& given) {
    array result;
    for (const auto& [name, text] : given) result.push_back(array{name, text});
    return result;
}

}  // namespace json

inline boost::json::object to_json(const Report& report) {
    boost::json::object result = report.others;
    json::put(result, "channel", report.channel);
    json::put(result, "external_id", report.external_id);
    json::put(result, "received_at", report.received_at);
    json::put(result, "judul", report.judul);
    json::put(result, "isi", report.isi);
    if (report.place) {
        boost::json::object& place = result["place"].emplace_object();
        json::put(place, "region", report.place->region);
        json::put(place, "lat", report.place->lat);
        json::put(place, "lon", report.place->lon);
        json::put(place, "note", report.place->note);
    }
    json::put(result, "kategori_pelapor", report.kategori_pelapor);
    boost::json::object reporter;
    json::put(reporter, "name", report.reporter.name);
    json::put(reporter, "phone", report.reporter.phone);
    json::put(reporter, "email", report.reporter.email);
    if (!reporter.empty()) result["reporter"] = std::move(reporter);
    if (report.anonim) result["anonim"] = true;
    if (report.rahasia) result["rahasia"] = true;
    boost::json::array attachments;
    for (const Attachment& each : report.attachments) {
        attachments.push_back({{"name", each.name}, {"path", each.path}});
    }
    if (!attachments.empty()) result["attachments"] = std::move(attachments);
    if (!report.fields.empty()) result["fields"] = report.fields;
    return result;
}

inline boost::json::object to_json(const Reports& reports) {
    boost::json::array list;
    for (const Report& each : reports.reports) list.push_back(to_json(each));
    return {{"reports", std::move(list)}, {"more", reports.more}};
}

inline std::vector<Taken> taken_from(const boost::json::object& document) {
    std::vector<Taken> result;
    for (const boost::json::value& item : json::list(document, "answers")) {
        const boost::json::object* one = item.if_object();
        if (!one) continue;
        Taken taken{json::text(*one, "external_id"),
                    json::text(*one, "status"),
                    json::text(*one, "tracking_id"),
                    {}};
        for (const boost::json::value& error : json::list(*one, "errors")) {
            if (!error.is_object()) continue;
            taken.errors.push_back(
                {json::text(error.as_object(), "code"), json::text(error.as_object(), "message")});
        }
        result.push_back(std::move(taken));
    }
    return result;
}

inline Message message_from(boost::json::object document) {
    Message result;
    result.key = json::text(document, "key");
    result.attempt = json::number(document, "attempt", 1);
    result.agency = json::text(document, "agency");
    result.case_id = json::text(document, "case");
    result.tracking_id = json::text(document, "tracking_id");
    result.channel = json::text(document, "channel");
    result.kind = json::text(document, "kind");
    result.message_template = json::text(document, "template");
    result.at = json::text(document, "at");
    result.language = json::text(document, "language");
    result.subject = json::text(document, "subject");
    result.text = json::text(document, "text");
    const boost::json::object& to = json::inner(document, "to");
    result.to = {json::text(to, "external_id"), json::text(to, "name"), json::text(to, "phone"),
                 json::text(to, "email")};
    result.document = std::move(document);
    return result;
}

inline FactQuestion question_from(const boost::json::object& document) {
    FactQuestion result;
    result.fact = json::text(document, "fact");
    for (const auto& [name, argument] : json::inner(document, "arguments")) {
        if (argument.is_string()) result.arguments.emplace_back(name, argument.as_string());
    }
    return result;
}

inline std::string_view FactQuestion::argument(std::string_view name) const {
    for (const auto& [given, text] : arguments) {
        if (given == name) return text;
    }
    return {};
}

namespace detail {
inline bool same_name(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}
}  // namespace detail

inline std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
    for (const auto& [given, text] : headers) {
        if (detail::same_name(given, name)) return text;
    }
    return std::nullopt;
}

inline std::size_t header_count(const Headers& headers, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(),
                      [&](const auto& one) { return detail::same_name(one.first, name); }));
}

// Nothing: the body is no base64.
inline std::optional<HttpRequest> request_from(const boost::json::object& document) {
    std::optional<std::string> body = from_base64(json::text(document, "body_base64"));
    if (!body) return std::nullopt;
    return HttpRequest{json::text(document, "method"), json::text(document, "path"),
                       json::text(document, "query"), json::headers(document), std::move(*body)};
}

inline boost::json::object to_json(const HttpResponse& response) {
    return {{"status", response.status},
            {"headers", json::headers(response.headers)},
            {"body", response.body}};
}

inline boost::json::object to_json(const Call& call) {
    return {{"method", call.method},
            {"url", call.url},
            {"headers", json::headers(call.headers)},
            {"body_base64", to_base64(call.body)},
            {"timeout_ms", call.timeout_ms}};
}

inline std::optional<HttpResponse> response_from(const boost::json::object& document) {
    std::optional<std::string> body = from_base64(json::text(document, "body_base64"));
    if (!body) return std::nullopt;
    return HttpResponse{static_cast<int>(json::number(document, "status", 0)),
                        json::headers(document), std::move(*body)};
}

inline boost::json::object to_json(const Inspected& inspected) {
    boost::json::object result = inspected.fields;
    json::put(result, "type", inspected.type);
    json::put(result, "width", inspected.width);
    json::put(result, "height", inspected.height);
    json::put(result, "lat", inspected.lat);
    json::put(result, "lon", inspected.lon);
    return result;
}

}  // namespace pintu::plugin
