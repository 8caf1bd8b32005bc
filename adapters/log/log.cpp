#include "adapters/log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

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

class SpdlogLog final : public ports::Log {
  public:
    SpdlogLog(messages::Language language, ports::LogLevel least)
        : logger_("pintu", std::make_shared<spdlog::sinks::stderr_sink_st>()), language_(language) {
        logger_.set_level(level_of(least));
        logger_.set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    }
    void write(ports::LogLevel level, const std::string& code,
               const std::vector<std::string>& args) override {
        const auto text = messages::render(code, args, language_);
        logger_.log(level_of(level), "{} {}", code, text.message);
    }

  private:
    spdlog::logger logger_;
    messages::Language language_;
};

class NoLog final : public ports::Log {
  public:
    void write(ports::LogLevel, const std::string&, const std::vector<std::string>&) override {}
};

}  // namespace

std::unique_ptr<ports::Log> to_standard_error(messages::Language language, ports::LogLevel least) {
    return std::make_unique<SpdlogLog>(language, least);
}

std::unique_ptr<ports::Log> to_nowhere() {
    return std::make_unique<NoLog>();
}

}  // namespace pintu::log
