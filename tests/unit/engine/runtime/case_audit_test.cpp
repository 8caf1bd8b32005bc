// Audits beside a running engine: what moves between two reads is no damage, and damage is found
// though everything moves.
#include "engine/runtime/case_audit.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "engine/runtime/audit.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

const AgencyCode kAgency("64.09");

// An engine works on it between the reads of an audit, so many times.
class Busy : public MemoryStore {
  public:
    using Work = std::function<void()>;
    Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>& cases) override {
        work(before_load);
        return MemoryStore::load(cases);
    }
    Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) override {
        work(before_values);
        auto found = MemoryStore::personal_of(cases);
        for (auto& values : *found)
            for (auto& value : values)
                if (value.case_id == forged && value.path == "isi") value.value = "dikarang";
        return found;
    }
    Result<std::vector<ports::LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                std::size_t limit) override {
        work(before_log);
        return MemoryStore::log(agency, from, limit);
    }

    Work before_load, before_values, before_log;
    int times = 1;  // below 0: each time
    CaseId forged;  // whose words somebody replaced

  private:
    void work(const Work& what) {
        if (!what || working_ || times == 0) return;
        working_ = true;
        --times;
        what();
        working_ = false;
    }
    bool working_ = false;
};

class BesideAnEngine : public ::testing::Test {
  protected:
    void edit_row(const CaseId& id) {
        ports::Commit edited;
        const auto timer = store_->timers_of(kAgency)->at(0);
        for (const auto& row : *store_->list({}))
            if (row.id == id) edited.cases.push_back({row, cases::Wake{timer.due, timer.name}, {}});
        edited.cases.at(0).row.state = "dikarang";
        ASSERT_TRUE(store_->commit(edited)->kept());
    }
    std::vector<history::Finding> findings() {
        const auto done = audit(*store_, kAgency, {});
        EXPECT_TRUE(done);
        return done->findings.items();
    }
    // Something with a personal value happens to a case.
    Busy::Work comments_on(const CaseId& id) {
        return [this, id] {
            EXPECT_TRUE(
                world_.perform(id, person("p-001"), cases::Comment{"cek"}, "2026-03-03").accepted);
        };
    }

    std::shared_ptr<Busy> store_ = std::make_shared<Busy>();
    World world_{kasus(), {}, store_};
    const CaseId first_ = world_.report(road_hole("a"), "2026-03-02");
    const CaseId second_ = world_.report(road_hole("b"), "2026-03-02");
};

TEST_F(BesideAnEngine, a_case_that_moves_after_its_row_was_read_is_sound) {
    store_->before_load = comments_on(first_);
    for (store_->times = 1; store_->times < 5;) {
        const int moves = store_->times;
        EXPECT_EQ(findings(), std::vector<history::Finding>{}) << moves;
        EXPECT_EQ(store_->times, 0) << "it moved";
        store_->times = moves + 1;
    }
}

TEST_F(BesideAnEngine, a_case_that_moves_after_its_history_was_read_is_sound) {
    store_->before_values = comments_on(second_);
    EXPECT_EQ(findings(), std::vector<history::Finding>{});
    EXPECT_EQ(store_->times, 0) << "it moved";
}

TEST_F(BesideAnEngine, damage_of_a_case_that_moves_is_told_once) {
    edit_row(first_);
    store_->before_load = comments_on(second_);
    const auto found = findings();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "HI050");
    EXPECT_EQ(found[0].case_id, first_);
    EXPECT_EQ(found[0].args, (std::vector<std::string>{"state", "dikarang", "diterima"}));
}

TEST_F(BesideAnEngine, a_case_that_never_stands_still_is_not_judged) {
    store_->before_load = comments_on(first_);
    store_->times = -1;
    const auto done = audit(*store_, kAgency, {});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->findings.items(), std::vector<history::Finding>{});
    EXPECT_EQ(done->moving, std::set<CaseId>{first_});
}

TEST_F(BesideAnEngine, what_each_look_finds_is_told_of_a_case_that_never_stands_still) {
    store_->before_values = comments_on(second_);
    store_->times = -1;
    store_->forged = second_;
    const auto found = findings();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].code, "HI040");
    EXPECT_EQ(found[0].case_id, second_);
}

TEST_F(BesideAnEngine, queues_of_a_case_that_never_stands_still_are_not_judged) {
    ports::Commit gone;
    for (const auto& effect : *store_->unsent(100))
        if (effect.case_id == first_) gone.sent.push_back(effect.key);
    ASSERT_FALSE(gone.sent.empty());
    ASSERT_TRUE(store_->commit(gone)->kept());
    EXPECT_EQ(findings().at(0).code, "HI053") << "it stands still";
    store_->before_load = comments_on(first_);
    store_->times = -1;
    const auto done = audit(*store_, kAgency, {});
    ASSERT_TRUE(done);
    EXPECT_TRUE(done->findings.empty());
    EXPECT_TRUE(done->moving.contains(first_));
}

TEST_F(BesideAnEngine, new_cases_between_two_looks_hide_none) {
    edit_row(first_);
    edit_row(second_);
    int next = 0;
    store_->before_load = [&] { world_.report(road_hole(std::to_string(++next)), "2026-03-01"); };
    store_->times = 3;
    const auto found = findings();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(next, 3);
    EXPECT_EQ(std::min(found[0].case_id, found[1].case_id), std::min(first_, second_));
}

TEST_F(BesideAnEngine, a_log_that_grows_is_vouched_for_as_far_as_it_went) {
    const auto size = store_->roots(kAgency)->back().size;
    store_->before_log = comments_on(first_);
    const auto done = audit(*store_, kAgency, {});
    ASSERT_TRUE(done);
    EXPECT_EQ(done->findings.items(), std::vector<history::Finding>{});
    EXPECT_EQ(done->events, size);
    store_->times = 1;
    const auto checkpoint = make_checkpoint(*store_, kAgency, at("2026-03-03"));
    ASSERT_TRUE(checkpoint);
    EXPECT_GT(checkpoint->size, size);
    EXPECT_LT(checkpoint->size, store_->roots(kAgency)->back().size);
}

// A case whose bytes were damaged in the log needs no second finding, however many others there
// are.
TEST_F(BesideAnEngine, a_damaged_case_is_told_once_beyond_what_is_shown) {
    class Unreadable : public MemoryStore {
      public:
        explicit Unreadable(const MemoryStore& of) : MemoryStore(of) {}
        Result<std::vector<ports::StoredCase>> load(const std::vector<CaseId>&) override {
            return fail("HI001");
        }
    } store(*store_);
    history::Findings findings;
    for (std::size_t i = 0; i < history::Findings::kMost; ++i)
        findings.add({"HI028", std::nullopt, {}, 0, {}});
    findings.add({"HI020", 3, first_, 1, {"HI001"}});
    auto auditor = CaseAuditor::begin(store, kAgency, findings);
    ASSERT_TRUE(auditor);
    EXPECT_EQ(auditor->next()->size(), 2U);
    EXPECT_EQ(findings.count(), history::Findings::kMost + 2) << "the other one";
    EXPECT_TRUE(findings.has(second_));
}

}  // namespace
}  // namespace pintu::runtime
