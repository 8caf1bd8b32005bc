#include "settings.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>

#include "address.hpp"

namespace surel {
namespace {

using pintu::plugin::Config;
using pintu::plugin::Engine;

[[noreturn]] void wrong(const std::string& what) {
    throw std::runtime_error(what);
}

bool is_here(const std::string& host) {
    return host == "localhost" || host == "::1" || host.rfind("127.", 0) == 0;
}

Security security_of(const std::string& word) {
    if (word == "starttls") return Security::starttls;
    return word == "none" ? Security::none : Security::tls;
}

Server server(const Engine& engine, const std::string& protocol) {
    const Config& config = engine.config();
    Server server;
    server.protocol = protocol;
    server.host = config.text(protocol + "_host");
    server.port = static_cast<std::uint16_t>(config.integer(protocol + "_port"));
    server.security = security_of(config.text(protocol + "_security"));
    server.user = config.text(protocol + "_user");
    server.ca_file = config.text("ca_file");
    if (server.security == Security::none && !is_here(server.host))
        wrong(protocol + "_security: none hanya boleh untuk server di mesin ini, bukan " +
              server.host + "; pakai tls atau starttls");
    if (const auto password = engine.secret(protocol + "_password")) server.password = *password;
    return server;
}

// Quoted in IMAP as it is: printable ASCII.
std::string folder(const Config& config, const std::string& key) {
    const std::string name = config.text(key);
    if (name.empty() || name.size() > 200) wrong(key + ": nama folder kosong atau terlalu panjang");
    for (const char c : name)
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '&' || c == '*' || c == '%')
            wrong(key + ": nama folder hanya huruf, angka, dan tanda biasa: " + name);
    return name;
}

// "2026-03-01" -> "1-Mar-2026"
std::string since(const std::string& date) {
    static constexpr std::array<const char*, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (date.empty()) return "";
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int used = 0;
    const bool read = date.size() == 10 &&
                      std::sscanf(date.c_str(), "%4u-%2u-%2u%n", &year, &month, &day, &used) == 3;
    if (!read || used != 10 || month < 1 || month > 12 || day < 1 || day > 31)
        wrong("since: tulis tanggal seperti 2026-03-01, bukan " + date);
    return std::to_string(day) + "-" + kMonths[month - 1] + "-" + std::to_string(year);
}

}  // namespace

Settings read_settings(const Engine& engine) {
    const Config& config = engine.config();
    Settings settings;
    settings.address = config.text("address");
    if (!is_address(settings.address)) wrong("address: bukan alamat surel: " + settings.address);
    settings.name = config.text("name");
    settings.imap = server(engine, "imap");
    settings.smtp = server(engine, "smtp");
    settings.smtp.greeting = domain_of(settings.address);
    settings.inbox = folder(config, "inbox");
    settings.done_folder = folder(config, "done_folder");
    settings.rejected_folder = folder(config, "rejected_folder");
    settings.aside_folder = folder(config, "aside_folder");
    for (const auto* other :
         {&settings.done_folder, &settings.rejected_folder, &settings.aside_folder})
        if (*other == settings.inbox) wrong("inbox: tidak boleh sama dengan folder lain");
    settings.unread_only = config.yes("unread_only");
    settings.since = since(config.text("since"));
    settings.mailing_lists = config.yes("mailing_lists");
    settings.message_bytes = config.integer("message_mb", 25) << 20;
    settings.attachments = static_cast<std::size_t>(config.integer("attachments", 20));
    settings.per_sender_hour = config.integer("per_sender_hour", 20);
    return settings;
}

}  // namespace surel
