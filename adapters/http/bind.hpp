// A listening socket at an address that is written as text.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace pintu::http {

struct Bound {
    int socket = -1;      // non-blocking, close-on-exec; the caller's
    int family = 0;       // AF_INET, AF_INET6, AF_UNIX
    std::string address;  // as written, with the port that the kernel chose
    std::string path;     // of a Unix socket: the caller removes it at the end
};

// Whether it is written as ListenerOptions::address wants it; nothing is opened.
bool is_address(const std::string& text);

// As ListenerOptions::address. A socket file that a dead process left is replaced.
Result<Bound> bind_to(const std::string& address);

// The address at the other end of a connected socket, without port; "" of a Unix socket.
std::string peer_of(int socket);

}  // namespace pintu::http
