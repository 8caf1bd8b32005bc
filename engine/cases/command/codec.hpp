// A command as bytes, for the queue between processes. Read by the same build that wrote them or a
// later one; nothing hashes them.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/cases/command/command.hpp"

namespace pintu::cases {

std::string encode(const Command& command);
// CS090 where the bytes are something else. Never reads past them, allocates no more than they
// hold.
Result<Command> decode(std::string_view bytes);

}  // namespace pintu::cases
