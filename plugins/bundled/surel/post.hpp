// Hands a letter to the SMTP server.
#pragma once

#include <string>

#include "line.hpp"
#include "plugins/sdk/plugin.hpp"
#include "settings.hpp"

namespace surel {

// Done: the server has taken it. Refused: the server will never take it for that recipient (5xx to
// the recipient or the letter itself). Later: all else: no connection, 4xx, a login that fails.
// Where the connection is lost after the letter and before the answer nobody knows; it is later,
// and the same Message-ID goes out again.
pintu::plugin::Done post(const pintu::plugin::Engine& engine, const Settings& settings,
                         const std::string& to, const std::string& letter, Deadline deadline);

}  // namespace surel
