// Incidents as people see them, over a real file.
#include <gtest/gtest.h>

#include "adapters/store/store.hpp"
#include "tests/support/files.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

class IncidentCommand : public ::testing::Test {
  protected:
    void SetUp() override {
        auto store = store::open_store(address());
        ASSERT_TRUE(store);
        ports::Commit commit;
        for (const char* id : {"64.09-a-t-1", "64.74-b-t-1"}) {
            ports::Incident incident;
            incident.id = id;
            incident.agency = agency_of(std::string(id));
            incident.case_id = CaseId(incident.id.substr(0, 7));
            incident.at = Instant{1'773'365'400 * kMicrosPerSecond};
            incident.what = "timer";
            incident.subject = "tindak_lanjut 80%";
            incident.code = "RT027";
            incident.args = {incident.case_id.value, "tindak_lanjut 80%", "CS001"};
            commit.incidents.push_back(incident);
        }
        const auto kept = (*store)->commit(commit);
        ASSERT_TRUE(kept && kept->kept());
    }
    std::string address() const { return "sqlite:" + folder_.at("x.db"); }

    Said run(std::vector<std::string> words) const { return run_on(address(), std::move(words)); }
    testing::TemporaryFolder folder_;
};

TEST_F(IncidentCommand, list_shows_the_open_ones_of_an_agency) {
    const auto all = run({"incident", "list"});
    EXPECT_EQ(all.exit, kDone);
    EXPECT_NE(all.out.find("64.09-a-t-1"), std::string::npos) << all.out << all.err;
    EXPECT_NE(all.out.find("64.74-b-t-1"), std::string::npos);
    const auto one = run({"--agency", "64.09", "-o", "csv", "incident", "list"});
    EXPECT_EQ(one.out,
              "id,agency,case,at,times,what,code,open\r\n"
              "64.09-a-t-1,64.09,64.09-a,2026-03-13T01:30:00Z,1,timer,RT027,true\r\n");
    const auto few = run({"incident", "list", "--limit", "1"});
    EXPECT_NE(few.err.find("Only the latest 1"), std::string::npos) << few.err;
}

TEST_F(IncidentCommand, show_says_what_happened_and_how_to_mend_it) {
    const auto shown = run({"incident", "show", "64.09-a-t-1"});
    EXPECT_EQ(shown.exit, kDone);
    EXPECT_NE(shown.out.find("Case 64.09-a: tindak_lanjut 80% cannot be carried out"),
              std::string::npos)
        << shown.out;
    EXPECT_NE(shown.out.find("\n  = "), std::string::npos);
    EXPECT_NE(shown.err.find("only closes it"), std::string::npos);
    EXPECT_EQ(run({"incident", "show", "64.09-x"}).exit, kFailed);
}

TEST_F(IncidentCommand, retry_closes_it_once) {
    EXPECT_EQ(run({"incident", "retry", "64.09-a-t-1"}).exit, kDone);
    EXPECT_EQ(run({"incident", "retry", "64.09-a-t-1"}).exit, kFailed);
    EXPECT_EQ(run({"incident", "list"}).out.find("64.09-a-t-1"), std::string::npos);
    EXPECT_NE(run({"incident", "list", "--all"}).out.find("64.09-a-t-1"), std::string::npos);
    run({"incident", "retry", "64.74-b-t-1"});
    EXPECT_NE(run({"incident", "list"}).err.find("no incidents"), std::string::npos);
}

}  // namespace
}  // namespace pintu::cli
