#include "adapters/store/postgres/address.hpp"

#include <libpq-fe.h>

#include <memory>

namespace pintu::postgres {
namespace {

struct Default {
    const char* name;
    const char* value;
};

// libpq waits for hours where these are left out.
constexpr Default kDefaults[] = {
    {"connect_timeout", "5"},      // seconds, for each host
    {"keepalives", "1"},           //
    {"keepalives_idle", "5"},      // seconds
    {"keepalives_interval", "2"},  // seconds
    {"keepalives_count", "3"},     //
    {"tcp_user_timeout", "5000"},  // milliseconds
    {"application_name", "pintu"}, {"client_encoding", "UTF8"},
};

// What a message may show: without the user, the password, and any password among the options.
std::string masked(std::string address) {
    const auto scheme = address.find("://");
    const auto host = address.rfind('@');
    if (scheme != std::string::npos && host != std::string::npos && host > scheme) {
        address.erase(scheme + 3, host - scheme - 2);
    }
    for (const char* name : {"password=", "sslpassword="}) {
        const auto at = address.find(name);
        if (at == std::string::npos) continue;
        const auto begin = at + std::string_view(name).size();
        const auto end = std::min(address.find('&', begin), address.size());
        address.replace(begin, end - begin, "***");
    }
    return address;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

// libpq's words quote what they do not understand, and passwords must not be: an address whose
// user and password are left out is asked about instead.
std::string complaint(const std::string& address) {
    char* words = nullptr;
    PQconninfoOption* options = PQconninfoParse(masked(address).c_str(), &words);
    const std::string found = words == nullptr ? "user:password" : first_line(words);
    PQconninfoFree(options);
    PQfreemem(words);
    return found;
}

std::string quoted(const std::string& value) {
    std::string text = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + "'";
}

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts(1);
    for (const char c : list) {
        if (c == ',') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

std::string shown(const Address& address) {
    const auto value = [&](const char* name) {
        const auto found = address.settings.find(name);
        return found == address.settings.end() ? std::string() : found->second;
    };
    const auto hosts = split(value("host").empty() ? value("hostaddr") : value("host"));
    const auto ports = split(value("port"));
    std::string list, socket;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        const auto& port = ports.size() == 1 ? ports[0] : i < ports.size() ? ports[i] : "";
        if (hosts[i].starts_with('/')) socket += (socket.empty() ? "?host=" : ",") + hosts[i];
        if (hosts[i].starts_with('/')) continue;
        list += (list.empty() ? "" : ",") + hosts[i] + (port.empty() ? "" : ":" + port);
    }
    if (!socket.empty() && !value("port").empty()) socket += "&port=" + value("port");
    const auto user = value("user");
    return "postgresql://" + user + (user.empty() ? "" : "@") + list + "/" + value("dbname") +
           socket;
}

// Passwords with '@' or '/' in them are taken for hosts and databases: such an address is refused
// by a name that no host has.
bool plausible(const std::map<std::string, std::string>& settings) {
    const auto host = settings.find("host");
    return host == settings.end() || host->second.find('@') == std::string::npos;
}

}  // namespace

bool is_postgres(std::string_view address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::string shown_address(const std::string& address) {
    const auto parsed = parse_address(address, Role::reader);
    return parsed ? parsed->shown : masked(address);
}

Result<Address> parse_address(const std::string& address, Role role) {
    char* words = nullptr;
    std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(address.c_str(), &words), &PQconninfoFree);
    PQfreemem(words);
    if (!is_postgres(address) || !options) {
        return fail("ST025", masked(address), complaint(address));
    }
    Address parsed;
    for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) parsed.settings[option->keyword] = option->val;
    }
    if (!plausible(parsed.settings)) return fail("ST025", masked(address), "user:password");
    for (const auto& [name, value] : kDefaults) parsed.settings.try_emplace(name, value);
    parsed.settings.try_emplace("target_session_attrs",
                                role == Role::writer ? "read-write" : "any");
    parsed.shown = shown(parsed);
    return parsed;
}

std::string Address::conninfo() const {
    std::string text;
    for (const auto& [name, value] : settings) text += name + "=" + quoted(value) + " ";
    return text;
}

Address Address::with_database(const std::string& name) const {
    Address other = *this;
    other.settings["dbname"] = name;
    other.shown = pintu::postgres::shown(other);
    return other;
}

}  // namespace pintu::postgres
