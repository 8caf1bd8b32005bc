#include "plugins/host/service_tables.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <optional>

#include "plugins/host/document.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;

std::optional<std::string_view> seen(pintu_text text) {
    if (text.size > PINTU_MOST_DOCUMENT || (text.data == nullptr && text.size > 0))
        return std::nullopt;
    return std::string_view(text.data, static_cast<std::size_t>(text.size));
}

std::int32_t give(pintu_sink* sink, std::string_view bytes) {
    if (sink == nullptr || sink->size < sizeof(pintu_sink) || sink->write == nullptr)
        return PINTU_REFUSED;
    return bytes.empty() ? PINTU_OK : sink->write(sink->owner, {bytes.data(), bytes.size()});
}

// Why goes into the sink where it is not ok; what it then says of itself does not matter.
std::int32_t told(const Answer& answer, pintu_sink* sink) {
    if (sink != nullptr && answer.status != Status::ok) give(sink, answer.document);
    return static_cast<std::int32_t>(answer.status);
}

Answer ask(void* owner, std::string_view method, const json::object& document) {
    return static_cast<Services*>(owner)->ask(method, json::serialize(document));
}

// No exception (no memory) may reach the plugin.
template <class Body>
std::int32_t guarded(Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return PINTU_FAILED;
    }
}

// The member of an answer that the table's function gives, as text or as JSON.
std::int32_t pick(const Answer& answer, const char* member, pintu_sink* sink) {
    if (answer.status != Status::ok) return told(answer, sink);
    json::error_code failed;
    const auto document = json::parse(answer.document, failed);
    const auto* object = failed ? nullptr : document.if_object();
    const auto* value = object ? object->if_contains(member) : nullptr;
    if (value == nullptr) return PINTU_FAILED;
    const auto* text = value->if_string();
    return give(sink, text ? std::string(text->data(), text->size()) : json::serialize(*value));
}

// A question of one text, answered by one member.
std::int32_t pick_by(void* owner, const char* method, const char* key, pintu_text given,
                     const char* member, pintu_sink* sink) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto text = seen(given);
        if (!text) return PINTU_REFUSED;
        return pick(ask(owner, method, {{key, *text}}), member, sink);
    });
}

void log_write(void* owner, std::int32_t level, pintu_text line) noexcept {
    static constexpr const char* kLevels[] = {"debug", "info", "warning", "error"};
    guarded([&] {
        const auto text = seen(line);
        const auto* name = kLevels[std::clamp<std::int32_t>(level, PINTU_DEBUG, PINTU_ERROR)];
        if (text) ask(owner, "log.write", {{"level", name}, {"line", plain(*text, 4'000)}});
        return PINTU_OK;
    });
}

std::int32_t config_get(void* owner, pintu_sink* sink) noexcept {
    return guarded([&] {
        const Answer answer = ask(owner, "config.get", {});
        return answer.status == Status::ok ? give(sink, answer.document) : told(answer, sink);
    });
}

std::int32_t state_get(void* owner, pintu_text key, pintu_sink* value) noexcept {
    return pick_by(owner, "state.get", "key", key, "value", value);
}

std::int32_t state_put(void* owner, pintu_text key, pintu_text value) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto name = seen(key);
        const auto text = seen(value);
        if (!name || !text) return PINTU_REFUSED;
        return told(ask(owner, "state.put", {{"key", *name}, {"value", *text}}), nullptr);
    });
}

std::int32_t state_erase(void* owner, pintu_text key) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto name = seen(key);
        if (!name) return PINTU_REFUSED;
        return told(ask(owner, "state.erase", {{"key", *name}}), nullptr);
    });
}

std::int32_t state_list(void* owner, pintu_text prefix, pintu_sink* keys) noexcept {
    return pick_by(owner, "state.list", "prefix", prefix, "keys", keys);
}

std::int32_t secret_get(void* owner, pintu_text name, pintu_sink* value) noexcept {
    return pick_by(owner, "secret.get", "name", name, "value", value);
}

std::int64_t time_now(void* owner) noexcept {
    std::int64_t now = 0;
    guarded([&] {
        json::error_code failed;
        const auto document = json::parse(ask(owner, "time.now", {}).document, failed);
        const auto* object = failed ? nullptr : document.if_object();
        const auto* value = object ? object->if_contains("now_us") : nullptr;
        if (value && value->is_int64()) now = value->get_int64();
        return PINTU_OK;
    });
    return now;
}

std::int32_t route_open(void* owner, pintu_text path) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto text = seen(path);
        if (!text) return PINTU_REFUSED;
        return told(ask(owner, "http.route", {{"path", *text}}), nullptr);
    });
}

std::int32_t http_request(void* owner, pintu_text request, pintu_sink* response) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto document = seen(request);
        if (!document) return PINTU_REFUSED;
        const Answer answer = static_cast<Services*>(owner)->ask("http.request", *document);
        return answer.status == Status::ok ? give(response, answer.document)
                                           : told(answer, response);
    });
}

std::int32_t connection_open(void* owner, pintu_text host, std::uint16_t port,
                             std::int32_t timeout_ms, std::int32_t* socket) noexcept {
    return guarded([&]() -> std::int32_t {
        const auto name = seen(host);
        if (!name || socket == nullptr) return PINTU_REFUSED;
        const auto timeout = std::clamp<std::int32_t>(timeout_ms, 1, 600'000);
        const auto opened =
            static_cast<Services*>(owner)->connect(*name, port, Milliseconds(timeout));
        if (opened.status == Status::ok) *socket = opened.socket;
        return static_cast<std::int32_t>(opened.status);
    });
}

constexpr pintu_log_1 kLog{sizeof(pintu_log_1), 0, log_write};
constexpr pintu_config_1 kConfig{sizeof(pintu_config_1), 0, config_get};
constexpr pintu_state_1 kState{sizeof(pintu_state_1), 0,         state_get, state_put,
                               state_erase,           state_list};
constexpr pintu_secret_1 kSecret{sizeof(pintu_secret_1), 0, secret_get};
constexpr pintu_time_1 kTime{sizeof(pintu_time_1), 0, time_now};
constexpr pintu_http_route_1 kRoute{sizeof(pintu_http_route_1), 0, route_open};
constexpr pintu_http_request_1 kRequest{sizeof(pintu_http_request_1), 0, http_request};
constexpr pintu_connection_1 kConnection{sizeof(pintu_connection_1), 0, connection_open};

constexpr struct {
    std::string_view id;
    const void* table;
} kServices[] = {{PINTU_LOG_1, &kLog},
                 {PINTU_CONFIG_1, &kConfig},
                 {PINTU_STATE_1, &kState},
                 {PINTU_SECRET_1, &kSecret},
                 {PINTU_TIME_1, &kTime},
                 {PINTU_HTTP_ROUTE_1, &kRoute},
                 {PINTU_HTTP_REQUEST_1, &kRequest},
                 {PINTU_CONNECTION_1, &kConnection}};

const void* service(void*, pintu_text id) noexcept {
    const auto wanted = seen(id);
    const auto* found = std::find_if(std::begin(kServices), std::end(kServices),
                                     [&](const auto& one) { return wanted == one.id; });
    return found == std::end(kServices) ? nullptr : found->table;
}

}  // namespace

ServiceTables::ServiceTables(Services& services)
    : host_{sizeof(pintu_host), PINTU_ABI, &services, service} {}

}  // namespace pintu::plugins
