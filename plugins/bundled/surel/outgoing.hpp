// A message to a citizen as a letter.
#pragma once

#include <string>

#include "plugins/sdk/plugin.hpp"
#include "settings.hpp"

namespace surel {

// RFC 5322, lines ending in CRLF, ASCII only. No field can end a line of the header, whatever is in
// it. The Message-ID stands for the key; the letter names the one that it answers, asks that
// replies carry the tracking id, and says that a machine wrote it.
std::string written(const pintu::plugin::Message& message, const Settings& settings,
                    std::int64_t now_us);

// `address` with the tracking id behind a plus.
std::string tagged(const std::string& address, const std::string& tracking_id);

}  // namespace surel
