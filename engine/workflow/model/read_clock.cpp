#include <algorithm>
#include <charconv>

#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

constexpr std::int64_t kMostRepeats = 100;

// "80%" -> 80
std::optional<int> read_percent(const yaml::Entry& entry, Reading& reading) {
    int percent = 0;
    std::from_chars(entry.key.data(), entry.key.data() + entry.key.size(), percent);
    if (percent >= 1 && percent <= 100 && entry.key == std::to_string(percent) + "%")
        return percent;
    reading.diagnostics.error("WF015", entry.key_span, entry.key);
    return std::nullopt;
}

// Exactly one of remind and escalate.
std::optional<RungAction> read_rung_action(const yaml::Node& node, Reading& reading) {
    const auto* remind = node.find("remind");
    const auto* escalate = node.find("escalate");
    if ((remind == nullptr) == (escalate == nullptr)) {
        reading.diagnostics.error("WF016", node.span);
        return std::nullopt;
    }
    const auto whom = read_who(remind != nullptr ? *remind : *escalate, reading);
    if (!whom) return std::nullopt;
    return remind != nullptr ? RungAction(Remind{*whom}) : RungAction(Escalate{*whom});
}

// C9: repeats have a number and an end.
void read_repeats(const yaml::Node& node, Rung& rung, Reading& reading) {
    yaml::MapReader map(node, reading.diagnostics);
    if (const auto every = map.word("again_every"))
        rung.again_every = read_duration(every->text, every->span, reading);
    rung.at_most = static_cast<int>(map.integer("at_most", 1, kMostRepeats).value_or(0));
    if (const auto* then = map.find("then")) {
        static const Names kThenKeys = {"remind", "escalate"};
        if (expect_keys(*then, kThenKeys, reading)) rung.then = read_rung_action(*then, reading);
    }
    const bool all = map.find("again_every") && map.find("at_most") && map.find("then");
    const bool none = !map.find("again_every") && !map.find("at_most") && !map.find("then");
    if (!all && !none) reading.diagnostics.error("WF024", rung.span);
}

std::optional<Rung> read_rung(const yaml::Entry& entry, Reading& reading) {
    Rung rung;
    rung.span = entry.key_span;
    const auto percent = read_percent(entry, reading);
    if (!expect_keys(entry.value, rung_keys(), reading)) return std::nullopt;
    auto action = read_rung_action(entry.value, reading);
    read_repeats(entry.value, rung, reading);
    if (!percent || !action) return std::nullopt;
    rung.percent = *percent;
    rung.action = std::move(*action);
    return rung;
}

void read_ladder(const yaml::Node& node, ClockSpec& clock, Reading& reading) {
    if (!yaml::expect_map(node, reading.diagnostics)) return;
    for (const auto& entry : node.entries)
        if (auto rung = read_rung(entry, reading)) clock.rungs.push_back(std::move(*rung));
    std::stable_sort(clock.rungs.begin(), clock.rungs.end(),
                     [](const Rung& a, const Rung& b) { return a.percent < b.percent; });
}

std::optional<std::variant<calendar::Duration, std::string>> read_length(yaml::MapReader& map,
                                                                         Reading& reading) {
    const auto lasts = map.word("lasts", yaml::Need::required);
    if (!lasts) return std::nullopt;
    if (auto decision = decision_named(lasts->text)) return std::move(*decision);
    if (const auto duration = read_duration(lasts->text, lasts->span, reading)) return *duration;
    return std::nullopt;
}

}  // namespace

std::optional<ClockSpec> read_clock(const yaml::Entry& entry, Reading& reading) {
    ClockSpec clock;
    clock.name = entry.key;
    clock.span = entry.key_span;
    expect_name(entry.key, entry.key_span, reading);
    if (!expect_keys(entry.value, clock_keys(), reading)) return std::nullopt;
    yaml::MapReader map(entry.value, reading.diagnostics);
    const auto states = [&](const char* key, yaml::Need need) {
        const auto* node = map.find(key, need);
        return node ? read_state_names(*node, reading) : std::vector<std::string>{};
    };
    clock.start = states("start", yaml::Need::required);
    clock.stop = states("stop", yaml::Need::required);
    clock.paused_in = states("paused_in", yaml::Need::optional);
    clock.resumes_in = states("resumes_in", yaml::Need::optional);
    if (auto length = read_length(map, reading)) clock.lasts = std::move(*length);
    static const Names kCalendars = {"agency", "owner"};
    static const Names kAgain = {"resume", "restart"};
    const auto calendar = map.one_of("calendar", kCalendars);
    clock.calendar_of_owner = calendar && calendar->text == "owner";
    const auto again = map.one_of("again", kAgain);
    clock.restart_again = again && again->text == "restart";
    if (const auto* ladder = map.find("at")) read_ladder(*ladder, clock, reading);
    return clock;
}

}  // namespace pintu::workflow
