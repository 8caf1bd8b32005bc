// What pintu.yaml says of this plugin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/sdk/plugin.hpp"

namespace webhook {

struct Settings {
    std::string receive_path;
    std::size_t most_bytes = 0;
    std::int64_t window_s = 0;       // how far a timestamp may be from now, either way
    std::int64_t remember_days = 0;  // how long an id that was taken is known
    std::string send_url;            // "": nothing is sent
    int send_wait_ms = 0;
    std::string source;  // of events: the agency follows
};

// Throws where a path or a host is none, with why.
Settings settings_from(const pintu::plugin::Config& config);

// Keys of signatures. A secret holds one or several, apart by white space: in a rotation the new
// and the old one. "whsec_BASE64", or the bytes themselves. Nothing where there is no such secret;
// throws where a key is shorter than 16 bytes or no base64, or where there are more than 8.
std::vector<std::string> keys_of(const pintu::plugin::Engine& engine, const std::string& secret);

}  // namespace webhook
