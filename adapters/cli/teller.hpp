// What a node that runs says to its operators, all of it in one form (adapters/log): text or JSON.
// Any thread may tell.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <ostream>
#include <set>
#include <streambuf>
#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"
#include "adapters/log/log.hpp"

namespace pintu::cli {

// Text that was meant for a terminal, as lines of a log: sentences, without the source lines and
// hints that stand indented below them.
class LogLines final : public std::streambuf {
  public:
    explicit LogLines(ports::Log& log) : log_(log) {}

  protected:
    int_type overflow(int_type next) override {
        if (traits_type::eq_int_type(next, traits_type::eof())) return traits_type::not_eof(next);
        if (next != '\n') {
            line_ += traits_type::to_char_type(next);
            return next;
        }
        if (!line_.empty() && line_.front() != ' ')
            log_.write(ports::LogLevel::warning, "CL137", {line_});
        line_.clear();
        return next;
    }

  private:
    ports::Log& log_;
    std::string line_;
};

// Trouble that several threads of a node have at the same time is one trouble. Any thread.
class CommonTrouble {
  public:
    // True: nobody else has told this code.
    bool begins(const void* who, const std::string& code) {
        const std::lock_guard guard(mutex_);
        auto& having = having_[code];
        having.insert(who);
        return having.size() == 1;
    }
    // True: nobody has any more.
    bool ends(const void* who, const std::string& code) {
        const std::lock_guard guard(mutex_);
        if (having_[code].erase(who) == 0) return false;
        return std::all_of(having_.begin(), having_.end(),
                           [](const auto& one) { return one.second.empty(); });
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::set<const void*>> having_;
};

class Teller {
  public:
    Teller(const Options& options, const RunArgs& args, const Io& io)
        : settings_(settings_of(options, args)),
          log_(log()),
          lines_(*log_),
          logged_(&lines_),
          io_{io.in, io.out, settings_.format == log::Format::json ? logged_ : io.err} {
        io_.color = io.color && settings_.format == log::Format::text;
        io_.log = log_.get();
    }

    // For what says something by itself: sentences go to the log, diagnostics to err, in JSON as
    // lines of the log. One thread's.
    const Io& io() const { return io_; }

    void operator()(ports::LogLevel level, const std::string& code,
                    const std::vector<std::string>& args = {}) {
        log_->write(level, code, args);
    }
    void operator()(ports::LogLevel level, const Error& error) {
        (*this)(level, error.code, error.args);
    }
    CommonTrouble& trouble() { return trouble_; }
    // A log of the same form, for one runtime.
    std::unique_ptr<ports::Log> log() const { return log::to_standard_error(settings_); }

  private:
    static log::Settings settings_of(const Options& options, const RunArgs& args) {
        log::Settings settings;
        settings.language = options.language;
        settings.node = args.node;
        settings.least = ports::LogLevel::info;
        if (args.log_format == "json") settings.format = log::Format::json;
        return settings;
    }

    log::Settings settings_;
    std::unique_ptr<ports::Log> log_;
    LogLines lines_;
    std::ostream logged_;
    Io io_;
    CommonTrouble trouble_;
};

}  // namespace pintu::cli
