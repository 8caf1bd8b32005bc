// Which way SQLite goes through a table when it is listed.
#include "adapters/store/sqlite/listing.hpp"

#include <gtest/gtest.h>

#include "adapters/store/sqlite/database.hpp"
#include "adapters/store/sqlite/schema.hpp"

namespace pintu::store {
namespace {

using Plan = std::vector<std::string>;

Plan plan_of(const std::string& statement) {
    auto database = Database::open(":memory:", {});
    EXPECT_TRUE(database);
    EXPECT_TRUE(make_schema(**database));
    const std::string asked = "EXPLAIN QUERY PLAN " + statement;
    Plan plan;
    auto& rows = (*database)->query(asked);
    while (rows.step()) plan.push_back(rows.text(3));
    EXPECT_FALSE((*database)->failed());
    return plan;
}

// One step: what is not sought is walked, and what is not in order is sorted.
TEST(SqliteListing, of_an_agency_walks_no_other_agencys_cases) {
    EXPECT_EQ(plan_of(select_cases(Cases::of_agency)),
              Plan{"SEARCH cases USING PRIMARY KEY (agency=? AND case_id>?)"});
}

TEST(SqliteListing, of_all_begins_where_the_page_before_ended) {
    EXPECT_EQ(plan_of(select_cases(Cases::of_all)),
              Plan{"SEARCH cases USING INDEX cases_by_id (case_id>?)"});
}

TEST(SqliteListing, of_one_message_or_incident_finds_it) {
    EXPECT_EQ(plan_of(select_outbox(Sought::one)).front(),
              "SEARCH outbox USING INDEX sqlite_autoindex_outbox_1 (effect_key=?)");
    EXPECT_EQ(plan_of(select_incidents(Sought::one)).front(),
              "SEARCH incidents USING INDEX incidents_by_id (id=?)");
}

TEST(SqliteListing, of_an_agency_walks_no_other_agencys_messages_and_incidents) {
    EXPECT_EQ(plan_of(select_outbox(Sought::of_agency)).front(),
              "SEARCH outbox USING INDEX outbox_by_next (agency=?)");
    EXPECT_EQ(plan_of(select_incidents(Sought::of_agency)).front(),
              "SEARCH incidents USING PRIMARY KEY (agency=?)");
}

TEST(SqliteListing, of_all_messages_and_incidents_stops_at_the_last_one_wanted) {
    EXPECT_EQ(plan_of(select_outbox(Sought::all)), Plan{"SCAN outbox"}) << "in order";
    EXPECT_EQ(plan_of(select_incidents(Sought::all)).front(),
              "SCAN incidents USING INDEX incidents_by_time");
}

}  // namespace
}  // namespace pintu::store
