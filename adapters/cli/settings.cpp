#include "adapters/cli/settings.hpp"

#include <filesystem>

#include "adapters/files/whole_file.hpp"
#include "adapters/http/bind.hpp"
#include "adapters/metrics/responder.hpp"
#include "adapters/store/store.hpp"
#include "engine/yaml/map_reader.hpp"
#include "engine/yaml/parse.hpp"

namespace pintu::cli {
namespace {

constexpr std::int64_t kMostBatch = 10'000;
constexpr std::int64_t kLeastLeaseMs = 1'000;
constexpr std::int64_t kMostLeaseMs = 600'000;
constexpr std::int64_t kMostPerMinute = 1'000'000;
constexpr std::int64_t kMebibyte = 1 << 20;
constexpr std::int64_t kMostFileMb = 64;
constexpr std::int64_t kMostReportMb = 1024;

// outgoing:
//   sms:
//     per_minute: 30
//     quiet: "21:00-06:00"
void read_outgoing(const yaml::Node& node, Settings& settings, Diagnostics& diagnostics) {
    if (!yaml::expect_map(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        yaml::MapReader channel(entry.value, diagnostics);
        const auto most = channel.integer("per_minute", 1, kMostPerMinute);
        if (most) settings.per_minute[entry.key] = *most;
        if (const auto quiet = channel.word("quiet")) {
            if (const auto hours = runtime::parse_quiet_hours(quiet->text))
                settings.quiet[entry.key] = *hours;
            else
                diagnostics.error("CL550", quiet->span, quiet->text);
        }
        channel.finish();
    }
}

std::string word_or(const std::optional<yaml::Word>& word) {
    return word ? word->text : std::string();
}

// Keys and texts as written; what is not a text is told.
std::map<std::string, yaml::Word> read_texts(yaml::MapReader& map, std::string_view key,
                                             Diagnostics& diagnostics) {
    std::map<std::string, yaml::Word> texts;
    const auto* node = map.find(key);
    if (node == nullptr || !yaml::expect_map(*node, diagnostics)) return texts;
    for (const auto& entry : node->entries)
        if (const auto word = yaml::as_word(entry.value, diagnostics)) texts[entry.key] = *word;
    return texts;
}

// What is told of it shows stars in its place: there may be a password in it.
std::string read_store(yaml::MapReader& map, SourceSet& sources, Diagnostics& diagnostics) {
    const auto word = map.word("store");
    if (!word) return {};
    if (const auto known = store::check_address(word->text); !known) {
        std::string text(sources.find(word->span.file)->text());
        const auto size = word->span.end - word->span.begin;
        text.replace(word->span.begin, size, size, '*');
        Span span = word->span;
        span.file = sources.add(kSettingsFile, std::move(text)).id();
        diagnostics.add({Severity::error, known.error().code, span, known.error().args});
    }
    return word->text;
}

// Where something is listened; `code` tells of what is no address.
std::string read_address(yaml::MapReader& map, std::string_view key,
                         bool (*is_address)(const std::string&), const char* code,
                         Diagnostics& diagnostics) {
    const auto word = map.word(key);
    if (!word) return {};
    if (is_address(word->text)) return word->text;
    diagnostics.error(code, word->span, word->text);
    return {};
}

std::string absolute_below(const std::string& directory, const std::string& path) {
    if (path.empty()) return {};
    std::error_code ignored;
    const auto whole = std::filesystem::absolute(std::filesystem::path(directory) / path, ignored);
    return whole.lexically_normal().string();
}

// plugins:
//   surel:
//     from: /srv/pintu/surel
//     trusted: no
//     config: {imap_host: imap.example.go.id}
//     secrets: {password: "file:/etc/pintu/surel.password"}
void read_plugins(const yaml::Node& node, const std::string& directory, Settings& settings,
                  Diagnostics& diagnostics) {
    if (!yaml::expect_map(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        plugins::Chosen chosen;
        chosen.name = entry.key;
        chosen.span = entry.key_span;
        if (!entry.value.is_null()) {
            yaml::MapReader map(entry.value, diagnostics);
            chosen.folder = absolute_below(directory, word_or(map.word("from")));
            chosen.trusted = map.yes_no("trusted").value_or(false);
            chosen.config = read_texts(map, "config", diagnostics);
            chosen.secrets = read_texts(map, "secrets", diagnostics);
            map.finish();
        }
        settings.plugins.push_back(std::move(chosen));
    }
}

// evidence:
//   most_file_mb: 20
//   most_report_mb: 60
void read_evidence(const yaml::Node& node, Settings& settings, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    const auto bytes = [&](const char* key, std::int64_t most, std::int64_t fallback) {
        const auto mebibytes = map.integer(key, 1, most);
        return mebibytes ? *mebibytes * kMebibyte : fallback;
    };
    settings.most_file_bytes = bytes("most_file_mb", kMostFileMb, settings.most_file_bytes);
    settings.most_report_bytes = bytes("most_report_mb", kMostReportMb, settings.most_report_bytes);
    map.finish();
}

}  // namespace

Settings read_settings(const std::string& directory, SourceSet& sources, Diagnostics& diagnostics) {
    Settings settings;
    const std::string path = (std::filesystem::path(directory) / kSettingsFile).string();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return settings;
    const std::string unread = std::string(store::kUnread) + path;
    settings.store = unread;
    auto text = files::read_file(path, yaml::kMostBytes);
    if (!text) {
        diagnostics.add({Severity::error, text.error().code, {}, text.error().args});
        return settings;
    }
    const auto tree = yaml::parse(sources.add(kSettingsFile, std::move(*text)), diagnostics);
    if (!tree) return settings;
    yaml::MapReader map(*tree, diagnostics);
    settings.store = read_store(map, sources, diagnostics);
    settings.outbox = word_or(map.word("outbox"));
    settings.metrics = read_address(map, "metrics", metrics::is_address, "CL120", diagnostics);
    settings.http = read_address(map, "http", http::is_address, "HT002", diagnostics);
    settings.batch = map.integer("batch", 1, kMostBatch).value_or(settings.batch);
    settings.lease_ms =
        map.integer("lease_ms", kLeastLeaseMs, kMostLeaseMs).value_or(settings.lease_ms);
    if (const auto* outgoing = map.find("outgoing"))
        read_outgoing(*outgoing, settings, diagnostics);
    if (const auto* chosen = map.find("plugins"))
        read_plugins(*chosen, directory, settings, diagnostics);
    if (const auto* evidence = map.find("evidence"))
        read_evidence(*evidence, settings, diagnostics);
    map.finish();
    if (settings.store.empty() && diagnostics.has_errors()) settings.store = unread;
    return settings;
}

bool read_settings(const Options& options, Settings& settings, const Io& io) {
    const auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    settings = read_settings(options.directory, *sources, diagnostics);
    settings.sources = sources;
    print_diagnostics(io.err, diagnostics, *sources, options, Output::pretty, io.color);
    return !diagnostics.has_errors();
}

}  // namespace pintu::cli
