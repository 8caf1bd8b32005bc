#include "plugins/host/config.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <filesystem>

#include "engine/base/nearest.hpp"
#include "plugins/host/names.hpp"

namespace pintu::plugins {
namespace {

namespace fs = std::filesystem;
using Type = ConfigKey::Type;

// What is on disk where the value says so, and as absolute path.
std::optional<std::string> found_on_disk(const ConfigKey& key, const yaml::Word& value,
                                         const std::string& base, Diagnostics& diagnostics) {
    const auto path = (fs::path(base) / value.text).lexically_normal();
    std::error_code failed;
    const bool there = key.type == Type::folder ? fs::is_directory(path, failed)
                                                : fs::is_regular_file(path, failed);
    if (!there) {
        diagnostics.error(key.type == Type::folder ? "PL132" : "PL133", value.span, path.string());
        return std::nullopt;
    }
    return path.string();
}

std::optional<std::string> value_of(const ConfigKey& key, const yaml::Word& value,
                                    const std::string& base, Diagnostics& diagnostics) {
    if (key.type == Type::folder || key.type == Type::file)
        return found_on_disk(key, value, base, diagnostics);
    return fitting(key, value, diagnostics);
}

void report_unknown(const Manifest& manifest, const std::map<std::string, yaml::Word>& given,
                    Diagnostics& diagnostics) {
    std::vector<std::string> known;
    for (const auto& [name, key] : manifest.config) known.push_back(name);
    for (const auto& [name, value] : given) {
        if (manifest.config.contains(name)) continue;
        const std::string close = nearest(name, known);
        std::string all;
        for (const auto& one : known) all += (all.empty() ? "" : ", ") + one;
        diagnostics.error("PL131", value.span, name, manifest.name, close.empty() ? all : close);
    }
}

// A host that came out of the configuration must be one, or a rule about hosts would mean another.
void check_hosts(const Manifest& manifest, const std::map<std::string, yaml::Word>& given,
                 Diagnostics& diagnostics) {
    for (const auto& host : manifest.hosts) {
        const auto parts = split_host(host);
        const auto key = parts ? config_key_of(parts->host) : std::nullopt;
        const auto value = key ? given.find(*key) : given.end();
        if (value != given.end() && !is_host_name(value->second.text))
            diagnostics.error("PL134", value->second.span, value->second.text);
    }
}

std::optional<std::string> filled(const std::string& text, const Config& config) {
    const auto key = config_key_of(text);
    if (!key) return text;
    const auto value = config.find(*key);
    return value == config.end() ? std::nullopt : std::optional(value->second);
}

}  // namespace

std::optional<std::string> fitting(const ConfigKey& key, const yaml::Word& value,
                                   Diagnostics& diagnostics) {
    const yaml::Node node{yaml::Kind::scalar, value.text, false, value.span, {}, {}};
    switch (key.type) {
        case Type::integer:
            if (const auto number = yaml::as_integer(node, key.low, key.high, diagnostics))
                return std::to_string(*number);
            return std::nullopt;
        case Type::yes_no:
            if (const auto yes = yaml::as_yes_no(node, diagnostics)) return *yes ? "true" : "false";
            return std::nullopt;
        case Type::choice:
            if (!yaml::expect_one_of(value, key.choices, diagnostics)) return std::nullopt;
            return value.text;
        default: return value.text;
    }
}

std::optional<Config> check_config(const Manifest& manifest,
                                   const std::map<std::string, yaml::Word>& given,
                                   const std::string& base, Span place, Diagnostics& diagnostics) {
    Diagnostics own;
    Config config;
    for (const auto& [name, key] : manifest.config) {
        const auto found = given.find(name);
        if (found == given.end() && key.required) own.error("PL130", place, name, manifest.name);
        if (found == given.end() && !key.fallback) continue;
        const auto value =
            value_of(key, found == given.end() ? yaml::Word{*key.fallback, place} : found->second,
                     base, own);
        if (value) config[name] = *value;
    }
    report_unknown(manifest, given, own);
    check_hosts(manifest, given, own);
    diagnostics.append(own);
    if (own.has_errors()) return std::nullopt;
    return config;
}

std::string config_document(const Manifest& manifest, const Config& config, Kind kind,
                            const std::string& spool) {
    boost::json::object document;
    for (const auto& [name, value] : config) {
        const Type type = manifest.config.at(name).type;
        if (type == Type::yes_no) {
            document[name] = value == "true";
        } else if (type == Type::integer) {
            std::int64_t number = 0;
            std::from_chars(value.data(), value.data() + value.size(), number);
            document[name] = number;
        } else {
            document[name] = value;
        }
    }
    document["kind"] = std::string(kind_name(kind));
    document["spool"] = spool;
    return boost::json::serialize(document);
}

std::vector<std::string> allowed_hosts(const Manifest& manifest, const Config& config) {
    std::vector<std::string> hosts;
    for (const auto& written : manifest.hosts) {
        const auto parts = split_host(written);
        const auto host = parts ? filled(parts->host, config) : std::nullopt;
        const auto port = parts ? filled(parts->port, config) : std::nullopt;
        if (host && port) hosts.push_back(*host + ":" + *port);
    }
    return hosts;
}

std::vector<FolderPermission> allowed_folders(const Manifest& manifest, const Config& config) {
    std::vector<FolderPermission> folders;
    for (const auto& [path, write] : manifest.folders) {
        const bool own = !config_key_of(path);
        if (const auto value = filled(path, config))
            folders.push_back({own ? manifest.folder + "/" + *value : *value, write});
    }
    return folders;
}

}  // namespace pintu::plugins
