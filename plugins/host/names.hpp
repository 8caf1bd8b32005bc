// How names in manifests may look.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pintu::plugins {

bool is_plugin_name(std::string_view text);  // [a-z][a-z0-9_-]{0,31}
bool is_key(std::string_view text);          // [a-z][a-z0-9_]{0,39}: config keys, facts, secrets
bool is_version(std::string_view text);      // "1", "1.2", "1.2.3", each also with "-words.1"
bool is_host_name(std::string_view text);    // a DNS name or an IP address, no brackets
bool is_port(std::string_view text);         // 1 to 65535

// "config.KEY" -> "KEY".
std::optional<std::string> config_key_of(std::string_view text);

// "name:port" in two; the last colon counts, an IPv6 address stands in brackets, which go.
struct HostAndPort {
    std::string host;
    std::string port;
};
std::optional<HostAndPort> split_host(std::string_view text);

}  // namespace pintu::plugins
