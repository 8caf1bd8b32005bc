// What operators are told, through spdlog: to standard error, or nowhere.
#pragma once

#include <memory>

#include "engine/messages/messages.hpp"
#include "engine/ports/log.hpp"

namespace pintu::log {

// Lines "time level code words" on standard error from `least` on.
std::unique_ptr<ports::Log> to_standard_error(messages::Language language, ports::LogLevel least);
std::unique_ptr<ports::Log> to_nowhere();

}  // namespace pintu::log
