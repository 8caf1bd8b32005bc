// What a plugin says of a message that it could not send, as the log, incidents and histories may
// have it: those hold no personal data.
#pragma once

#include <string>
#include <string_view>

#include "engine/ports/connector.hpp"

namespace pintu::plugged {

// One line of at most 200 letters, without whatever `to` holds, without words that have an "@" and
// without numbers of six digits or more: "..." stands for each.
std::string said_of(std::string_view why, const ports::Recipient& to);

}  // namespace pintu::plugged
