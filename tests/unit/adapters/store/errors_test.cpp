#include "adapters/store/sqlite/errors.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cerrno>

#include "engine/messages/messages.hpp"

namespace pintu::store {
namespace {

struct Case {
    int code;
    int system;
    const char* expected;
};

constexpr Case kCases[] = {
    {SQLITE_BUSY, 0, "ST001"},
    {SQLITE_BUSY_SNAPSHOT, 0, "ST001"},
    {SQLITE_LOCKED, 0, "ST001"},
    {SQLITE_FULL, 0, "ST002"},
    {SQLITE_IOERR_WRITE, ENOSPC, "ST002"},
    {SQLITE_IOERR_WRITE, EDQUOT, "ST002"},
    {SQLITE_IOERR_SHMSIZE, EFBIG, "ST002"},
    {SQLITE_CANTOPEN, ENOSPC, "ST002"},
    {SQLITE_READONLY, 0, "ST003"},
    {SQLITE_READONLY_DBMOVED, 0, "ST003"},
    {SQLITE_PERM, 0, "ST003"},
    {SQLITE_CANTOPEN_ISDIR, EISDIR, "ST004"},
    {SQLITE_NOTADB, 0, "ST005"},
    {SQLITE_CORRUPT, 0, "ST006"},
    {SQLITE_CORRUPT_INDEX, 0, "ST006"},
    {SQLITE_IOERR_READ, EIO, "ST010"},
    {SQLITE_IOERR_FSYNC, 0, "ST010"},
    {SQLITE_CONSTRAINT_UNIQUE, 0, "ST012"},
    {SQLITE_ERROR, 0, "ST012"},
};

TEST(Classify, gives_each_failure_its_own_words) {
    for (const auto& c : kCases) {
        const auto error = classify(c.code, c.system, "pintu.db", "as SQLite says it");
        EXPECT_EQ(error.code, c.expected) << c.code << " " << c.system;
        const auto text = messages::render(error, messages::Language::indonesian);
        EXPECT_NE(text.message.find("pintu.db"), std::string::npos) << text.message;
        EXPECT_FALSE(text.hint.empty());
    }
}

}  // namespace
}  // namespace pintu::store
