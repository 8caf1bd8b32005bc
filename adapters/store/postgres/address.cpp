#include "adapters/store/postgres/address.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <charconv>
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
    for (auto at = address.find('?'); at < address.size(); at = address.find('&', at + 1)) {
        const auto begin = address.find('=', at) + 1;
        auto end = std::min(address.find('&', at + 1), address.size());
        if (begin == 0 || begin > end) continue;
        const std::string name = address.substr(at + 1, begin - at - 2);
        if (!boost::algorithm::icontains(name, "pass")) continue;
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
// by a name that none has.
bool plausible(const std::map<std::string, std::string>& settings) {
    for (const char* name : {"host", "dbname"}) {
        const auto found = settings.find(name);
        if (found != settings.end() && found->second.find('@') != std::string::npos) return false;
    }
    return true;
}

bool is_port(const std::string& text) {
    int port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && port > 0 &&
           port <= 65'535;
}

// What libpq looks at only when it connects, in its words; empty where nothing is wrong.
std::string wrong_value(const std::map<std::string, std::string>& settings) {
    static constexpr std::string_view kModes[] = {"disable", "allow",     "prefer",
                                                  "require", "verify-ca", "verify-full"};
    const auto port = settings.find("port");
    if (port != settings.end())
        for (const auto& one : split(port->second))
            if (!one.empty() && !is_port(one)) return "invalid port number: \"" + one + "\"";
    const auto mode = settings.find("sslmode");
    if (mode != settings.end() && std::ranges::find(kModes, mode->second) == std::end(kModes))
        return "invalid sslmode value: \"" + mode->second + "\"";
    return {};
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
    if (const auto wrong = wrong_value(parsed.settings); !wrong.empty())
        return fail("ST025", masked(address), wrong);
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
