#include "plugins/host/services.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "engine/base/utf8.hpp"
#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/disk.hpp"
#include "plugins/host/document.hpp"
#include "plugins/host/names.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;

constexpr Milliseconds kLongest{60'000};
constexpr std::size_t kMostSecret = 64U << 10U;
constexpr std::string_view kEnvironment = "env:";
constexpr std::string_view kFile = "file:";

Answer refused(std::string why) {
    return {Status::refused, std::move(why), ""};
}

Answer ok(const json::object& document) {
    return {Status::ok, json::serialize(document), ""};
}

std::string text_of(const json::object& document, const char* member) {
    const auto* value = document.if_contains(member);
    const auto* text = value ? value->if_string() : nullptr;
    return text ? std::string(text->data(), text->size()) : std::string();
}

std::string small(std::string_view text) {
    std::string letters(text);
    for (char& c : letters)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return letters;
}

// Of "https://name:port/..."; nothing for any other scheme, and where a user or a backslash could
// make another program see another host.
std::optional<HostAndPort> destination(std::string_view url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string scheme = small(url.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https") return std::nullopt;
    auto authority = url.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (authority.empty() || authority.find_first_of("@\\ \t\r\n") != std::string_view::npos)
        return std::nullopt;
    std::string whole(authority);
    const auto colon = whole.rfind(':');
    if (colon == std::string::npos || (whole.back() == ']' && whole.front() == '['))
        whole += scheme == "https" ? ":443" : ":80";
    const auto parts = split_host(whole);
    if (!parts || !is_host_name(parts->host) || !is_port(parts->port)) return std::nullopt;
    return parts;
}

std::optional<std::string> secret_at(const std::string& place, const std::string& base) {
    if (place.starts_with(kEnvironment)) {
        const char* value = std::getenv(place.substr(kEnvironment.size()).c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    }
    const auto path = std::filesystem::path(base) / place.substr(kFile.size());
    auto value = read_bytes(path.string(), kMostSecret);
    while (value && !value->empty() && (value->back() == '\n' || value->back() == '\r'))
        value->pop_back();
    return value;
}

std::string level_of(const json::object& document) {
    const std::string level = text_of(document, "level");
    for (const auto* known : {"debug", "info", "warning", "error"})
        if (level == known) return level;
    return "info";
}

Answer listed(const std::vector<std::string>& keys) {
    json::array list;
    for (const auto& key : keys) list.emplace_back(key);
    return ok({{"keys", std::move(list)}});
}

// "state.get", "state.put" and their like; nothing where the method is none of them.
std::optional<Answer> about_state(State& state, std::string_view method,
                                  const json::object& document) {
    if (method == "state.list") return listed(state.list(text_of(document, "prefix")));
    const std::string key = text_of(document, "key");
    if (method == "state.erase") return state.erase(key);
    if (method == "state.put") {
        const auto* value = document.if_contains("value");
        if (value == nullptr || !value->is_string()) return refused("value");
        return state.put(key, text_of(document, "value"));
    }
    if (method != "state.get") return std::nullopt;
    Answer answer = state.get(key);
    return answer.status == Status::ok ? ok({{"value", answer.document}}) : answer;
}

}  // namespace

bool is_secret_place(std::string_view text) {
    return (text.starts_with(kEnvironment) && text.size() > kEnvironment.size()) ||
           (text.starts_with(kFile) && text.size() > kFile.size());
}

PluginServices::PluginServices(ServiceSettings settings) : settings_(std::move(settings)) {
    for (const auto& host : allowed_hosts(*settings_.manifest, settings_.config))
        hosts_.push_back(small(host));
}

void PluginServices::answer_within(Milliseconds deadline) {
    until_ = Steady::now() + deadline * 9 / 10;
}

Milliseconds PluginServices::left() const {
    if (!until_) return kLongest;
    const auto left = std::chrono::floor<Milliseconds>(*until_ - Steady::now());
    return std::clamp(left, Milliseconds(1), kLongest);
}

bool PluginServices::may_reach(std::string_view host, std::string_view port) const {
    const std::string wanted = small(host) + ":" + std::string(port);
    return std::find(hosts_.begin(), hosts_.end(), wanted) != hosts_.end();
}

Answer PluginServices::secret(const std::string& name) const {
    const auto& named = settings_.manifest->secrets;
    if (std::find(named.begin(), named.end(), name) == named.end())
        return refused("the manifest names no such secret");
    const auto place = settings_.secrets.find(name);
    if (place == settings_.secrets.end()) return {Status::unknown, "not in pintu.yaml", ""};
    const auto value = secret_at(place->second, settings_.base);
    if (!value || first_invalid_utf8(*value))
        return {Status::unknown, "not at its place, or no text", ""};
    return ok({{"value", *value}});
}

Answer PluginServices::http_request(std::string_view document, const std::string& url) {
    const auto where = destination(url);
    if (!where) return refused("not an http or https URL");
    if (!may_reach(where->host, where->port))
        return refused("the manifest does not list " + where->host + ":" + where->port);
    if (settings_.outside == nullptr) return refused("nobody makes requests here");
    return settings_.outside->http_request(*settings_.manifest, document, left());
}

Answer PluginServices::ask(std::string_view method, std::string_view document) {
    if (document.size() > PINTU_MOST_DOCUMENT) return {Status::too_large, "", ""};
    if (const auto wrong = wrong_with_document(document)) return refused(*wrong);
    json::error_code failed;
    const auto value = json::parse(document, failed, {}, {.max_depth = 64});
    if (failed || !value.is_object()) return refused("not a document");
    const auto& object = value.get_object();
    if (method == "log.write") {
        settings_.log->write(settings_.now(), level_of(object), kind_name(settings_.kind),
                             text_of(object, "line"));
        return ok({});
    }
    if (method == "config.get") return {Status::ok, settings_.config_document, ""};
    if (method == "time.now") return ok({{"now_us", settings_.now().micros}});
    if (method == "secret.get") return secret(text_of(object, "name"));
    if (method == "http.request") return http_request(document, text_of(object, "url"));
    if (method == "http.route") {
        if (settings_.outside == nullptr) return refused("there is no listener here");
        return settings_.outside->open_route(*settings_.manifest, settings_.kind, document);
    }
    if (auto answer = about_state(*settings_.state, method, object)) {
        if (answer->status == Status::ok && answer->document.empty()) answer->document = "{}";
        return std::move(*answer);
    }
    return {Status::unknown, std::string(method.substr(0, 100)), ""};
}

Services::Connection PluginServices::connect(std::string_view host, std::uint16_t port,
                                             Milliseconds timeout) {
    if (!is_host_name(host) || !may_reach(host, std::to_string(port)))
        return {Status::refused, "the manifest does not list this host and port", -1};
    if (settings_.outside == nullptr) return {Status::refused, "nobody makes connections here", -1};
    return settings_.outside->connect(*settings_.manifest, host, port, std::min(timeout, left()));
}

}  // namespace pintu::plugins
