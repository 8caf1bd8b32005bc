// What auditors ask of every store: many cases at one go.
#include <map>

#include "tests/contract/contract.hpp"

namespace pintu::testing {
namespace {

class Audits : public StoreContract {
  protected:
    static std::string text_of(const std::vector<cases::PersonalValue>& values) {
        std::string text;
        for (const auto& one : values)
            text += one.case_id.value + " " + std::to_string(one.sequence) + " " + one.path + " " +
                    one.value + "\n";
        return text;
    }
    std::string text_of(const std::string& name) {
        return text_of(got(store_->personal(cases_.id(name))));
    }
};

TEST_P(Audits, read_personal_values_of_many_cases_in_the_order_asked) {
    receive("a");
    receive("b");
    move("b", "terverifikasi", later(60));
    const auto found = got(store_->personal_of(
        {cases_.id("b"), CaseId("none"), cases_.id("a"), CaseId("64.09-none"), cases_.id("b")}));
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(text_of(found[0]), text_of("b"));
    EXPECT_EQ(found[0].size(), 3U);
    EXPECT_TRUE(found[1].empty());
    EXPECT_EQ(text_of(found[2]), text_of("a"));
    EXPECT_TRUE(found[3].empty());
    EXPECT_EQ(text_of(found[4]), text_of("b"));
    EXPECT_TRUE(got(store_->personal_of({})).empty());
}

TEST_P(Audits, load_a_case_as_often_as_it_is_asked) {
    receive("a");
    const auto loaded = got(store_->load({cases_.id("a"), cases_.id("a")}));
    ASSERT_EQ(loaded.size(), 2U);
    EXPECT_FALSE(loaded[0].events.empty());
    EXPECT_EQ(loaded[0].events, loaded[1].events);
    EXPECT_EQ(loaded[0].key, loaded[1].key);
}

TEST_P(Audits, see_every_timer_of_one_agency) {
    SampleCases bontang(AgencyCode("64.74"));
    Commit there;
    bontang.receive(there, "x", kStart);
    keep(there);
    receive("a", later(10));
    receive("b", later(20));
    receive("ended");
    move("ended", "selesai", later(30));
    std::map<CaseId, Instant> due;
    for (const auto& timer : got(store_->timers_of(AgencyCode("64.09")))) {
        EXPECT_EQ(timer.agency, AgencyCode("64.09"));
        EXPECT_EQ(timer.name, "tindak_lanjut 80%");
        EXPECT_TRUE(due.emplace(timer.case_id, timer.due).second) << "twice";
    }
    const std::map<CaseId, Instant> expected{
        {cases_.id("a"), plus_seconds(later(10), 10 * kSecondsPerDay)},
        {cases_.id("b"), plus_seconds(later(20), 10 * kSecondsPerDay)}};
    EXPECT_EQ(due, expected);
}

INSTANTIATE_TEST_SUITE_P(On, Audits, ::testing::ValuesIn(kinds()), name_of);

}  // namespace
}  // namespace pintu::testing
