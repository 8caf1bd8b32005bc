// docs/scaling.md says how each table is spread over machines; the DDL says which tables there are
// and what their keys begin with. They agree.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>

#include "tests/support/files.hpp"

namespace pintu {
namespace {

std::string source(const std::string& path) {
    return testing::read_file(std::string(PINTU_SOURCE_DIR) + "/" + path);
}

// Table -> first column.
std::map<std::string, std::string> tables_of_the_store() {
    static const std::regex kTable(R"(CREATE TABLE (\w+) \(\s*(\w+) )");
    const std::string ddl = source("adapters/store/postgres/ddl.cpp");
    std::map<std::string, std::string> tables;
    for (std::sregex_iterator it(ddl.begin(), ddl.end(), kTable), end; it != end; ++it)
        tables[(*it)[1]] = (*it)[2];
    static const std::regex kGone(R"(DROP TABLE (\w+))");
    for (std::sregex_iterator it(ddl.begin(), ddl.end(), kGone), end; it != end; ++it)
        tables.erase((*it)[1]);
    return tables;
}

std::set<std::string> named_on_the_page(const std::string& function) {
    const std::regex call(function + R"(\('(\w+)')");
    const std::string page = source("docs/scaling.md");
    std::set<std::string> names;
    for (std::sregex_iterator it(page.begin(), page.end(), call), end; it != end; ++it)
        names.insert((*it)[1]);
    return names;
}

TEST(ScalingPage, spreads_by_agency_exactly_the_tables_whose_key_begins_with_it) {
    std::set<std::string> by_agency;
    std::set<std::string> others;
    for (const auto& [table, first] : tables_of_the_store())
        (first == "agency" ? by_agency : others).insert(table);
    EXPECT_GT(by_agency.size(), 10U);
    EXPECT_EQ(named_on_the_page("create_distributed_table"), by_agency);
    EXPECT_EQ(named_on_the_page("create_reference_table"), others);
}

}  // namespace
}  // namespace pintu
