// What a node that runs says to its operators: sentences with their hints, or lines of JSON. Any
// thread may tell.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"
#include "adapters/log/log.hpp"

namespace pintu::cli {

class Teller {
  public:
    Teller(const Options& options, const RunArgs& args, const Io& io)
        : options_(options), io_(io), settings_(settings_of(options, args)), log_(log()) {}

    void operator()(ports::LogLevel level, const std::string& code,
                    const std::vector<std::string>& args = {}) {
        const std::lock_guard guard(mutex_);
        if (settings_.format == log::Format::json)
            log_->write(level, code, args);
        else
            say(io_, options_, code, args);
    }
    void operator()(ports::LogLevel level, const Error& error) {
        (*this)(level, error.code, error.args);
    }
    // A log of the same form, for one runtime.
    std::unique_ptr<ports::Log> log() const { return log::to_standard_error(settings_); }

  private:
    static log::Settings settings_of(const Options& options, const RunArgs& args) {
        log::Settings settings;
        settings.language = options.language;
        settings.node = args.node;
        if (args.log_format == "json") {
            settings.format = log::Format::json;
            settings.least = ports::LogLevel::info;
        }
        return settings;
    }

    const Options& options_;
    const Io& io_;
    log::Settings settings_;
    std::unique_ptr<ports::Log> log_;
    std::mutex mutex_;
};

}  // namespace pintu::cli
