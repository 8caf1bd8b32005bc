// A TCP connection for other protocols (IMAP, SMTP).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "engine/base/result.hpp"

namespace pintu::http {

// A connected, blocking, close-on-exec socket, the caller's to close. The timeout covers name and
// connection. Errors as of send(): HT020 (no host name), HT021, HT022, HT023, HT024.
Result<int> connect(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout);

}  // namespace pintu::http
