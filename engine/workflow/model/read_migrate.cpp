#include <algorithm>

#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

bool is_hash(std::string_view text) {
    constexpr std::string_view kPrefix = "sha256:";
    return text.size() == kPrefix.size() + 64 && text.substr(0, kPrefix.size()) == kPrefix &&
           text.find_first_not_of("0123456789abcdef", kPrefix.size()) == std::string_view::npos;
}

void read_clock_moves(const yaml::Node& node, Migration& migration, Reading& reading) {
    static const Names kMoves = {"keep", "recompute", "restart"};
    if (!yaml::expect_map(node, reading.diagnostics)) return;
    for (const auto& entry : node.entries) {
        const auto word = yaml::as_word(entry.value, reading.diagnostics);
        if (!word || !yaml::expect_one_of(*word, kMoves, reading.diagnostics)) continue;
        const auto at = std::find(kMoves.begin(), kMoves.end(), word->text) - kMoves.begin();
        migration.clocks[entry.key] = static_cast<ClockMove>(at);
    }
}

Migration read_migration(const yaml::Node& node, Reading& reading) {
    Migration migration;
    migration.span = node.span;
    yaml::MapReader map(node, reading.diagnostics);
    if (const auto from = map.word("from", yaml::Need::required)) {
        migration.from = BundleHash(from->text);
        if (!is_hash(from->text)) reading.diagnostics.error("WF022", from->span, from->text);
    }
    if (const auto* states = map.find("states");
        states && yaml::expect_map(*states, reading.diagnostics))
        for (const auto& entry : states->entries)
            if (const auto to = yaml::as_word(entry.value, reading.diagnostics))
                migration.states[entry.key] = read_state_name(*to, reading);
    if (const auto* clocks = map.find("clocks")) read_clock_moves(*clocks, migration, reading);
    map.finish();
    return migration;
}

}  // namespace

// One older version as keys, several as a list.
std::vector<Migration> read_migrations(const yaml::Node& node, Reading& reading) {
    std::vector<Migration> migrations;
    if (node.is_sequence())
        for (const auto& item : node.items) migrations.push_back(read_migration(item, reading));
    else
        migrations.push_back(read_migration(node, reading));
    return migrations;
}

}  // namespace pintu::workflow
