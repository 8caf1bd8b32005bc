// Stopped at any call to the store, before or after it took effect, and started again, or taken
// over by a node that runs beside it: the same histories, each effect once, nothing lost.
#include <gtest/gtest.h>

#include "engine/cases/apply/apply.hpp"
#include "engine/cases/command/codec.hpp"
#include "engine/history/codec.hpp"
#include "tests/property/month.hpp"
#include "tests/support/crashing_store.hpp"
#include "tests/support/seeds.hpp"
#include "tests/support/world.hpp"

namespace pintu {
namespace {

using namespace testing;

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
    bool order(const Input& input) {
        const cases::Command command = command_of(disk_, input);
        if (asks_) {
            const auto outcome = runtime_.perform(command, at(input.at));
            EXPECT_TRUE(!outcome || outcome->accepted) << outcome->code;
            return outcome.has_value();
        }
        return disk_.submit(waiting(command, at(input.at))).has_value();
    }

    ports::EventStore& disk_;
    bool asks_;
    CollectingLog log_;
    runtime::Runtime runtime_;
    bool used_ = false;
};

struct Way {
    bool asks = false;
    bool beside = false;  // another node takes every second input, and all of them after the crash
};

struct Run : Ended {
    std::size_t calls = 0;
};

// Inputs are given again until they are answered. What the dead process had begun waits until its
// turns are over.
Run run(Crash crash, Way way) {
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
    Run end{ended(disk, connector), 0};
    end.calls = calls == 0 ? first->store.calls() : calls;
    EXPECT_TRUE(disk.pending(10)->empty());
    EXPECT_TRUE(disk.unsent(10)->empty());
    EXPECT_TRUE(disk.incidents({})->empty());
    return end;
}

void ends_as_if_nothing_had_happened(Way way) {
    const Run whole = run({}, {way.asks, false});
    const Run counted = run({}, way);
    ASSERT_EQ(counted.stories, whole.stories);
    ASSERT_EQ(whole.stories.size(), 5U);
    ASSERT_GT(counted.calls, 50U);
    const std::size_t stride = seeds(4) == 4 ? 1 : 4;
    for (std::size_t call = 1; call <= counted.calls; call += stride)
        for (const bool after : {false, true}) {
            SCOPED_TRACE("stopped " + std::string(after ? "after" : "before") + " call " +
                         std::to_string(call) + " of " + std::to_string(counted.calls));
            const Run again = run({call, after}, way);
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
