#include "adapters/cli/settings.hpp"

#include <filesystem>

#include "adapters/files/whole_file.hpp"
#include "engine/yaml/map_reader.hpp"
#include "engine/yaml/parse.hpp"

namespace pintu::cli {
namespace {

constexpr std::int64_t kMostBatch = 10'000;
constexpr std::int64_t kLeastLeaseMs = 1'000;
constexpr std::int64_t kMostLeaseMs = 600'000;
constexpr std::int64_t kMostPerMinute = 1'000'000;

// outgoing:
//   sms:
//     per_minute: 30
void read_outgoing(const yaml::Node& node, Settings& settings, Diagnostics& diagnostics) {
    if (!yaml::expect_map(node, diagnostics)) return;
    for (const auto& entry : node.entries) {
        yaml::MapReader channel(entry.value, diagnostics);
        const auto most = channel.integer("per_minute", 1, kMostPerMinute, yaml::Need::required);
        channel.finish();
        if (most) settings.per_minute[entry.key] = *most;
    }
}

std::string word_or(const std::optional<yaml::Word>& word) {
    return word ? word->text : std::string();
}

}  // namespace

Settings read_settings(const std::string& directory, SourceSet& sources, Diagnostics& diagnostics) {
    Settings settings;
    const std::string path = (std::filesystem::path(directory) / kSettingsFile).string();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return settings;
    auto text = files::read_file(path, yaml::kMostBytes);
    if (!text) {
        diagnostics.add({Severity::error, text.error().code, {}, text.error().args});
        return settings;
    }
    const auto tree = yaml::parse(sources.add(kSettingsFile, std::move(*text)), diagnostics);
    if (!tree) return settings;
    yaml::MapReader map(*tree, diagnostics);
    settings.store = word_or(map.word("store"));
    settings.outbox = word_or(map.word("outbox"));
    settings.metrics = word_or(map.word("metrics"));
    settings.batch = map.integer("batch", 1, kMostBatch).value_or(settings.batch);
    settings.lease_ms =
        map.integer("lease_ms", kLeastLeaseMs, kMostLeaseMs).value_or(settings.lease_ms);
    if (const auto* outgoing = map.find("outgoing"))
        read_outgoing(*outgoing, settings, diagnostics);
    map.finish();
    return settings;
}

bool read_settings(const Options& options, Settings& settings, const Io& io) {
    SourceSet sources;
    Diagnostics diagnostics;
    settings = read_settings(options.directory, sources, diagnostics);
    print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
    return !diagnostics.has_errors();
}

}  // namespace pintu::cli
