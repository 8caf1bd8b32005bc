#include "settings.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace webhook {
namespace {

constexpr std::size_t kShortestKey = 16;
constexpr std::size_t kMostKeys = 8;
constexpr std::string_view kEncoded = "whsec_";

bool is_path(const std::string& path) {
    return path.starts_with('/') && path.size() <= 2'000 &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_host(const std::string& host) {
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
    });
}

std::string key_of(const std::string& word) {
    if (!word.starts_with(kEncoded)) return word;
    return pintu::plugin::from_base64(word.substr(kEncoded.size())).value_or("");
}

}  // namespace

Settings settings_from(const pintu::plugin::Config& config) {
    Settings settings;
    settings.receive_path = config.text("receive_path");
    settings.most_bytes = static_cast<std::size_t>(config.integer("most_bytes", 262'144));
    settings.window_s = config.integer("window_s", 300);
    settings.remember_days = config.integer("remember_days", 7);
    settings.send_wait_ms = static_cast<int>(config.integer("send_wait_ms", 10'000));
    settings.source = config.text("source");
    const std::string host = config.text("send_host");
    const std::string path = config.text("send_path");
    if (!is_path(settings.receive_path)) throw std::runtime_error("receive_path bukan jalur");
    if (!is_path(path)) throw std::runtime_error("send_path bukan jalur");
    if (!is_host(host)) throw std::runtime_error("send_host bukan nama host");
    if (!host.empty())
        settings.send_url = std::string(config.yes("send_tls", true) ? "https://" : "http://") +
                            host + ":" + std::to_string(config.integer("send_port", 443)) + path;
    return settings;
}

std::vector<std::string> keys_of(const pintu::plugin::Engine& engine, const std::string& secret) {
    const auto value = engine.secret(secret);
    if (!value) return {};
    std::vector<std::string> keys;
    std::istringstream words(*value);
    for (std::string word; words >> word;) keys.push_back(key_of(word));
    const bool short_one = std::any_of(
        keys.begin(), keys.end(), [](const std::string& key) { return key.size() < kShortestKey; });
    if (short_one)
        throw std::runtime_error("rahasia " + secret +
                                 ": kunci kurang dari 16 byte, atau bukan base64");
    if (keys.size() > kMostKeys)
        throw std::runtime_error("rahasia " + secret + ": lebih dari 8 kunci");
    return keys;
}

}  // namespace webhook
