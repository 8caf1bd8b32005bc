// A message as a signed CloudEvents 1.0 event (structured mode) over HTTP.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/sdk/plugin.hpp"
#include "settings.hpp"

namespace webhook {

// The same message gives the same id and body, whenever it is tried.
std::string event_of(const pintu::plugin::Message& message, const std::string& source);

pintu::plugin::Call call_of(const pintu::plugin::Message& message, const Settings& settings,
                            const std::vector<std::string>& keys, std::int64_t now_s);

// Of the receiver's status: 2xx has it. 4xx that speak of the message (400, 410, 422 ...) never
// will take it. What a person can mend at either end (a key, a path, a redirect), and 408, 429 and
// 5xx, may work later: the message stays and ends, at worst, among the dead letters.
pintu::plugin::Done judged(int status);

}  // namespace webhook
