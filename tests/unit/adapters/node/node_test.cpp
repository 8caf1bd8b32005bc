#include "adapters/node/node.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "adapters/clock/entropy.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/world.hpp"

namespace pintu::node {
namespace {

using namespace testing;
using Status = runtime::IntakeAnswer::Status;

// Lets nobody pass until it is opened; tells when somebody stands before it.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    void wait_for_somebody(int count = 1) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int waiting_ = 0;
};

constexpr const char* kNoon = "2026-03-02T12:00:00";

// Always the same moment; behind a gate where there is one.
class StandingClock final : public ports::Clock {
  public:
    StandingClock(Gate* gate, const std::string& when) : gate_(gate), now_(at(when)) {}
    Instant now() override {
        if (gate_ != nullptr) gate_->pass();
        return now_;
    }

  private:
    Gate* gate_;
    Instant now_;
};

class QuietLog final : public ports::Log {
  public:
    void write(ports::LogLevel, const std::string&, const std::vector<std::string>&) override {}
};

// Shared by all threads of a node.
class Sent final {
  public:
    void add(const std::vector<ports::Message>& messages) {
        const std::lock_guard lock(mutex_);
        for (const auto& message : messages) keys_.insert(message.effect.key);
        changed_.notify_all();
    }
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return keys_.size() >= count; });
    }
    std::multiset<EffectKey> keys() {
        const std::lock_guard lock(mutex_);
        return keys_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multiset<EffectKey> keys_;
};

class Remembering final : public ports::Connector {
  public:
    explicit Remembering(Sent* sent) : sent_(sent) {}
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override {
        if (sent_ != nullptr) sent_->add(messages);
        return std::vector<ports::Performed>(messages.size());
    }

  private:
    Sent* sent_;
};

Equipment equipment_around(std::unique_ptr<ports::EventStore> store, Gate* gate, Sent* sent,
                           const std::string& when = kNoon) {
    Equipment made;
    made.store = std::move(store);
    made.entropy = std::make_unique<clock::KernelEntropy>();
    made.connector = std::make_unique<Remembering>(sent);
    made.log = std::make_unique<QuietLog>();
    made.clock = std::make_unique<StandingClock>(gate, when);
    return made;
}

// A SQLite file of one test, and a node over it.
class Nodes : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() /
                  ("pintu-node-" + std::string(info->name()) + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::unique_ptr<ports::EventStore> open() {
        auto store = store::open_store("sqlite:" + (folder_ / "pintu.db").string());
        EXPECT_TRUE(store.has_value());
        return std::move(*store);
    }
    // A gate stands before the workers, not before the turners.
    std::unique_ptr<Node> start(const Settings& settings, Gate* gate = nullptr,
                                Sent* sent = nullptr, const std::string& when = kNoon) {
        std::size_t made = 0;
        const auto equip = [&] {
            Gate* before = made++ < settings.workers ? gate : nullptr;
            return Result(equipment_around(open(), before, sent, when));
        };
        auto node = Node::start(settings, equip, kasus());
        EXPECT_TRUE(node.has_value()) << (node ? "" : node.error().code);
        return std::move(*node);
    }

  private:
    std::filesystem::path folder_;
};

Settings workers(std::size_t count, std::size_t turners = 0) {
    Settings settings;
    settings.workers = count;
    settings.turners = turners;
    settings.pause_ms = 1;
    settings.look_ms = 1'000'000;  // looks would stand before the gate, too
    return settings;
}

cases::Report report(int number) {
    auto made = road_hole("r-" + std::to_string(number));
    made.lat_udeg = -1'000'000 - number * 5'000;
    return made;
}

cases::Command act(const CaseId& id, const std::string& name, const std::string& event,
                   cases::Answers answers = {}) {
    return {CommandId(id.value + "-" + name), id, person("p-001"),
            cases::Act{event, std::move(answers)}};
}

TEST_F(Nodes, answer_a_report_and_a_command_after_they_are_kept) {
    auto node = start(workers(1));
    const auto answer = node->submit(report(1)).get();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, Status::accepted);
    const auto other = open();
    EXPECT_EQ(other->load({answer->case_id})->front().events.empty(), false);
    const auto outcome =
        node->submit(act(answer->case_id, "1", "teruskan", {{"kelas", "ringan"}})).get();
    ASSERT_TRUE(outcome.has_value());
    EXPECT_TRUE(outcome->accepted) << outcome->code;
    EXPECT_TRUE(other->outcome(outcome->id)->has_value());
}

TEST_F(Nodes, give_the_same_command_the_same_outcome) {
    auto node = start(workers(1));
    const auto opened = node->submit(report(1)).get();
    const auto command = act(opened->case_id, "1", "teruskan", {{"kelas", "ringan"}});
    const auto first = node->submit(command).get();
    const auto again = node->submit(command).get();
    ASSERT_TRUE(first && again);
    EXPECT_EQ(*first, *again);
}

TEST_F(Nodes, decide_as_one_batch_what_gathered_while_the_one_before_was_written) {
    Gate gate;
    auto node = start(workers(1, 1), &gate);
    std::vector<std::future<Result<runtime::IntakeAnswer>>> answers;
    answers.push_back(node->submit(report(0)));
    gate.wait_for_somebody();
    for (int i = 1; i <= 50; ++i) answers.push_back(node->submit(report(i)));
    gate.open();
    for (auto& answer : answers) EXPECT_EQ(answer.get()->status, Status::accepted);
    node->stop();
    EXPECT_EQ(node->figures().batches, 2U);
    EXPECT_EQ(node->figures().largest, 50U);
    EXPECT_EQ(node->figures().taken, 51U);
}

TEST_F(Nodes, make_no_batch_larger_than_the_most) {
    Gate gate;
    auto settings = workers(1, 1);
    settings.batch = 20;
    auto node = start(settings, &gate);
    std::vector<std::future<Result<runtime::IntakeAnswer>>> answers;
    answers.push_back(node->submit(report(0)));
    gate.wait_for_somebody();
    for (int i = 1; i <= 50; ++i) answers.push_back(node->submit(report(i)));
    gate.open();
    for (auto& answer : answers) EXPECT_EQ(answer.get()->status, Status::accepted);
    node->stop();
    EXPECT_EQ(node->figures().largest, 20U);
}

TEST_F(Nodes, refuse_at_once_what_the_inbox_cannot_hold_and_lose_nothing_of_the_rest) {
    Gate gate;
    auto settings = workers(1, 1);
    settings.inbox = 3;
    auto node = start(settings, &gate);
    std::vector<std::future<Result<runtime::IntakeAnswer>>> held;
    held.push_back(node->submit(report(0)));
    gate.wait_for_somebody();
    for (int i = 1; i <= 3; ++i) held.push_back(node->submit(report(i)));
    const auto refused = node->submit(report(4)).get();  // the gate is still shut
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), (Error{"ND001", {"3"}}));
    gate.open();
    for (auto& answer : held) EXPECT_EQ(answer.get()->status, Status::accepted);
    EXPECT_EQ(node->submit(report(4)).get()->status, Status::accepted);
    EXPECT_EQ(node->figures().refused, 1U);
}

TEST_F(Nodes, finish_what_they_took_before_they_stop_and_then_refuse) {
    Gate gate;
    auto node = start(workers(2, 1), &gate);
    std::vector<std::future<Result<runtime::IntakeAnswer>>> held;
    for (int i = 0; i < 30; ++i) held.push_back(node->submit(report(i)));
    gate.open();
    node->stop();
    for (auto& answer : held) EXPECT_EQ(answer.get()->status, Status::accepted);
    const auto late = node->submit(act(CaseId("64.09-x"), "1", "teruskan")).get();
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code, "ND002");
    EXPECT_EQ(open()->list({})->size(), 30U);
}

TEST_F(Nodes, take_the_same_report_from_many_senders_as_one_case) {
    auto node = start(workers(2));
    std::vector<std::thread> senders;
    std::mutex mutex;
    std::map<Status, int> statuses;
    std::set<CaseId> cases;
    for (int i = 0; i < 16; ++i)
        senders.emplace_back([&] {
            const auto answer = node->submit(report(1)).get();
            const std::lock_guard lock(mutex);
            ASSERT_TRUE(answer.has_value());
            ++statuses[answer->status];
            cases.insert(answer->case_id);
        });
    for (auto& sender : senders) sender.join();
    EXPECT_EQ(statuses[Status::accepted], 1);
    EXPECT_EQ(statuses[Status::repeated], 15);
    EXPECT_EQ(cases.size(), 1U);
}

TEST_F(Nodes, of_two_workers_take_two_reports_at_the_same_time_and_one_report_twice_to_one) {
    Gate gate;
    auto node = start(workers(2, 1), &gate);
    std::vector<std::future<Result<runtime::IntakeAnswer>>> answers;
    for (int i = 0; i < 2; ++i) answers.push_back(node->submit(report(i)));
    gate.wait_for_somebody(2);
    answers.push_back(node->submit(report(2)));  // would be the first worker's again
    answers.push_back(node->submit(report(1)));
    gate.open();
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(answers[i].get()->status, Status::accepted);
    EXPECT_EQ(answers[3].get()->status, Status::repeated);
    node->stop();
    EXPECT_EQ(node->figures().batches, 4U);
}

TEST_F(Nodes, of_two_workers_and_two_turners_lose_nothing_and_send_nothing_twice) {
    constexpr int kSenders = 4;
    constexpr int kEach = 15;
    Sent sent;
    auto node = start(workers(2, 2), nullptr, &sent);
    std::vector<std::thread> senders;
    for (int sender = 0; sender < kSenders; ++sender)
        senders.emplace_back([&, sender] {
            for (int i = 0; i < kEach; ++i) {
                const auto opened = node->submit(report(sender * kEach + i)).get();
                ASSERT_TRUE(opened.has_value()) << opened.error().code;
                const auto done =
                    node->submit(act(opened->case_id, "1", "teruskan", {{"kelas", "berat"}})).get();
                ASSERT_TRUE(done.has_value()) << done.error().code;
                EXPECT_TRUE(done->accepted) << done->code;
            }
        });
    for (auto& sender : senders) sender.join();
    // An acknowledgement, and word to the office.
    sent.wait_for(2 * kSenders * kEach);
    node->stop();
    const auto rows = open()->list({});
    ASSERT_EQ(rows->size(), std::size_t{kSenders * kEach});
    for (const auto& row : *rows) EXPECT_EQ(row.state, "diproses");
    const auto keys = sent.keys();
    EXPECT_EQ(keys.size(), std::set<EffectKey>(keys.begin(), keys.end()).size());
    EXPECT_EQ(node->trouble(), std::nullopt);
}

TEST_F(Nodes, take_turns_between_batches_where_they_have_no_turners) {
    Sent sent;
    auto node = start(workers(1, 0), nullptr, &sent);
    ASSERT_EQ(node->submit(report(1)).get()->status, Status::accepted);
    sent.wait_for(1);
    EXPECT_GE(sent.keys().size(), 1U);
}

// The rungs of all clocks of a case that were recorded.
std::vector<std::string> fired(ports::EventStore& store, const CaseId& id) {
    std::vector<std::string> rungs;
    const auto stored = store.load({id});
    for (const auto& event : stored->front().events)
        if (std::holds_alternative<cases::ClockFired>(event.payload))
            rungs.push_back(line_of(event).substr(line_of(event).find("ClockFired")));
    return rungs;
}

TEST_F(Nodes, of_a_clock_that_jumps_ninety_days_fire_each_deadline_once_while_reports_come_in) {
    constexpr int kCases = 60;
    auto before = start(workers(1));
    for (int i = 0; i < kCases; ++i)
        ASSERT_EQ(before->submit(report(i)).get()->status, Status::accepted);
    before->stop();
    const auto rows = open()->list({});
    std::vector<std::unique_ptr<Node>> nodes;
    for (int i = 0; i < 2; ++i)
        nodes.push_back(start(workers(1, 1), nullptr, nullptr, "2026-05-31"));
    for (int i = 0; i < kCases; ++i) {
        const auto answer = nodes.front()->submit(report(kCases + i)).get();
        ASSERT_TRUE(answer.has_value()) << answer.error().code;
        EXPECT_EQ(answer->status, Status::accepted);
    }
    const auto store = open();
    while (!store->due_timers(at("2026-05-31"), 1)->empty()) std::this_thread::yield();
    for (auto& node : nodes) node->stop();
    for (const auto& row : *rows) {
        const auto rungs = fired(*store, row.id);
        EXPECT_GT(rungs.size(), 0U);
        EXPECT_EQ(std::set<std::string>(rungs.begin(), rungs.end()).size(), rungs.size());
    }
}

// Cannot take the first commits, for a reason of one's choice.
class Suffering final : public MemoryStore {
  public:
    Suffering(int times, std::string code) : times_(times), code_(std::move(code)) {}
    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        if (times_-- > 0) return fail(code_, "disk");
        return MemoryStore::commit(commit);
    }

  private:
    int times_;
    std::string code_;
};

std::unique_ptr<Node> node_over(int times, const std::string& code, const Settings& settings) {
    auto node = Node::start(
        settings,
        [&] {
            return Result(
                equipment_around(std::make_unique<Suffering>(times, code), nullptr, nullptr));
        },
        kasus());
    EXPECT_TRUE(node.has_value());
    return std::move(*node);
}

TEST(NodesOverAStoreInTrouble, ask_again_while_the_trouble_may_pass) {
    auto node = node_over(3, "ST001", workers(1));
    EXPECT_EQ(node->submit(report(1)).get()->status, Status::accepted);
}

TEST(NodesOverAStoreInTrouble, tell_the_callers_when_their_patience_is_over) {
    auto settings = workers(1);
    settings.patience_ms = 0;
    auto node = node_over(1, "ST001", settings);
    const auto answer = node->submit(report(1)).get();
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "ST001");
    EXPECT_EQ(node->figures().failed, 1U);
    EXPECT_EQ(node->submit(report(1)).get()->status, Status::accepted);
}

TEST(NodesOverAStoreInTrouble, tell_the_callers_at_once_where_it_does_not_pass) {
    auto node = node_over(1, "ST003", workers(1));
    const auto answer = node->submit(report(1)).get();
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, "ST003");
}

TEST(NodesOverAStoreInTrouble, do_not_start_where_it_cannot_be_opened) {
    const auto node = Node::start(
        {}, [] { return Result<Equipment>(fail("ST020", "db")); }, kasus());
    ASSERT_FALSE(node.has_value());
    EXPECT_EQ(node.error().code, "ST020");
}

}  // namespace
}  // namespace pintu::node
