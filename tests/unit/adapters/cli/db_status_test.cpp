// What `pintu db status` tells of a database that another version of Pintu made.
#include <gtest/gtest.h>

#include <sstream>

#include "adapters/cli/commands.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/cluster.hpp"

namespace pintu::cli {
namespace {

std::string status_of(const std::string& address, const std::string& output) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Io io{in, out, err};
    EXPECT_EQ(run_command_line({"--store", address, "-o", output, "db", "status"}, "", io), kDone);
    return out.str();
}

TEST(DbStatus, counts_nothing_in_tables_that_it_does_not_know) {
    const testing::FreshDatabase database;
    ASSERT_TRUE(store::migrate(database.address()));
    EXPECT_NE(status_of(database.address(), "json").find("\"cases\":0"), std::string::npos);
    const auto parsed = postgres::parse_address(database.address(), postgres::Role::writer);
    const auto connection = postgres::Connection::open(*parsed);
    (*connection)->script("INSERT INTO pintu_schema (version) VALUES (99)");
    ASSERT_FALSE((*connection)->failed());
    const std::string json = status_of(database.address(), "json");
    EXPECT_NE(json.find("\"schema\":99,"), std::string::npos) << json;
    EXPECT_NE(json.find("\"bytes\":"), std::string::npos) << json;
    EXPECT_EQ(json.find("\"cases\":"), std::string::npos) << json;
    EXPECT_EQ(status_of(database.address(), "csv").find("cases"), std::string::npos);
}

}  // namespace
}  // namespace pintu::cli
