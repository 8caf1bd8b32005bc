// Every table by agency first, and every statement of the hot path for one agency: so the same
// tables can be spread over machines by agency. Reads the DDL and the statements themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/store/postgres/schema.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {
namespace {

using Tokens = std::vector<std::string>;

// Tables that each machine has a copy of, and why.
const std::map<std::string, std::string> kReferences = {
    {"definition_sets", "one row for each version of the definitions, of all agencies"},
    {"definition_bytes", "files of definitions, shared by versions and agencies"},
    {"definition_files", "one row for each file of a version"},
    {"definition_hashes", "finds a version by the hash that a case holds"},
    {"notes", "a handful of rows: what is in force"},
};

// Words in lower case, "$1", and every other sign by itself.
Tokens tokens_of(const std::string& sql) {
    Tokens tokens;
    for (std::size_t i = 0; i < sql.size();) {
        const auto word = [&](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
        };
        std::size_t end = i;
        while (end < sql.size() && word(sql[end])) ++end;
        if (end == i) ++end;
        std::string token = sql.substr(i, end - i);
        std::transform(token.begin(), token.end(), token.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (std::isspace(static_cast<unsigned char>(sql[i])) == 0) tokens.push_back(token);
        i = end;
    }
    return tokens;
}

bool has(const Tokens& tokens, std::size_t at, const Tokens& wanted) {
    return at + wanted.size() <= tokens.size() &&
           std::equal(wanted.begin(), wanted.end(),
                      tokens.begin() + static_cast<std::ptrdiff_t>(at));
}

bool contains(const Tokens& tokens, const Tokens& wanted) {
    for (std::size_t at = 0; at < tokens.size(); ++at)
        if (has(tokens, at, wanted)) return true;
    return false;
}

// What is wrong with the keys of the tables.
std::vector<std::string> wrong_keys(const std::string& ddl) {
    std::vector<std::string> wrong;
    std::istringstream statements(ddl);
    for (std::string text; std::getline(statements, text, ';');) {
        const Tokens tokens = tokens_of(text);
        if (has(tokens, 0, {"create", "unique"}) && !contains(tokens, {"(", "agency"}))
            wrong.push_back("unique index " + tokens[3]);
        if (!has(tokens, 0, {"create", "table"}) || kReferences.contains(tokens[2])) continue;
        const bool alone = has(tokens, 3, {"(", "agency"}) &&
                           text.find("PRIMARY KEY") < text.find(',') &&
                           text.find("PRIMARY KEY") != std::string::npos;
        if (!alone && !contains(tokens, {"primary", "key", "(", "agency"}))
            wrong.push_back("key of " + tokens[2]);
        if (contains(tokens, {"unique", "("}) && !contains(tokens, {"unique", "(", "agency"}))
            wrong.push_back("unique column of " + tokens[2]);
    }
    return wrong;
}

std::set<std::string> spread_tables() {
    std::set<std::string> names;
    for (const auto& table : tables())
        if (!table.reference) names.emplace(table.name);
    return names;
}

// A table as a statement names it: at `at`, after FROM, JOIN, UPDATE, INTO, USING or a comma.
bool is_named_at(const Tokens& tokens, std::size_t at, const std::set<std::string>& names) {
    static const std::set<std::string> kBefore = {"from", "join", "update", "into", "using", ","};
    return at > 0 && names.contains(tokens[at]) && kBefore.contains(tokens[at - 1]);
}

bool inserts_for_one(const Tokens& tokens, std::size_t table) {
    if (has(tokens, table + 1, {"as"})) table += 2;
    return has(tokens, table + 1, {"(", "agency"}) &&
           (contains(tokens, {"values", "(", "$1"}) || contains(tokens, {"select", "$1", ","}));
}

// Tables of which a statement does not name exactly one agency, $1.
std::vector<std::string> wrong_tables(const std::string& sql) {
    static const std::set<std::string> kNames = spread_tables();
    static const std::set<std::string> kNoAlias = {"set", "where", "on", "("};
    const Tokens tokens = tokens_of(sql);
    std::vector<std::string> wrong;
    bool any = false;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (!is_named_at(tokens, at, kNames)) continue;
        any = true;
        if (tokens[at - 1] == "into") {
            if (!inserts_for_one(tokens, at)) wrong.push_back(tokens[at]);
            continue;
        }
        const bool aliased = at + 1 < tokens.size() && !kNoAlias.contains(tokens[at + 1]);
        const std::string alias = aliased ? tokens[at + 1] : tokens[at];
        if (!contains(tokens, {alias, ".", "agency", "=", "$1"})) wrong.push_back(tokens[at]);
    }
    if (!any) wrong.emplace_back("no table");
    return wrong;
}

TEST(PostgresKeys, begin_with_the_agency) {
    for (std::int64_t step = 1; step <= kSchema; ++step)
        EXPECT_EQ(wrong_keys(std::string(schema_step(step))), std::vector<std::string>{}) << step;
}

TEST(PostgresKeys, leave_out_only_tables_with_a_reason) {
    std::set<std::string> references;
    for (const auto& table : tables())
        if (table.reference) references.emplace(table.name);
    for (const auto& [name, reason] : kReferences) EXPECT_EQ(references.erase(name), 1U) << name;
    EXPECT_TRUE(references.empty()) << *references.begin();
}

TEST(PostgresKeys, are_named_by_each_statement_of_the_hot_path) {
    for (const auto& [name, text] : sql::kHot)
        EXPECT_EQ(wrong_tables(text), std::vector<std::string>{}) << name << ": " << text;
}

TEST(PostgresKeys, are_left_out_by_polls_which_read_a_small_table_and_lock_nothing) {
    static const std::set<std::string> kSmall = {"agenda", "logs", "notes"};
    for (const auto& [name, text] : sql::kPolls) {
        const Tokens tokens = tokens_of(text);
        EXPECT_EQ(tokens.at(0), "select") << name;
        EXPECT_FALSE(contains(tokens, {"for", "update"})) << name;
        for (std::size_t at = 1; at < tokens.size(); ++at)
            EXPECT_TRUE(tokens[at - 1] != "from" || kSmall.contains(tokens[at])) << name;
    }
}

TEST(PostgresKeys, are_missed_where_a_table_has_none) {
    for (const char* bad :
         {"CREATE TABLE cases (\n case_id text PRIMARY KEY,\n agency text\n);",
          "CREATE TABLE cases (\n agency text,\n case_id text,\n PRIMARY KEY (case_id, agency)\n);",
          "CREATE TABLE cases (\n agency text\n);",
          "CREATE UNIQUE INDEX by_tracking ON cases (tracking_id);",
          "CREATE TABLE cases (\n agency text,\n id text,\n PRIMARY KEY (agency, id),\n"
          " UNIQUE (id)\n);"})
        EXPECT_EQ(wrong_keys(bad).size(), 1U) << bad;
}

TEST(PostgresKeys, are_missed_where_a_statement_names_no_agency_or_several) {
    for (const char* bad :
         {"SELECT c.shown FROM cases c WHERE c.case_id = $1",
          "SELECT c.shown FROM cases c WHERE c.agency = ANY ($1)",
          "SELECT c.shown FROM cases c JOIN pages p ON p.id = c.opened WHERE c.agency = $1",
          "SELECT a.agency FROM agenda a WHERE a.due <= $1 FOR UPDATE SKIP LOCKED",
          "DELETE FROM outbox o WHERE o.effect_key = $1",
          "DELETE FROM outbox o USING cases c WHERE o.agency = $1 AND c.agency = o.agency",
          "UPDATE cases SET late = true WHERE case_id = $1",
          "INSERT INTO outcomes (command_id, agency) SELECT n.* FROM unnest($1, $2) AS n",
          "INSERT INTO outcomes (agency, command_id) SELECT n.* FROM unnest($1, $2) AS n",
          "SELECT 1"})
        EXPECT_FALSE(wrong_tables(bad).empty()) << bad;
}

}  // namespace
}  // namespace pintu::postgres
