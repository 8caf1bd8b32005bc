#include <gtest/gtest.h>

#include "engine/runtime/runtime.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;
using Status = IntakeAnswer::Status;

class AskedStore : public MemoryStore {
  public:
    std::size_t asked = 0;

    Result<std::vector<std::optional<ports::IntakeRow>>> find_intake(
        const std::vector<ports::IntakeKey>& keys) override {
        ++asked;
        return MemoryStore::find_intake(keys);
    }
};

// Reports that are so far apart that none is like another.
cases::Report hole(const std::string& key) {
    cases::Report report = road_hole(key);
    report.lat_udeg = -1'000'000 - static_cast<std::int32_t>(sha256(key)[0]) * 5'000;
    return report;
}

class Repeats : public ::testing::Test {
  protected:
    std::vector<IntakeAnswer> take(const std::vector<cases::Report>& reports,
                                   const std::string& on = "2026-03-02") {
        auto answers = world_.runtime.intake(reports, {}, at(on));
        EXPECT_TRUE(answers.has_value());
        return answers ? *answers : std::vector<IntakeAnswer>(reports.size());
    }

    std::shared_ptr<AskedStore> store_ = std::make_shared<AskedStore>();
    World world_{kasus(), {}, store_};
};

TEST_F(Repeats, are_asked_for_until_there_are_none) {
    take({hole("a")});
    EXPECT_EQ(store_->asked, 1U);
    take({hole("b")});
    take({hole("c")});
    EXPECT_EQ(store_->asked, 1U);
}

TEST_F(Repeats, that_nobody_asked_for_are_told_by_the_commit) {
    const auto first = take({hole("a"), hole("b")});
    const auto answers = take({hole("c"), hole("a"), hole("d"), hole("c")});
    EXPECT_EQ(answers[0].status, Status::accepted);
    EXPECT_EQ(answers[1].status, Status::repeated);
    EXPECT_EQ(answers[1].case_id, first[0].case_id);
    EXPECT_EQ(answers[1].tracking_id, first[0].tracking_id);
    EXPECT_EQ(answers[2].status, Status::accepted);
    EXPECT_EQ(answers[3].status, Status::repeated);
    EXPECT_EQ(answers[3].case_id, answers[0].case_id);
    EXPECT_EQ(store_->asked, 2U);
    EXPECT_EQ(store_->all_cases().size(), 4U);
}

TEST_F(Repeats, with_another_content_are_conflicts) {
    const auto first = take({hole("a")});
    auto other = hole("a");
    other.isi += " juga";
    const auto answers = take({hole("b"), other});
    EXPECT_EQ(answers[0].status, Status::accepted);
    EXPECT_EQ(answers[1].status, Status::conflict);
    EXPECT_EQ(answers[1].tracking_id, first[0].tracking_id);
    EXPECT_EQ(store_->all_cases().size(), 2U);
}

TEST_F(Repeats, that_come_on_are_asked_for_at_once) {
    take({hole("a")});
    take({hole("a")});
    EXPECT_EQ(store_->asked, 2U);
    const auto commits = store_->commits();
    take({hole("a")});
    EXPECT_EQ(store_->asked, 3U);
    EXPECT_EQ(store_->commits(), commits) << "nothing was decided";
}

TEST_F(Repeats, are_repeats_though_they_would_be_refused_now) {
    const auto first = take({hole("a")});
    const auto answers = take({hole("a"), hole("b")}, "2019-03-02");
    EXPECT_EQ(answers[0].status, Status::repeated);
    EXPECT_EQ(answers[0].case_id, first[0].case_id);
    ASSERT_EQ(answers[1].errors.size(), 1U);
    EXPECT_EQ(answers[1].errors[0].code, "CS044");
    EXPECT_EQ(store_->all_cases().size(), 1U);
}

TEST(Intake, goes_on_however_many_batches_have_a_repeat) {
    World world(kasus(), Settings{.batch = 2});
    std::vector<cases::Report> reports = {hole("0"), hole("1")};
    for (int i = 0; i < 250; ++i) {  // by turns: with a repeat, twice without
        reports.push_back(hole(i % 3 == 0 ? "0" : "x" + std::to_string(i)));
        reports.push_back(hole("y" + std::to_string(i)));
    }
    const auto answers = world.runtime.intake(reports, {}, at("2026-03-02"));
    ASSERT_TRUE(answers.has_value());
    EXPECT_EQ(std::count_if(answers->begin(), answers->end(),
                            [](const auto& one) { return one.status == Status::repeated; }),
              84);
}

}  // namespace
}  // namespace pintu::runtime
