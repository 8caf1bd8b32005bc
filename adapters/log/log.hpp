// What operators are told, through spdlog: to standard error, or nowhere. Any thread may write.
#pragma once

#include <memory>
#include <string>

#include "engine/messages/messages.hpp"
#include "engine/ports/log.hpp"

namespace pintu::log {

enum class Format {
    text,  // "time level code words", and the hint in a line below
    json   // an object a line: ts, level, node, code, args, message
};

struct Settings {
    messages::Language language = messages::Language::indonesian;
    ports::LogLevel least = ports::LogLevel::warning;
    Format format = Format::text;
    std::string node;  // of JSON lines
};

std::unique_ptr<ports::Log> to_standard_error(const Settings& settings);
std::unique_ptr<ports::Log> to_nowhere();

// The line of Format::json, without its end; `ts` is in UTC, to the millisecond.
std::string json_line(const std::string& ts, ports::LogLevel level, const Settings& settings,
                      const std::string& code, const std::vector<std::string>& args);

}  // namespace pintu::log
