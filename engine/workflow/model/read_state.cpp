#include <algorithm>

#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

constexpr std::int64_t kMostTimes = 1000;
constexpr std::int64_t kMostHops = 10;

std::vector<Ask> read_asks(const yaml::Node& node, Reading& reading) {
    std::vector<Ask> asks;
    for (const auto& word :
         yaml::as_words(node, reading.diagnostics).value_or(std::vector<yaml::Word>{})) {
        const auto decision = decision_named(word.text);
        Ask ask{decision ? Ask::Kind::decision : Ask::Kind::text, decision.value_or(word.text),
                word.span};
        if (!decision && !expect_name(word.text, word.span, reading)) continue;
        const bool repeated = std::any_of(asks.begin(), asks.end(), [&](const Ask& other) {
            return other.kind == ask.kind && other.name == ask.name;
        });
        if (repeated)
            reading.diagnostics.error("WF020", word.span, word.text);
        else
            asks.push_back(std::move(ask));
    }
    return asks;
}

// `at_most` and `then`: how often, and where to when that is spent.
void read_bound(yaml::MapReader& map, EventSpec& event, Reading& reading) {
    if (const auto times = map.integer("at_most", 1, kMostTimes))
        event.at_most = static_cast<int>(*times);
    const auto then = map.word("then");
    if (!then) return;
    event.then = read_state_name(*then, reading);
    if (map.find("at_most") == nullptr) reading.diagnostics.error("WF014", then->span, event.name);
}

std::optional<EventSpec> read_event(const yaml::Entry& entry, Reading& reading) {
    EventSpec event;
    event.name = entry.key;
    event.span = entry.key_span;
    expect_name(entry.key, entry.key_span, reading);
    const auto& kept = reserved_event_names();
    if (std::find(kept.begin(), kept.end(), entry.key) != kept.end())
        reading.diagnostics.error("WF025", entry.key_span, entry.key, join_names(kept));
    if (!expect_keys(entry.value, event_keys(), reading)) return std::nullopt;
    yaml::MapReader map(entry.value, reading.diagnostics);
    if (const auto to = map.word("to", yaml::Need::required))
        event.to = read_state_name(*to, reading);
    if (const auto* by = map.find("by")) event.by = read_who(*by, reading);
    if (const auto* ask = map.find("ask")) event.ask = read_asks(*ask, reading);
    if (const auto within = map.word("within"))
        event.within = read_duration(within->text, within->span, reading);
    read_bound(map, event, reading);
    if (const auto* second = map.find("approved_by"))
        event.approved_by = read_who(*second, reading);
    if (const auto* states = map.find("not_done_by"))
        event.not_done_by = read_state_names(*states, reading);
    return event;
}

std::optional<After> read_after(const yaml::Node& node, Reading& reading) {
    if (!yaml::expect_map(node, reading.diagnostics)) return std::nullopt;
    if (node.entries.size() != 1) {
        reading.diagnostics.error("WF019", node.span);
        return std::nullopt;
    }
    const auto& only = node.entries.front();
    const auto wait = read_duration(only.key, only.key_span, reading);
    const auto to = yaml::as_word(only.value, reading.diagnostics);
    if (!wait || !to) return std::nullopt;
    return After{*wait, read_state_name(*to, reading), only.key_span};
}

std::optional<Choose> read_choose(const yaml::Node& node, Reading& reading) {
    yaml::MapReader map(node, reading.diagnostics);
    const auto by = map.word("by", yaml::Need::required);
    if (!by) return std::nullopt;
    const auto decision = decision_named(by->text);
    if (!decision) {
        reading.diagnostics.error("WF017", by->span, by->text);
        return std::nullopt;
    }
    Choose choose{*decision, {}, by->span};
    for (const auto& entry : node.entries) {
        if (entry.key == "by") continue;
        if (const auto to = yaml::as_word(entry.value, reading.diagnostics))
            choose.to.emplace_back(entry.key, read_state_name(*to, reading));
    }
    return choose;
}

std::optional<Transfer> read_transfer(const yaml::Node& node, Reading& reading) {
    yaml::MapReader map(node, reading.diagnostics);
    const auto to = map.word("to", yaml::Need::required);
    const auto hops = map.integer("hops_at_most", 1, kMostHops);
    map.finish();
    if (!to || !expect_name(to->text, to->span, reading)) return std::nullopt;
    return Transfer{to->text, static_cast<int>(hops.value_or(3)), to->span};
}

void read_duties(yaml::MapReader& map, State& state, Reading& reading) {
    if (const auto* actions = map.find("do"); actions != nullptr)
        for (const auto& word :
             yaml::as_words(*actions, reading.diagnostics).value_or(std::vector<yaml::Word>{}))
            if (auto action = read_action(word, reading))
                state.actions.push_back(std::move(*action));
    if (const auto* task = map.find("task")) {
        yaml::MapReader keys(*task, reading.diagnostics);
        if (const auto* by = keys.find("by", yaml::Need::required))
            state.task = read_who(*by, reading);
        keys.finish();
    }
}

void read_moves(yaml::MapReader& map, State& state, Reading& reading) {
    if (const auto* on = map.find("on"); on && yaml::expect_map(*on, reading.diagnostics))
        for (const auto& entry : on->entries)
            if (auto event = read_event(entry, reading)) state.on.push_back(std::move(*event));
    if (const auto* after = map.find("after")) state.after = read_after(*after, reading);
    if (const auto* choose = map.find("choose")) state.choose = read_choose(*choose, reading);
    if (const auto* transfer = map.find("transfer"))
        state.transfer = read_transfer(*transfer, reading);
    state.final = map.yes_no("final").value_or(false);
}

// Keys that cannot stand together, as people would expect them to.
void check_shape(const yaml::Node& node, const State& state, Reading& reading) {
    const auto clash = [&](const char* key, std::initializer_list<const char*> others) {
        if (node.find(key) == nullptr) return;
        for (const auto* other : others)
            if (const auto* entry = node.find_entry(other))
                reading.diagnostics.error("WF018", entry->key_span, other, key, state.name);
    };
    clash("choose", {"task", "on", "after", "transfer"});
    if (state.final) clash("final", {"choose", "after"});
    clash("transfer", {"task", "on", "after"});
    if (const auto* transfer = node.find_entry("transfer"); transfer && !state.final)
        reading.diagnostics.error("WF021", transfer->key_span, state.name);
    if (const auto* task = node.find_entry("task"); task && state.on.empty())
        reading.diagnostics.error("WF003", task->key_span, state.name);
}

}  // namespace

std::optional<State> read_state(const yaml::Entry& entry, Reading& reading) {
    State state;
    state.name = entry.key;
    state.span = entry.key_span;
    expect_name(entry.key, entry.key_span, reading);
    if (!expect_keys(entry.value, state_keys(), reading)) return std::nullopt;
    yaml::MapReader map(entry.value, reading.diagnostics);
    if (const auto title = map.word("title")) state.title = title->text;
    read_duties(map, state, reading);
    read_moves(map, state, reading);
    check_shape(entry.value, state, reading);
    return state;
}

}  // namespace pintu::workflow
