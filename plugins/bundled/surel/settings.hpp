// How this machine runs the plugin: its configuration, checked for what a schema cannot say.
#pragma once

#include <cstdint>
#include <string>

#include "plugins/sdk/plugin.hpp"

namespace surel {

enum class Security { tls, starttls, none };

// A server and how to log in there.
struct Server {
    std::string protocol;  // "imap" | "smtp"
    std::string host;
    std::uint16_t port = 0;
    Security security = Security::tls;
    std::string user;      // "": without a login
    std::string password;  // ""
    std::string greeting;  // of SMTP: the domain that says hello; "" of IMAP
    std::string ca_file;   // whom it trusts
};

struct Settings {
    std::string address;  // of the office: lapor@contoh.go.id
    std::string name;
    Server imap;
    Server smtp;
    std::string inbox;
    std::string done_folder;
    std::string rejected_folder;
    std::string aside_folder;
    bool unread_only = false;
    std::string since;  // as IMAP has it, "1-Mar-2026"; "": all
    bool mailing_lists = false;
    std::int64_t message_bytes = 0;
    std::size_t attachments = 0;
    std::int64_t per_sender_hour = 0;
};

// Throws std::runtime_error, in words for people, where it cannot work so: an address that is none,
// a folder name that IMAP cannot carry, a date that is none, or a password that would cross a
// network unencrypted.
Settings read_settings(const pintu::plugin::Engine& engine);

}  // namespace surel
