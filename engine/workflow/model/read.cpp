#include "engine/workflow/model/read.hpp"

#include <algorithm>

#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

constexpr std::size_t kMostStates = 200;
constexpr std::size_t kMostClocks = 16;
constexpr std::size_t kMostEvents = 50;

Intake read_intake(const yaml::Node& node, Reading& reading) {
    Intake intake;
    yaml::MapReader map(node, reading.diagnostics);
    for (const auto& word : map.words("key", yaml::Need::required))
        if (yaml::expect_one_of(word, intake_keys(), reading.diagnostics))
            intake.key.push_back(word.text);
    if (const auto* node_of_similar = map.find("similar")) {
        static const Names kThen = {"offer_link"};
        yaml::MapReader similar(*node_of_similar, reading.diagnostics);
        Similar found;
        found.within_m = static_cast<int>(
            similar.integer("within_m", 1, 100'000, yaml::Need::required).value_or(0));
        found.within_days = static_cast<int>(
            similar.integer("within_days", 1, 3'650, yaml::Need::required).value_or(0));
        if (const auto same = similar.word("same", yaml::Need::required)) {
            found.same = same->text;
            found.span = same->span;
        }
        found.then =
            similar.one_of("then", kThen, yaml::Need::required).value_or(yaml::Word{}).text;
        similar.finish();
        intake.similar = std::move(found);
    }
    map.finish();
    return intake;
}

// True where `node` may be read on.
bool expect_at_most(const yaml::Node& node, std::size_t most, const char* what, Reading& reading) {
    if (!yaml::expect_map(node, reading.diagnostics)) return false;
    if (node.entries.size() <= most) return true;
    reading.diagnostics.error("WF023", node.span, what, std::to_string(node.entries.size()),
                              std::to_string(most));
    return false;
}

void read_states(const yaml::Node& node, Workflow& workflow, Reading& reading) {
    if (!expect_at_most(node, kMostStates, "states", reading)) return;
    for (const auto& entry : node.entries) reading.states.push_back(entry.key);
    for (const auto& entry : node.entries) {
        const auto* on = entry.value.find("on");
        if (on && on->is_map() && !expect_at_most(*on, kMostEvents, "on", reading)) continue;
        if (auto state = read_state(entry, reading)) workflow.states.push_back(std::move(*state));
    }
}

void read_clocks(const yaml::Node& node, Workflow& workflow, Reading& reading) {
    if (!expect_at_most(node, kMostClocks, "clocks", reading)) return;
    for (const auto& entry : node.entries)
        if (auto clock = read_clock(entry, reading)) workflow.clocks.push_back(std::move(*clock));
}

// A calendar length, and not so short that a case could be opened again after it.
void read_keep_personal(const yaml::Word& word, Workflow& workflow, Reading& reading) {
    const auto kept = read_duration(word.text, word.span, reading);
    if (!kept) return;
    if (kept->unit != calendar::DurationUnit::days) {
        reading.diagnostics.error("WF026", word.span, word.text);
        return;
    }
    for (const auto& state : workflow.states)
        for (const auto& event : state.on)
            if (state.final && event.within && !(calendar::compare(*event.within, *kept) <= 0))
                reading.diagnostics.error("WF027", word.span, word.text, event.name,
                                          calendar::to_string(*event.within));
    workflow.keep_personal = kept;
}

void read_heading(yaml::MapReader& map, Workflow& workflow, Reading& reading) {
    if (const auto name = map.word("workflow", yaml::Need::required)) {
        workflow.name = name->text;
        workflow.span = name->span;
        expect_name(name->text, name->span, reading);
    }
    workflow.title = map.word("title", yaml::Need::required).value_or(yaml::Word{}).text;
    workflow.extends = map.word("extends").value_or(yaml::Word{}).text;
    for (const auto& path : map.words("fixed")) workflow.fixed.push_back(path.text);
}

}  // namespace

std::optional<Workflow> read(const yaml::Node& document, Diagnostics& diagnostics) {
    const auto before = diagnostics.count(Severity::error);
    Reading reading{diagnostics, {}};
    if (!expect_keys(document, workflow_keys(), reading)) return std::nullopt;
    Workflow workflow;
    yaml::MapReader map(document, diagnostics);
    read_heading(map, workflow, reading);
    // States first: everything else names them.
    if (const auto* states = map.find("states", yaml::Need::required))
        read_states(*states, workflow, reading);
    if (const auto* intake = map.find("intake", yaml::Need::required))
        workflow.intake = read_intake(*intake, reading);
    if (const auto first = map.word("first", yaml::Need::required))
        workflow.first = read_state_name(*first, reading);
    if (const auto* clocks = map.find("clocks")) read_clocks(*clocks, workflow, reading);
    if (const auto kept = map.word("keep_personal_data"))
        read_keep_personal(*kept, workflow, reading);
    if (const auto* migrate = map.find("migrate"))
        workflow.migrations = read_migrations(*migrate, reading);
    if (diagnostics.count(Severity::error) != before) return std::nullopt;
    return workflow;
}

}  // namespace pintu::workflow
