#include "plugins/host/names.hpp"

#include <algorithm>
#include <charconv>

namespace pintu::plugins {
namespace {

bool lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name(std::string_view text, std::size_t most, std::string_view besides) {
    if (text.empty() || text.size() > most || !lower(text[0])) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return lower(c) || digit(c) || besides.find(c) != std::string_view::npos;
    });
}

bool numbers(std::string_view text) {  // "1.2.3", three at most
    int dots = 0;
    char last = '.';
    for (const char c : text) {
        if (c == '.' ? last == '.' || ++dots > 2 : !digit(c)) return false;
        last = c;
    }
    return last != '.';
}

}  // namespace

bool is_plugin_name(std::string_view text) {
    return is_name(text, 32, "_-");
}

bool is_key(std::string_view text) {
    return is_name(text, 40, "_");
}

bool is_version(std::string_view text) {
    if (text.size() > 32) return false;
    const auto dash = text.find('-');
    const auto rest = dash == std::string_view::npos ? "x" : text.substr(dash + 1);
    return numbers(text.substr(0, dash)) && !rest.empty() &&
           std::all_of(rest.begin(), rest.end(),
                       [](char c) { return lower(c) || digit(c) || c == '.'; });
}

bool is_host_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && text[0] != '-' && text[0] != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return lower(c) || digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
                      c == '_' || c == ':';
           });
}

bool is_port(std::string_view text) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && value >= 1 &&
           value <= 65'535;
}

std::optional<std::string> config_key_of(std::string_view text) {
    constexpr std::string_view kPrefix = "config.";
    if (!text.starts_with(kPrefix)) return std::nullopt;
    return std::string(text.substr(kPrefix.size()));
}

std::optional<HostAndPort> split_host(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const bool brackets = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
    if (brackets) host = host.substr(1, host.size() - 2);
    if (!brackets && host.find(':') != std::string_view::npos) return std::nullopt;
    return HostAndPort{std::string(host), std::string(text.substr(colon + 1))};
}

}  // namespace pintu::plugins
