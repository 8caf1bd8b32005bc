// SQLite files of earlier versions, made of what a present one holds.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace pintu::testing {

// As somebody with a tool of his own would: statements on a file; the first column of the rows.
inline std::vector<std::string> run_sql(const std::string& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    std::vector<std::string> column;
    const auto keep = [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->push_back(values[0] ? values[0] : "");
        return 0;
    };
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), keep, &column, &message), SQLITE_OK)
        << (message != nullptr ? message : "");
    sqlite3_free(message);
    sqlite3_close(handle);
    return column;
}

// `to` becomes what the first version would have kept of what is in `from`; what was in force counts
// as followed.
inline void make_version_1(const std::string& from, const std::string& to) {
    const std::string schema =
        read_file(std::string(PINTU_SOURCE_DIR) + "/tests/fixtures/store/sqlite-v1.sql");
    run_sql(to, schema);
    std::string copy = "ATTACH '" + from + "' AS present; BEGIN;";
    for (const auto& table :
         run_sql(to,
                 "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                 "'sqlite_%' AND name <> 'schema_versions'")) {
        std::string columns;
        for (const auto& name : run_sql(to, "SELECT name FROM pragma_table_info('" + table + "')"))
            columns += (columns.empty() ? "" : ", ") + name;
        copy += "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns +
                " FROM present." + table + ";";
    }
    run_sql(to, copy + "UPDATE main.notes SET name = 'settled' WHERE name = 'in_force'; COMMIT;");
}

}  // namespace pintu::testing
