// Which addresses nobody is sent to by a name: a name is what its owner's server says, today this
// and tomorrow that.
#pragma once

#include <string>

struct sockaddr;

namespace pintu::http {

// Link-local (169.254.0.0/16, fe80::/10: where clouds keep their machines' credentials), the
// metadata addresses that are not (fd00:ec2::254, 100.100.100.200), "any", multicast and broadcast;
// also written as IPv6. False for an address that is `host` itself, as a number.
bool forbidden(const sockaddr& address, const std::string& host);

}  // namespace pintu::http
