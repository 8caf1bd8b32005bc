// A month of three reports and what offices do with them, for tests that disturb it: however it is
// disturbed, it must end like this.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/cases/apply/apply.hpp"
#include "engine/cases/command/codec.hpp"
#include "tests/support/world.hpp"

namespace pintu::testing {

inline const runtime::Loadout& loadout() {
    static const runtime::Loadout kLoadout =
        loadout_of(read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1));
    return kLoadout;
}

// Reports and commands from outside, with their times. Whoever sends a report sends it again until
// it is answered; a command is put into the queue by another process.
struct Input {
    std::string at;
    std::vector<cases::Report> reports;
    std::string to;  // external id of the command's case
    std::string by;
    cases::Act act;
};

inline cases::Report far_away(const std::string& external_id) {
    cases::Report report = road_hole(external_id);
    report.isi = "Lampu mati";
    report.lat_udeg = -1'000'000;
    return report;
}

inline std::vector<Input> inputs() {
    return {
        {"2026-03-02", {road_hole("a"), road_hole("b"), far_away("c")}, "", "", {}},
        {"2026-03-03", {}, "a", "p-001", {"teruskan", {{"kelas", "ringan"}}}},
        {"2026-03-03", {}, "b", "p-001", {"gabungkan", {{"kasus_induk", "case:a"}}}},
        {"2026-03-03", {}, "c", "p-001", {"alihkan", {{"alasan", "jauh"}, {"tujuan", "64"}}}},
        {"2026-03-04", {road_hole("a"), road_hole("d")}, "", "", {}},
        {"2026-03-05", {}, "a", "p-011", {"jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}}},
        {"2026-03-20", {}, "", "", {}},
        {"2026-04-30", {}, "", "", {}},
    };
}

inline CaseId case_of(ports::EventStore& store, const std::string& external_id) {
    const auto rows = store.list({});
    for (const auto& row : *rows)
        if (row.external_id == external_id && row.hops == 0) return row.id;
    return {};
}

// The same input gives the same id.
inline cases::Command command_of(ports::EventStore& store, const Input& input) {
    const CaseId id = case_of(store, input.to);
    cases::Command command{CommandId(id.value + "-" + input.at + input.act.event), id,
                           person(input.by), input.act};
    for (auto& [name, value] : std::get<cases::Act>(command.body).answers)
        if (value.starts_with("case:")) value = case_of(store, value.substr(5)).value;
    return command;
}

inline ports::PendingCommand waiting(const cases::Command& command, Instant now) {
    return {command.id, agency_of(command.id), command.case_id, now, cases::encode(command)};
}

struct Ended {
    std::map<std::string, std::string> stories;  // by external id and hops
    std::multiset<std::string> effects;
};

inline std::string without_number(const std::string& line) {
    return line.substr(line.find(' ') + 1);
}

// Results of effects come whenever the connector answers; all else keeps its order.
inline std::string story_of(const std::vector<cases::Event>& events) {
    std::string story;
    int done = 0;
    for (const auto& event : events) {
        if (std::holds_alternative<cases::EffectDone>(event.payload))
            ++done;
        else
            story += to_string(event.at) + " " + without_number(line_of(event)) + "\n";
    }
    return story + std::to_string(done) + " effects done\n";
}

inline Ended ended(MemoryStore& disk, const RememberingConnector& connector) {
    Ended end;
    std::map<CaseId, std::string> names;
    for (const auto& id : disk.all_cases()) {
        const auto stored = disk.load({id})->front();
        const auto state = cases::fold(stored.events);
        names[id] = state.external_id + std::to_string(state.hops);
        EXPECT_EQ(end.stories.count(names[id]), 0U) << names[id] << " was taken in twice";
        end.stories[names[id]] = story_of(stored.events);
    }
    for (const auto& effect : connector.took_effect)
        end.effects.insert(names[effect.case_id] + " " + effect.kind + " " + effect.whom);
    return end;
}

}  // namespace pintu::testing
