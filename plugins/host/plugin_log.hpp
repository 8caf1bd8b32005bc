// What a plugin says: var/plugins/NAME/log.jsonl, an object a line ({"ts","level","kind","line"}),
// for people who read it with `pintu plugin logs`. Bounded: a file of kMostBytes and one before it
// (log.1.jsonl), kBurst lines at once and kPerSecond lasting; what is left out is counted in the
// next line. Any thread.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"

namespace pintu::plugins {

class PluginLog {
  public:
    static constexpr std::int64_t kMostBytes = 4 << 20;
    static constexpr std::size_t kMostLine = 4'000;
    static constexpr std::int64_t kBurst = 200;
    static constexpr std::int64_t kPerSecond = 20;

    explicit PluginLog(std::string folder) : folder_(std::move(folder)) {}

    // `level`: debug, info, warning or error. What cannot be written is lost: a plugin's log must
    // not stop its work.
    void write(Instant at, std::string_view level, std::string_view kind, std::string_view line);
    // What the engine has to say of it: {"ts","level":"error","kind","code","args"}; the words are
    // in engine/messages.
    void write_error(Instant at, std::string_view kind, const Error& error);

  private:
    bool allowed(Instant at);
    void append(const std::string& text);

    std::string folder_;
    std::mutex mutex_;
    std::int64_t tokens_ = kBurst * kMicrosPerSecond;  // a line costs kMicrosPerSecond
    Instant last_{};
    std::uint64_t left_out_ = 0;
    bool made_ = false;
};

}  // namespace pintu::plugins
