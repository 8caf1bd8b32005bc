// Stopped at any call to the store, before or after it took effect, and started again, or taken
// over by a node that runs beside it: the same histories, each effect once, nothing lost.
#include <gtest/gtest.h>

#include "engine/cases/apply/apply.hpp"
#include "engine/cases/command/codec.hpp"
#include "engine/history/codec.hpp"
#include "tests/support/crashing_store.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/world.hpp"

namespace pintu {
namespace {

using namespace testing;

const runtime::Loadout& loadout() {
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

cases::Report far_away(const std::string& external_id) {
    cases::Report report = road_hole(external_id);
    report.isi = "Lampu mati";
    report.lat_udeg = -1'000'000;
    return report;
}

std::vector<Input> inputs() {
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

// What a process does with one input; false: it died on the way.
class Process {
  public:
    // `asks`: it decides commands itself, instead of putting them into the queue.
    Process(ports::EventStore& disk, RememberingConnector& connector, CountingEntropy& entropy,
            Crash crash, bool asks = false)
        : store(disk, crash),
          disk_(disk),
          asks_(asks),
          runtime_({store, entropy, connector, log_}, runtime::Settings{.batch = 4, .cached = 2}) {
        used_ = runtime_.publish(loadout()).has_value();
    }

    bool handle(const Input& input) {
        if (!used_) return false;
        if (!input.reports.empty() && !runtime_.intake(input.reports, {}, at(input.at)).has_value())
            return false;
        if (!input.to.empty() && !order(input)) return false;
        for (;;) {
            const auto due = runtime_.next_due();
            if (!due) return false;
            if (!*due || **due > at(input.at)) break;
            if (!runtime_.run_until_idle(**due)) return false;
        }
        return runtime_.run_until_idle(at(input.at)).has_value();
    }

    CrashingStore store;

  private:
    CaseId id_of(const std::string& external_id) {
        const auto rows = disk_.list({});
        for (const auto& row : *rows)
            if (row.external_id == external_id && row.hops == 0) return row.id;
        return {};
    }

    bool order(const Input& input) {
        const CaseId id = id_of(input.to);
        cases::Command command{CommandId(id.value + "-" + input.at + input.act.event), id,
                               person(input.by), input.act};
        for (auto& [name, value] : std::get<cases::Act>(command.body).answers)
            if (value.starts_with("case:")) value = id_of(value.substr(5)).value;
        if (asks_) {
            const auto outcome = runtime_.perform(command, at(input.at));
            EXPECT_TRUE(!outcome || outcome->accepted) << outcome->code;
            return outcome.has_value();
        }
        return disk_
            .submit({command.id, AgencyCode("64.09"), command.case_id, at(input.at),
                     cases::encode(command)})
            .has_value();
    }

    ports::EventStore& disk_;
    bool asks_;
    CollectingLog log_;
    runtime::Runtime runtime_;
    bool used_ = false;
};

struct Ended {
    std::map<std::string, std::string> stories;  // by external id and hops
    std::multiset<std::string> effects;
    std::size_t calls = 0;
};

std::string without_number(const std::string& line) {
    return line.substr(line.find(' ') + 1);
}

// Results of effects come whenever the connector answers; all else keeps its order.
std::string story_of(const std::vector<cases::Event>& events) {
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

Ended ended(MemoryStore& disk, const RememberingConnector& connector) {
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

struct Way {
    bool asks = false;
    bool beside = false;  // another node takes every second input, and all of them after the crash
};

// Inputs are given again until they are answered. What the dead process had begun waits until its
// turns are over.
Ended run(Crash crash, Way way) {
    MemoryStore disk;
    RememberingConnector connector;
    CountingEntropy entropy("restart");
    auto first = std::make_unique<Process>(disk, connector, entropy, crash, way.asks);
    Process second(disk, connector, entropy, Crash{}, way.asks);
    std::size_t calls = 0;
    std::size_t turn = 0;
    for (const auto& input : inputs()) {
        if (way.beside && ++turn % 2 == 0) {
            EXPECT_TRUE(second.handle(input));
            continue;
        }
        for (int tries = 0; !first->handle(input) && tries < 3; ++tries) {
            calls = first->store.calls();
            disk.pass(runtime::Settings{}.lease_ms);
            if (way.beside && second.handle(input)) break;
            first = std::make_unique<Process>(disk, connector, entropy, Crash{}, way.asks);
        }
    }
    Ended end = ended(disk, connector);
    end.calls = calls == 0 ? first->store.calls() : calls;
    EXPECT_TRUE(disk.pending(10)->empty());
    EXPECT_TRUE(disk.unsent(10)->empty());
    EXPECT_TRUE(disk.incidents({})->empty());
    return end;
}

void ends_as_if_nothing_had_happened(Way way) {
    const Ended whole = run({}, {way.asks, false});
    const Ended counted = run({}, way);
    ASSERT_EQ(counted.stories, whole.stories);
    ASSERT_EQ(whole.stories.size(), 5U);
    ASSERT_GT(counted.calls, 50U);
    const std::size_t stride = seeds(4) == 4 ? 1 : 4;
    for (std::size_t call = 1; call <= counted.calls; call += stride)
        for (const bool after : {false, true}) {
            SCOPED_TRACE("stopped " + std::string(after ? "after" : "before") + " call " +
                         std::to_string(call) + " of " + std::to_string(counted.calls));
            const Ended again = run({call, after}, way);
            ASSERT_EQ(again.stories, whole.stories);
            ASSERT_EQ(again.effects, whole.effects);
        }
}

TEST(Restart, after_any_step_ends_as_if_nothing_had_happened) {
    ends_as_if_nothing_had_happened({.asks = false, .beside = false});
}

TEST(Restart, after_any_step_of_who_decides_commands_itself_ends_the_same) {
    ends_as_if_nothing_had_happened({.asks = true, .beside = false});
}

TEST(Restart, is_not_needed_where_another_node_takes_over) {
    ends_as_if_nothing_had_happened({.asks = false, .beside = true});
    ends_as_if_nothing_had_happened({.asks = true, .beside = true});
}

TEST(Restart, leaves_chains_whole_and_rows_that_can_be_computed_again) {
    MemoryStore disk;
    RememberingConnector connector;
    CountingEntropy entropy("chain");
    Process process(disk, connector, entropy, {});
    for (const auto& input : inputs()) ASSERT_TRUE(process.handle(input));
    const auto rows = disk.list({});
    for (const auto& row : *rows) {
        const auto stored = disk.load({row.id})->front();
        EXPECT_EQ(cases::project(cases::fold(stored.events)), row);
        Digest last{};
        for (const auto& event : stored.events) {
            EXPECT_EQ(event.previous, last);
            last = history::leaf_hash(history::encode(event));
        }
        EXPECT_EQ(stored.last_leaf, last);
    }
}

}  // namespace
}  // namespace pintu
