#include "adapters/log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>

#include "adapters/wire/json_writer.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/utf8.hpp"

namespace pintu::log {
namespace {

spdlog::level::level_enum level_of(ports::LogLevel level) {
    switch (level) {
        case ports::LogLevel::debug: return spdlog::level::debug;
        case ports::LogLevel::info: return spdlog::level::info;
        case ports::LogLevel::warning: return spdlog::level::warn;
        case ports::LogLevel::error: return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::string_view level_word(ports::LogLevel level) {
    static constexpr std::string_view kWords[] = {"debug", "info", "warning", "error"};
    return kWords[static_cast<std::size_t>(level)];
}

// To the millisecond, in UTC.
std::string timestamp() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
    constexpr std::int64_t kMs = 1'000;
    std::string seconds = to_string(Instant{ms / kMs * kMicrosPerSecond});
    std::string part = std::to_string(kMs + ms % kMs);
    part.front() = '.';
    return seconds.insert(seconds.size() - 1, part);
}

// What a message carries may come from a file or a server: only text goes into JSON.
std::string clean(std::string text) {
    while (const auto bad = first_invalid_utf8(text)) text[*bad] = '?';
    return text;
}

class SpdlogLog final : public ports::Log {
  public:
    explicit SpdlogLog(Settings settings)
        : logger_("pintu", std::make_shared<spdlog::sinks::stderr_sink_mt>()),
          settings_(std::move(settings)) {
        logger_.set_level(level_of(settings_.least));
        logger_.set_pattern(settings_.format == Format::json ? "%v"
                                                             : "%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        logger_.flush_on(spdlog::level::debug);
    }
    void write(ports::LogLevel level, const std::string& code,
               const std::vector<std::string>& args) override {
        if (level < settings_.least) return;
        if (settings_.format == Format::json) {
            logger_.log(level_of(level), "{}",
                        json_line(timestamp(), level, settings_, code, args));
            return;
        }
        const auto text = messages::render(code, args, settings_.language);
        logger_.log(level_of(level), "{} {}{}{}", code, text.message,
                    text.hint.empty() ? "" : "\n  = ", text.hint);
    }

  private:
    spdlog::logger logger_;
    Settings settings_;
};

class NoLog final : public ports::Log {
  public:
    void write(ports::LogLevel, const std::string&, const std::vector<std::string>&) override {}
};

}  // namespace

std::unique_ptr<ports::Log> to_standard_error(const Settings& settings) {
    return std::make_unique<SpdlogLog>(settings);
}

std::unique_ptr<ports::Log> to_nowhere() {
    return std::make_unique<NoLog>();
}

std::string json_line(const std::string& ts, ports::LogLevel level, const Settings& settings,
                      const std::string& code, const std::vector<std::string>& args) {
    wire::JsonWriter json;
    json.begin_object().field("ts", ts).field("level", level_word(level));
    json.field("node", clean(settings.node)).field("code", code).key("args").begin_array();
    for (const auto& arg : args) json.value(clean(arg));
    json.end_array();
    json.field("message", clean(messages::render(code, args, settings.language).message));
    return json.end_object().text();
}

}  // namespace pintu::log
