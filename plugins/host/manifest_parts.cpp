#include "plugins/host/manifest_parts.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "engine/yaml/map_reader.hpp"
#include "plugins/host/config.hpp"
#include "plugins/host/names.hpp"

namespace pintu::plugins {
namespace {

using Type = ConfigKey::Type;

constexpr std::int64_t kLeastInteger = -1'000'000'000'000;
constexpr std::int64_t kMostInteger = 1'000'000'000'000;
constexpr std::int64_t kMostDeadlineMs = 600'000;
constexpr std::int64_t kMostFactMs = 10'000;

const std::pair<const char*, Type> kTypes[] = {{"text", Type::text},
                                               {"integer", Type::integer},
                                               {"yes_no", Type::yes_no},
                                               {"folder", Type::folder},
                                               {"file", Type::file}};

bool few_enough(std::size_t count, Span span, Diagnostics& diagnostics) {
    if (count > kMostItems)
        diagnostics.error("PL122", span, std::to_string(count), std::to_string(kMostItems));
    return count <= kMostItems;
}

bool expect_few(const yaml::Node& node, Diagnostics& diagnostics) {
    return yaml::expect_map(node, diagnostics) &&
           few_enough(node.entries.size(), node.span, diagnostics);
}

void read_type(const yaml::Node& node, ConfigKey& key, Diagnostics& diagnostics) {
    if (node.is_sequence()) {
        key.type = Type::choice;
        for (const auto& word :
             yaml::as_words(node, diagnostics).value_or(std::vector<yaml::Word>{}))
            key.choices.push_back(word.text);
        if (key.choices.empty()) diagnostics.error("YA034", node.span);
        return;
    }
    const auto word = yaml::as_word(node, diagnostics);
    if (!word) return;
    std::vector<std::string> names;
    for (const auto& [name, type] : kTypes) {
        if (word->text == name) key.type = type;
        names.emplace_back(name);
    }
    yaml::expect_one_of(*word, names, diagnostics);
}

void read_bounds(yaml::MapReader& map, const yaml::Node& node, ConfigKey& key,
                 Diagnostics& diagnostics) {
    const auto low = map.integer("from", kLeastInteger, kMostInteger);
    const auto high = map.integer("to", kLeastInteger, kMostInteger);
    key.low = low.value_or(kLeastInteger);
    key.high = high.value_or(kMostInteger);
    if (key.type != Type::integer && (low || high)) diagnostics.error("PL117", node.span);
    if (key.low > key.high)
        diagnostics.error("PL116", node.span, std::to_string(key.low), std::to_string(key.high));
}

ConfigKey read_config_key(const yaml::Node& node, Diagnostics& diagnostics) {
    ConfigKey key;
    yaml::MapReader map(node, diagnostics);
    if (const auto* type = map.find("type", yaml::Need::required))
        read_type(*type, key, diagnostics);
    read_bounds(map, node, key, diagnostics);
    key.required = map.yes_no("required").value_or(false);
    if (const auto fallback = map.word("default")) {
        key.fallback = fallback->text;
        if (key.low <= key.high) fitting(key, *fallback, diagnostics);
        if (key.required) diagnostics.error("PL115", fallback->span);
    }
    map.allow("title");
    map.finish();
    return key;
}

std::vector<std::string> keys_in(const yaml::Node& node, Diagnostics& diagnostics) {
    std::vector<std::string> texts;
    const auto words = yaml::as_words(node, diagnostics).value_or(std::vector<yaml::Word>{});
    if (!few_enough(words.size(), node.span, diagnostics)) return texts;
    for (const auto& word : words) {
        if (!is_key(word.text)) diagnostics.error("PL124", word.span, word.text);
        texts.push_back(word.text);
    }
    return texts;
}

// The type of the key that "config.KEY" names; nothing, with a diagnostic, where there is no such.
bool refers_to(const std::string& key, std::initializer_list<Type> types, Span span,
               const Manifest& manifest, Diagnostics& diagnostics) {
    const auto found = manifest.config.find(key);
    if (found == manifest.config.end()) {
        diagnostics.error("PL119", span, key);
        return false;
    }
    const bool fits = std::find(types.begin(), types.end(), found->second.type) != types.end();
    if (!fits) diagnostics.error("PL120", span, key);
    return fits;
}

void read_host(const yaml::Word& word, Manifest& manifest, Diagnostics& diagnostics) {
    const auto parts = split_host(word.text);
    if (!parts) {
        diagnostics.error("PL118", word.span, word.text);
        return;
    }
    if (const auto key = config_key_of(parts->host))
        refers_to(*key, {Type::text, Type::choice}, word.span, manifest, diagnostics);
    else if (!is_host_name(parts->host))
        diagnostics.error("PL118", word.span, word.text);
    if (const auto key = config_key_of(parts->port))
        refers_to(*key, {Type::integer}, word.span, manifest, diagnostics);
    else if (!is_port(parts->port))
        diagnostics.error("PL118", word.span, word.text);
    manifest.hosts.push_back(word.text);
}

void read_folder(const yaml::Entry& entry, Manifest& manifest, Diagnostics& diagnostics) {
    FolderPermission folder{entry.key, false};
    if (const auto word = yaml::as_word(entry.value, diagnostics)) {
        yaml::expect_one_of(*word, {"read", "write"}, diagnostics);
        folder.write = word->text == "write";
    }
    if (const auto key = config_key_of(entry.key))
        refers_to(*key, {Type::folder, Type::file}, entry.key_span, manifest, diagnostics);
    else if (!is_below(entry.key))
        diagnostics.error("PL109", entry.key_span, entry.key);
    else if (folder.write)
        diagnostics.error("PL121", entry.key_span, entry.key);
    manifest.folders.push_back(std::move(folder));
}

}  // namespace

bool is_below(const std::string& path) {
    const std::filesystem::path parts(path);
    if (path.empty() || parts.is_absolute()) return false;
    return std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part == ".."; });
}

void read_schema(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics) {
    if (!expect_few(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        const bool reserved = entry.key == "kind" || entry.key == "spool";
        if (!is_key(entry.key) || reserved) diagnostics.error("PL114", entry.key_span, entry.key);
        manifest.config[entry.key] = read_config_key(entry.value, diagnostics);
    }
}

void read_facts(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics) {
    if (!expect_few(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        if (!is_key(entry.key)) diagnostics.error("PL124", entry.key_span, entry.key);
        FactOffer offer;
        yaml::MapReader map(entry.value, diagnostics);
        if (const auto* arguments = map.find("arguments"))
            offer.arguments = keys_in(*arguments, diagnostics);
        for (const auto& value : map.words("gives")) offer.gives.push_back(value.text);
        map.finish();
        manifest.facts[entry.key] = std::move(offer);
    }
}

void read_permissions(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    for (const auto& host : map.words("hosts")) read_host(host, manifest, diagnostics);
    few_enough(manifest.hosts.size(), node.span, diagnostics);
    if (const auto* folders = map.find("folders"); folders && expect_few(*folders, diagnostics))
        for (const auto& entry : folders->entries) read_folder(entry, manifest, diagnostics);
    const std::vector<std::string> allowed(std::begin(kPersonalFields), std::end(kPersonalFields));
    for (const auto& field : map.words("personal")) {
        if (!yaml::expect_one_of(field, allowed, diagnostics)) continue;
        if (manifest.may_see(field.text)) diagnostics.error("PL127", field.span, field.text);
        manifest.personal.push_back(field.text);
    }
    map.finish();
}

void read_deadlines(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    const auto read = [&](const char* key, std::int64_t most, std::int64_t& value) {
        value = map.integer(key, 1, most).value_or(value);
    };
    read("poll_ms", kMostDeadlineMs, manifest.poll_ms);
    read("send_ms", kMostDeadlineMs, manifest.send_ms);
    read("fact_ms", kMostFactMs, manifest.fact_ms);
    read("http_ms", kMostDeadlineMs, manifest.http_ms);
    map.finish();
}

void read_limits(const yaml::Node& node, Manifest& manifest, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    manifest.memory_mb = map.integer("memory_mb", 16, 4'096).value_or(manifest.memory_mb);
    manifest.open_files = map.integer("open_files", 16, 4'096).value_or(manifest.open_files);
    map.finish();
}

}  // namespace pintu::plugins
