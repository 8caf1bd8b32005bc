// gammu-smsd's tables in a SQLite file (schema 17): the only file that knows SQLite. What belongs
// together is one transaction. Failures in words for people; the database may be busy: later.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pieces.hpp"
#include "plugins/sdk/plugin.hpp"
#include "split.hpp"

struct sqlite3;

namespace sms {

class Database {
  public:
    static pintu::plugin::Outcome<std::unique_ptr<Database>> open(const std::string& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Rows of the inbox that are not processed, oldest first. `zone_minutes`: east of Greenwich, of
    // smsd's times. `binary`: rows that hold no text.
    struct Inbox {
        std::vector<Piece> pieces;
        std::vector<std::int64_t> binary;
    };
    pintu::plugin::Outcome<Inbox> inbox(std::int64_t zone_minutes, std::size_t most);

    // Marks rows as processed; those with a reason are kept in pintu_disisihkan too.
    struct Settled {
        std::vector<std::int64_t> rows;
        std::string why;  // "": they are reports
    };
    pintu::plugin::Done settle(const std::vector<Settled>& settled);

    // Puts a message into the outbox, once for each key.
    pintu::plugin::Done queue(const std::string& key, const std::string& number,
                              const Pieces& pieces, const std::string& phone_id);

  private:
    explicit Database(sqlite3* handle) : handle_(handle) {}
    pintu::plugin::Done run(const std::string& sql);
    pintu::plugin::Done run(const std::string& sql, const std::vector<std::string>& values);
    template <class Steps>
    pintu::plugin::Done transaction(const Steps& steps);
    pintu::plugin::Failure failure() const;
    sqlite3* handle_;
};

// "2026-03-13 09:30:00" -> microseconds since 1970; 0 where it is no time.
std::int64_t time_of(const std::string& text, std::int64_t zone_minutes);

}  // namespace sms
