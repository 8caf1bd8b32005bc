// A letter as it lies on the server, read. Any bytes are a letter of some sort: what cannot be read
// is told in `marks`, never refused. Bounded: kMostParts parts, kMostDepth levels, and what
// `Limits` says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace surel {

constexpr std::size_t kMostParts = 500;
constexpr int kMostDepth = 20;
constexpr std::size_t kMostTextBytes = 60'000;  // the engine takes 64 KiB

struct Limits {
    std::size_t attachments = 20;
};

struct File {
    std::string name;  // as the sender called it, one line, no folder
    std::string bytes;
};

// What tells a machine from a person.
struct Signs {
    std::string auto_submitted;
    std::string precedence;
    std::string auto_response;  // X-Auto-Response-Suppress, X-Autoreply, X-Autorespond
    std::string list;           // List-Id, List-Unsubscribe
    std::string return_path;    // as it stands: "<>" is a bounce
    bool is_bounce = false;     // multipart/report
};

struct Letter {
    std::string message_id;             // without brackets; "" where it has none that is one
    std::vector<std::string> answered;  // In-Reply-To, then References, newest first
    std::string from_name;
    std::string from_address;     // "" where it has none
    std::vector<std::string> to;  // addresses of To, Cc, Delivered-To, X-Original-To
    std::string subject;
    std::string text;
    std::vector<File> files;
    std::vector<std::string> marks;  // what was left out or mended, in words for the office
    Signs signs;
};

// `cut_off`: the server has more of it than `bytes`; its last file is left out.
Letter read_letter(std::string_view bytes, const Limits& limits, bool cut_off);

}  // namespace surel
