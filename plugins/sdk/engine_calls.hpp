// Engine's functions over the service tables. Included by engine.hpp.
#pragma once

#include <chrono>
#include <cstdio>

#include "plugins/sdk/engine.hpp"

namespace pintu::plugin {

namespace detail {

inline pintu_text text(std::string_view given) {
    return {given.data(), given.size()};
}

inline std::string_view view(pintu_text given) {
    return given.data ? std::string_view(given.data, given.size) : std::string_view();
}

// Where the engine writes what it answers.
class Sink {
  public:
    Sink() : sink_{sizeof(pintu_sink), 0, this, &Sink::take} {}
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    pintu_sink* handle() { return &sink_; }
    std::string take() { return std::move(text_); }

  private:
    static std::int32_t take(void* owner, pintu_text piece) noexcept {
        auto& text = static_cast<Sink*>(owner)->text_;
        if (piece.size > PINTU_MOST_DOCUMENT - text.size()) return PINTU_TOO_LARGE;
        try {
            text.append(view(piece));
        } catch (...) {
            return PINTU_TOO_LARGE;
        }
        return PINTU_OK;
    }

    pintu_sink sink_;
    std::string text_;
};

// Nothing where the engine has no such service, or an older one than is wanted.
template <class Table>
const Table* service(const pintu_host* host, std::string_view id) {
    const auto* table = static_cast<const Table*>(host->service(host->owner, text(id)));
    return table && table->size >= sizeof(Table) ? table : nullptr;
}

inline Failure no_service(std::string_view id) {
    return refused("mesin ini tidak punya layanan " + std::string(id));
}

inline Failure failure(std::int32_t status, std::string why) {
    const bool known = status > PINTU_OK && status <= PINTU_TOO_LARGE;
    return {known ? static_cast<Status>(status) : Status::failed, std::move(why)};
}

inline Outcome<std::string> answered(std::int32_t status, Sink& sink) {
    if (status == PINTU_OK) return sink.take();
    return failure(status, sink.take());
}

inline Done settled(std::int32_t status, std::string_view why) {
    if (status == PINTU_OK) return done();
    return failure(status, std::string(why));
}

}  // namespace detail

inline std::string Config::text(std::string_view key) const {
    return json::text(document_, key);
}

inline std::int64_t Config::integer(std::string_view key, std::int64_t otherwise) const {
    return json::number(document_, key, otherwise);
}

inline bool Config::yes(std::string_view key, bool otherwise) const {
    const boost::json::value* found = document_.if_contains(key);
    return found && found->is_bool() ? found->as_bool() : otherwise;
}

inline void Log::write(std::int32_t level, std::string_view line) const {
    const auto* table = detail::service<pintu_log_1>(host_, PINTU_LOG_1);
    if (table) table->write(host_->owner, level, detail::text(line));
}

inline std::optional<std::string> State::get(std::string_view key) const {
    const auto* table = detail::service<pintu_state_1>(host_, PINTU_STATE_1);
    detail::Sink value;
    if (!table || table->get(host_->owner, detail::text(key), value.handle()) != PINTU_OK) {
        return std::nullopt;
    }
    return value.take();
}

inline Done State::put(std::string_view key, std::string_view value) const {
    const auto* table = detail::service<pintu_state_1>(host_, PINTU_STATE_1);
    if (!table) return detail::no_service(PINTU_STATE_1);
    return detail::settled(table->put(host_->owner, detail::text(key), detail::text(value)),
                           "catatan tidak tersimpan");
}

inline Done State::erase(std::string_view key) const {
    const auto* table = detail::service<pintu_state_1>(host_, PINTU_STATE_1);
    if (!table) return detail::no_service(PINTU_STATE_1);
    return detail::settled(table->erase(host_->owner, detail::text(key)), "catatan tidak terhapus");
}

inline Outcome<std::vector<std::string>> State::list(std::string_view prefix) const {
    const auto* table = detail::service<pintu_state_1>(host_, PINTU_STATE_1);
    if (!table) return detail::no_service(PINTU_STATE_1);
    detail::Sink sink;
    const std::int32_t status = table->list(host_->owner, detail::text(prefix), sink.handle());
    if (status != PINTU_OK) return detail::failure(status, sink.take());
    boost::system::error_code error;
    const boost::json::value read = boost::json::parse(sink.take(), error);
    if (error || !read.is_array()) return failed("daftar catatan tidak terbaca");
    std::vector<std::string> keys;
    for (const boost::json::value& key : read.as_array()) {
        if (key.is_string()) keys.emplace_back(key.as_string());
    }
    return keys;
}

inline Outcome<std::string> Engine::secret(std::string_view name) const {
    const auto* table = detail::service<pintu_secret_1>(host_, PINTU_SECRET_1);
    if (!table) return detail::no_service(PINTU_SECRET_1);
    detail::Sink value;
    const std::int32_t status = table->get(host_->owner, detail::text(name), value.handle());
    return detail::answered(status, value);
}

inline std::int64_t Engine::now_us() const {
    const auto* table = detail::service<pintu_time_1>(host_, PINTU_TIME_1);
    return table ? table->now_us(host_->owner) : 0;
}

inline Outcome<HttpResponse> Engine::http(const Call& call) const {
    const auto* table = detail::service<pintu_http_request_1>(host_, PINTU_HTTP_REQUEST_1);
    if (!table) return detail::no_service(PINTU_HTTP_REQUEST_1);
    const std::string request = boost::json::serialize(to_json(call));
    detail::Sink sink;
    const std::int32_t status = table->request(host_->owner, detail::text(request), sink.handle());
    if (status != PINTU_OK) return detail::failure(status, sink.take());
    const std::optional<boost::json::object> document = json::parsed(sink.take());
    std::optional<HttpResponse> response = document ? response_from(*document) : std::nullopt;
    if (!response) return failed("jawaban HTTP tidak terbaca");
    return std::move(*response);
}

inline Done Engine::open_route(std::string_view path) const {
    const auto* table = detail::service<pintu_http_route_1>(host_, PINTU_HTTP_ROUTE_1);
    if (!table) return detail::no_service(PINTU_HTTP_ROUTE_1);
    return detail::settled(table->open(host_->owner, detail::text(path)),
                           "mesin tidak membuka jalur HTTP");
}

inline Outcome<int> Engine::connect(std::string_view host, std::uint16_t port,
                                    int timeout_ms) const {
    const auto* table = detail::service<pintu_connection_1>(host_, PINTU_CONNECTION_1);
    if (!table) return detail::no_service(PINTU_CONNECTION_1);
    std::int32_t socket = -1;
    const std::int32_t status =
        table->open(host_->owner, detail::text(host), port, timeout_ms, &socket);
    if (status == PINTU_OK && socket >= 0) return static_cast<int>(socket);
    return detail::failure(status,
                           "tidak tersambung ke " + std::string(host) + ":" + std::to_string(port));
}

inline std::string iso_time(std::int64_t us) {
    using namespace std::chrono;
    const sys_seconds at{floor<seconds>(microseconds{us})};
    const sys_days day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{at - day};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", int{date.year()},
                  unsigned{date.month()}, unsigned{date.day()},
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

}  // namespace pintu::plugin
