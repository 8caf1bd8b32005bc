// JSON-RPC 2.0 as lines: what is written, and what came, taken apart. Nothing here waits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/host/guest.hpp"

namespace pintu::plugins::rpc {

// `params` is a JSON object; its line ends become spaces.
std::string request(std::int64_t id, std::string_view method, std::string_view params);
// To a request of the plugin's own; `id` as it wrote it, in JSON.
std::string response(std::string_view id, const Answer& answer);

// A line that came: a request of the plugin's (method not empty), or an answer to ours.
struct Message {
    std::string method;
    std::string params = "{}";
    std::string id;  // in JSON; "": a notification, which wants no response
    Answer answer;   // `copy` from "copy_base64"
};
// Nothing where it is no JSON-RPC; `why` says why.
std::optional<Message> read(std::string_view line, std::string& why);

}  // namespace pintu::plugins::rpc
