#include "plugins/host/manifest.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/hash.hpp"
#include "engine/yaml/map_reader.hpp"
#include "engine/yaml/parse.hpp"
#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/disk.hpp"
#include "plugins/host/library_file.hpp"
#include "plugins/host/manifest_parts.hpp"
#include "plugins/host/names.hpp"
#include "plugins/host/what_it_runs.hpp"

namespace pintu::plugins {
namespace {

using yaml::MapReader;
using yaml::Need;

constexpr std::pair<std::string_view, Kind> kKinds[] = {{"channel", Kind::channel},
                                                        {"connector", Kind::connector},
                                                        {"fact", Kind::fact},
                                                        {"evidence", Kind::evidence}};

void read_what_it_is(MapReader& map, const yaml::Node& document, Manifest& manifest,
                     Diagnostics& diagnostics) {
    if (const auto name = map.word("plugin", Need::required)) {
        manifest.name = name->text;
        if (!is_plugin_name(name->text)) diagnostics.error("PL102", name->span, name->text);
    }
    if (const auto version = map.word("version", Need::required)) {
        manifest.version = version->text;
        if (!is_version(version->text)) diagnostics.error("PL103", version->span, version->text);
    }
    if (const auto abi = map.integer("abi", 0, 1'000'000, Need::required)) {
        manifest.abi = static_cast<std::uint32_t>(*abi);
        if (*abi != PINTU_ABI)
            diagnostics.error("PL104", document.find("abi")->span, std::to_string(*abi),
                              std::to_string(PINTU_ABI));
    }
    if (const auto title = map.word("title")) manifest.title = title->text;
}

void read_kinds(MapReader& map, const yaml::Node& document, Manifest& manifest,
                Diagnostics& diagnostics) {
    std::vector<std::string> names;
    for (const auto& [name, kind] : kKinds) names.emplace_back(name);
    for (const auto& word : map.words("kinds", Need::required)) {
        if (!yaml::expect_one_of(word, names, diagnostics)) continue;
        for (const auto& [name, kind] : kKinds) {
            if (word.text != name) continue;
            if (manifest.has(kind)) diagnostics.error("PL127", word.span, word.text);
            manifest.kinds.push_back(kind);
        }
    }
    if (const auto* kinds = document.find("kinds");
        kinds && kinds->items.empty() && kinds->is_sequence())
        diagnostics.error("YA034", kinds->span);
}

void read_channels(MapReader& map, Manifest& manifest, Diagnostics& diagnostics) {
    for (const auto& word : map.words("channels")) {
        if (!is_plugin_name(word.text)) diagnostics.error("PL102", word.span, word.text);
        const auto& known = manifest.channels;
        if (std::find(known.begin(), known.end(), word.text) != known.end())
            diagnostics.error("PL127", word.span, word.text);
        manifest.channels.push_back(word.text);
    }
}

// A kind that lacks what it needs, or a key that none of the kinds reads.
void check_kinds(const yaml::Node& document, const Manifest& manifest, Diagnostics& diagnostics) {
    const bool carries = manifest.has(Kind::channel) || manifest.has(Kind::connector);
    const struct {
        const char* key;
        bool needed;
        const char* kinds;
    } keys[] = {{"channels", carries, "channel, connector"},
                {"facts", manifest.has(Kind::fact), "fact"},
                {"answers", manifest.has(Kind::fact), "fact"}};
    for (const auto& [key, needed, kinds] : keys) {
        const auto* entry = document.find_entry(key);
        if (needed && entry == nullptr) diagnostics.error("PL107", document.span, key, kinds);
        if (!needed && entry != nullptr) diagnostics.error("PL108", entry->key_span, key, kinds);
    }
}

void read_runs(MapReader& map, const yaml::Node& document, Manifest& manifest,
               Diagnostics& diagnostics) {
    const auto run = map.word("run");
    for (const auto& word : map.words("command")) manifest.command.push_back(word.text);
    const bool commands = document.find("command") != nullptr;
    if (run.has_value() == commands) diagnostics.error("PL105", document.span);
    if (!run) return;
    manifest.run = run->text;
    if (!is_below(run->text))
        diagnostics.error("PL109", run->span, run->text);
    else if (auto wrong = wrong_with_library(manifest.file()))
        diagnostics.add({Severity::error, wrong->code, run->span, wrong->args});
}

void read_secrets(MapReader& map, Manifest& manifest, Diagnostics& diagnostics) {
    for (const auto& word : map.words("secrets")) {
        if (!is_key(word.text)) diagnostics.error("PL124", word.span, word.text);
        manifest.secrets.push_back(word.text);
    }
}

void read_all(const yaml::Node& document, Manifest& manifest, Diagnostics& diagnostics) {
    MapReader map(document, diagnostics);
    read_what_it_is(map, document, manifest, diagnostics);
    read_kinds(map, document, manifest, diagnostics);
    read_runs(map, document, manifest, diagnostics);
    read_channels(map, manifest, diagnostics);
    read_secrets(map, manifest, diagnostics);
    if (const auto answers = map.one_of("answers", {"pure", "recorded"}))
        manifest.pure = answers->text == "pure";
    const auto part = [&](const char* key, auto read) {
        if (const auto* node = map.find(key)) read(*node, manifest, diagnostics);
    };
    part("facts", read_facts);
    part("config", read_schema);
    part("permissions", read_permissions);
    part("deadlines", read_deadlines);
    part("limits", read_limits);
    map.allow("end");
    map.finish();
    check_kinds(document, manifest, diagnostics);
}

void add_identity(std::string_view text, const yaml::Node& document, Manifest& manifest,
                  Diagnostics& diagnostics) {
    const auto digest = digest_of_what_it_runs(manifest);
    if (!digest) {
        diagnostics.add({Severity::error, digest.error().code, document.span, digest.error().args});
        return;
    }
    const Digest both = sha256({bytes_of(sha256(text)), bytes_of(*digest)});
    manifest.identity =
        manifest.name + " " + manifest.version + " sha256:" + to_hex(bytes_of(both));
}

}  // namespace

std::string_view kind_name(Kind kind) {
    for (const auto& [name, known] : kKinds)
        if (known == kind) return name;
    return "";
}

bool Manifest::has(Kind kind) const {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool Manifest::may_see(std::string_view personal_field) const {
    return std::find(personal.begin(), personal.end(), personal_field) != personal.end();
}

std::string Manifest::file() const {
    return folder + "/" + run;
}

std::optional<Manifest> read_manifest(const std::string& folder, SourceSet& sources,
                                      Diagnostics& diagnostics, Span named_at) {
    Diagnostics own;
    Manifest manifest;
    std::error_code failed;
    manifest.folder = std::filesystem::absolute(folder, failed).lexically_normal().string();
    const std::string path = folder + "/" + kManifestFile;
    const auto text = read_bytes(path, yaml::kMostBytes);
    if (!text) {
        diagnostics.error("PL101", named_at, path);
        return std::nullopt;
    }
    const auto document = yaml::parse(sources.add(path, *text), own);
    if (document && yaml::read_heading(*document, own)) {
        read_all(*document, manifest, own);
        if (!own.has_errors()) add_identity(*text, *document, manifest, own);
    }
    diagnostics.append(own);
    if (own.has_errors()) return std::nullopt;
    return manifest;
}

}  // namespace pintu::plugins
