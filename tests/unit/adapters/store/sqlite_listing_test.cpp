// Which way SQLite goes through the cases when they are listed.
#include "adapters/store/sqlite/listing.hpp"

#include <gtest/gtest.h>

#include "adapters/store/sqlite/database.hpp"
#include "adapters/store/sqlite/schema.hpp"

namespace pintu::store {
namespace {

std::vector<std::string> plan_of(Cases which) {
    auto database = Database::open(":memory:", {});
    EXPECT_TRUE(database);
    EXPECT_TRUE(make_schema(**database));
    const std::string asked = "EXPLAIN QUERY PLAN " + select_cases(which);
    std::vector<std::string> plan;
    auto& rows = (*database)->query(asked);
    while (rows.step()) plan.push_back(rows.text(3));
    EXPECT_FALSE((*database)->failed());
    return plan;
}

// One step: what is not sought is walked, and what is not in order is sorted.
TEST(SqliteListing, of_an_agency_walks_no_other_agencys_cases) {
    EXPECT_EQ(plan_of(Cases::of_agency),
              std::vector<std::string>{"SEARCH cases USING PRIMARY KEY (agency=? AND case_id>?)"});
}

TEST(SqliteListing, of_all_begins_where_the_page_before_ended) {
    EXPECT_EQ(plan_of(Cases::of_all),
              std::vector<std::string>{"SEARCH cases USING INDEX cases_by_id (case_id>?)"});
}

}  // namespace
}  // namespace pintu::store
