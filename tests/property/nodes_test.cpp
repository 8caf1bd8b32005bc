// Nodes that share a store, in any order and in each other's way: another one works while this one
// is about to commit, now and then for longer than its turn lasts. It ends as with one node.
#include <functional>
#include <random>

#include "tests/property/month.hpp"
#include "tests/support/crashing_store.hpp"
#include "tests/support/seeds.hpp"

namespace pintu {
namespace {

using namespace testing;

// The process that uses it may be stopped whenever it is about to commit.
class StoppingStore : public CrashingStore {
  public:
    explicit StoppingStore(ports::EventStore& disk) : CrashingStore(disk, {}) {}
    std::function<void()> before_commit;

    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        if (before_commit) before_commit();
        return CrashingStore::commit(commit);
    }
};

struct Node {
    Node(MemoryStore& disk, RememberingConnector& connector, const std::string& name)
        : store(disk),
          entropy(name),
          runtime({store, entropy, connector, log},
                  runtime::Settings{.batch = 3, .cached = 2, .node = name}) {
        EXPECT_TRUE(runtime.publish(loadout()).has_value());
    }
    StoppingStore store;
    CountingEntropy entropy;
    CollectingLog log;
    runtime::Runtime runtime;
};

class Nodes {
  public:
    Nodes(std::size_t count, std::uint64_t seed) : random_(seed) {
        for (std::size_t i = 0; i < count; ++i) {
            nodes_.push_back(std::make_unique<Node>(disk, connector, "n" + std::to_string(i)));
            Node& node = *nodes_.back();
            node.store.before_commit = [this, &node] { disturb(node); };
        }
    }

    void handle(const Input& input) {
        const Instant now = at(input.at);
        for (auto due = *disk.next_due(); due && *due <= now; due = *disk.next_due()) work(*due);
        // Whoever is not answered sends again, to whichever node.
        for (int times = 0; times < 2 && !input.reports.empty(); ++times) {
            EXPECT_TRUE(any().runtime.intake(input.reports, {}, now).has_value());
        }
        if (!input.to.empty()) order(input, now);
        work(now);
    }

    MemoryStore disk;
    RememberingConnector connector;
    std::size_t stale = 0;

  private:
    Node& any() { return *nodes_[random_() % nodes_.size()]; }

    void order(const Input& input, Instant now) {
        const auto command = command_of(disk, input);
        if (random_() % 2 == 0) {
            EXPECT_TRUE(disk.submit(waiting(command, now)).has_value());
            return;
        }
        for (int times = 0; times < 2; ++times) {
            const auto outcome = any().runtime.perform(command, now);
            ASSERT_TRUE(outcome.has_value());
            EXPECT_TRUE(outcome->accepted) << outcome->code;
        }
    }

    // Until nobody finds anything; turns that somebody was stopped in come to their end.
    void work(Instant now) {
        now_ = now;
        for (std::size_t idle = 0; idle < 4 * nodes_.size(); ++idle) {
            if (!one_step(any())) idle = 0;
            if (idle % 4 == 3) disk.pass(runtime::Settings{}.lease_ms);
        }
        for (auto& node : nodes_) EXPECT_TRUE(node->runtime.run_until_idle(now).has_value());
    }

    bool one_step(Node& node) {
        using Step = Result<runtime::Stepped> (runtime::Runtime::*)(Instant);
        static const Step kSteps[] = {&runtime::Runtime::decide_step, &runtime::Runtime::send_step,
                                      &runtime::Runtime::follow_step, &runtime::Runtime::step};
        const auto stepped = (node.runtime.*kSteps[random_() % 4])(now_);
        EXPECT_TRUE(stepped.has_value());
        if (!stepped) return true;
        stale += stepped->stale;
        return stepped->idle;
    }

    // Somebody else gets in between.
    void disturb(Node& stopped) {
        if (random_() % 3 != 0) return;
        stopped_.insert(&stopped);
        if (random_() % 4 == 0) disk.pass(runtime::Settings{}.lease_ms);
        Node& other = any();
        if (!stopped_.contains(&other)) one_step(other);
        stopped_.erase(&stopped);
    }

    std::mt19937_64 random_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::set<Node*> stopped_;
    Instant now_;
};

void end_as_one_alone(std::size_t count) {
    Nodes alone(1, 0);
    for (const auto& input : inputs()) alone.handle(input);
    const Ended expected = ended(alone.disk, alone.connector);
    ASSERT_EQ(expected.stories.size(), 5U);
    std::size_t stale = 0;
    for (std::uint64_t seed = 0; seed < seeds(200); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Nodes nodes(count, seed);
        for (const auto& input : inputs()) nodes.handle(input);
        const Ended end = ended(nodes.disk, nodes.connector);
        ASSERT_EQ(end.stories, expected.stories);
        ASSERT_EQ(end.effects, expected.effects);
        ASSERT_TRUE(nodes.disk.pending(10)->empty());
        ASSERT_TRUE(nodes.disk.unsent(10)->empty());
        ASSERT_TRUE(nodes.disk.incidents({})->empty());
        stale += nodes.stale;
    }
    EXPECT_GT(stale, 0U) << "nobody was ever too late";
}

TEST(Nodes, that_are_two_end_as_one_alone) {
    end_as_one_alone(2);
}

TEST(Nodes, that_are_four_end_as_one_alone) {
    end_as_one_alone(4);
}

}  // namespace
}  // namespace pintu
