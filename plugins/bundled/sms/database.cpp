#include "database.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>

#include "utf16.hpp"

namespace sms {

using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::Failure;
using pintu::plugin::Outcome;

namespace {

constexpr int kBusyMs = 5000;
constexpr const char* kOwnTables =
    "CREATE TABLE IF NOT EXISTS pintu_keluar (kunci TEXT PRIMARY KEY, outbox INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS pintu_disisihkan (ID INTEGER PRIMARY KEY, sebab TEXT NOT NULL)";

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement prepared(sqlite3* handle, const std::string& sql,
                   const std::vector<std::string>& values) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        return nullptr;
    int number = 0;
    for (const auto& value : values)
        sqlite3_bind_text(statement, ++number, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT);
    return Statement(statement);
}

std::string text_at(const Statement& row, int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row.get(), column));
    return text == nullptr ? "" : std::string(text, size);
}

// `Text` is the piece itself; of a long message smsd writes all of it into the first row's
// TextDecoded, and nothing into the others'.
std::u16string text_of(const std::string& hex, const std::string& decoded) {
    const auto text = from_hex(hex);
    return text && !text->empty() ? *text : from_utf8(decoded);
}

}  // namespace

std::int64_t time_of(const std::string& text, std::int64_t zone_minutes) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(text.c_str(), "%4d-%2u-%2u %2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                    &second) != 6)
        return 0;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok()) return 0;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return ((days * 24 + hour) * 60 + minute - zone_minutes) * 60'000'000 + second * 1'000'000LL;
}

Outcome<std::unique_ptr<Database>> Database::open(const std::string& file) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (opened != SQLITE_OK)
        return pintu::plugin::later("basis data gammu-smsd tidak dapat dibuka: " + file);
    sqlite3_busy_timeout(handle, kBusyMs);
    const auto version = prepared(handle, "SELECT Version FROM gammu", {});
    if (!version || sqlite3_step(version.get()) != SQLITE_ROW)
        return pintu::plugin::failed(file + " bukan basis data gammu-smsd");
    if (sqlite3_exec(handle, kOwnTables, nullptr, nullptr, nullptr) != SQLITE_OK)
        return database->failure();
    return database;
}

Database::~Database() {
    sqlite3_close_v2(handle_);
}

Failure Database::failure() const {
    const int code = sqlite3_errcode(handle_);
    const std::string why = std::string("basis data gammu-smsd: ") + sqlite3_errmsg(handle_);
    return code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL
               ? pintu::plugin::later(why)
               : pintu::plugin::failed(why);
}

Done Database::run(const std::string& sql) {
    return run(sql, {});
}

Done Database::run(const std::string& sql, const std::vector<std::string>& values) {
    const auto statement = prepared(handle_, sql, values);
    if (!statement || sqlite3_step(statement.get()) != SQLITE_DONE) return failure();
    return done();
}

template <class Steps>
Done Database::transaction(const Steps& steps) {
    if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
    Done outcome = steps();
    if (outcome) outcome = run("COMMIT");
    if (!outcome) (void)run("ROLLBACK");
    return outcome;
}

Outcome<Database::Inbox> Database::inbox(std::int64_t zone_minutes, std::size_t most) {
    const auto row =
        prepared(handle_,
                 "SELECT ID, SenderNumber, ReceivingDateTime, Text, TextDecoded, UDH, Coding "
                 "FROM inbox WHERE Processed = 'false' ORDER BY ID LIMIT " +
                     std::to_string(most),
                 {});
    if (!row) return failure();
    Inbox inbox;
    for (;;) {
        const int step = sqlite3_step(row.get());
        if (step == SQLITE_DONE) return inbox;
        if (step != SQLITE_ROW) return failure();
        const std::int64_t id = sqlite3_column_int64(row.get(), 0);
        Piece piece{id, text_at(row, 1), time_of(text_at(row, 2), zone_minutes),
                    text_of(text_at(row, 3), text_at(row, 4)), part_of(text_at(row, 5))};
        if (text_at(row, 6) == "8bit")
            inbox.binary.push_back(id);
        else
            inbox.pieces.push_back(std::move(piece));
    }
}

Done Database::settle(const std::vector<Settled>& settled) {
    return transaction([&]() -> Done {
        for (const auto& each : settled)
            for (const auto row : each.rows) {
                const std::string id = std::to_string(row);
                auto marked = run("UPDATE inbox SET Processed = 'true' WHERE ID = ?", {id});
                if (!marked) return marked;
                if (each.why.empty()) continue;
                auto kept =
                    run("INSERT OR REPLACE INTO pintu_disisihkan VALUES (?, ?)", {id, each.why});
                if (!kept) return kept;
            }
        return done();
    });
}

Done Database::queue(const std::string& key, const std::string& number, const Pieces& pieces,
                     const std::string& phone_id) {
    const std::string coding = pieces.unicode ? "Unicode_No_Compression" : "Default_No_Compression";
    std::uint8_t reference = 0;
    for (const char c : key) reference = static_cast<std::uint8_t>(reference * 31 + c);
    const std::size_t total = pieces.texts.size();
    return transaction([&]() -> Done {
        const auto there = prepared(handle_, "SELECT 1 FROM pintu_keluar WHERE kunci = ?", {key});
        if (!there) return failure();
        if (sqlite3_step(there.get()) == SQLITE_ROW) return done();
        auto put = run(
            "INSERT INTO outbox (DestinationNumber, TextDecoded, Coding, UDH, MultiPart, SenderID, "
            "CreatorID, Class, InsertIntoDB, SendingDateTime, SendingTimeOut) VALUES "
            "(?, ?, ?, ?, ?, ?, 'pintu', -1, datetime('now', 'localtime'), "
            "datetime('now', 'localtime'), datetime('now', 'localtime'))",
            {number, pieces.texts[0], coding, total > 1 ? header_of(reference, total, 1) : "",
             total > 1 ? "true" : "false", phone_id});
        if (!put) return put;
        const std::string id = std::to_string(sqlite3_last_insert_rowid(handle_));
        for (std::size_t i = 1; i < total; ++i) {
            auto more =
                run("INSERT INTO outbox_multipart (ID, SequencePosition, TextDecoded, Coding, UDH, "
                    "Class) VALUES (?, ?, ?, ?, ?, -1)",
                    {id, std::to_string(i + 1), pieces.texts[i], coding,
                     header_of(reference, total, i + 1)});
            if (!more) return more;
        }
        return run("INSERT INTO pintu_keluar VALUES (?, ?)", {key, id});
    });
}

}  // namespace sms
