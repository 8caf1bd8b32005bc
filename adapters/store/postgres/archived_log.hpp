// The section of an archive that holds all pages, each agency's in the order of its log, those that
// have no place in it yet at the end. Three tables in one, so that the log can be computed
// anew while the file is read once, whatever its size.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "adapters/store/postgres/copy_rows.hpp"
#include "engine/base/ids.hpp"
#include "engine/history/merkle.hpp"

namespace pintu::postgres {

constexpr const char* kLogSection = "log";
// What COPY gives it from.
extern const char* const kLogQuery;
extern const char* const kLogColumns;

struct LogRow {
    std::string_view agency, leaves, bytes;
    std::int64_t id = 0;
    std::optional<std::int64_t> position;
    std::optional<std::string_view> root;  // of the log, up to here
};
// Nothing where the fields are not such a row.
std::optional<LogRow> log_row(const Fields& fields);

// As the rows of the three tables.
Fields page_fields(const Fields& row);
std::optional<Fields> entry_fields(const Fields& row);
std::optional<Fields> root_fields(const Fields& row, std::string& size);

// Computes each agency's log anew.
class LogCheck {
  public:
    // False where the row's leaves are not its events', it is not the next of its log, or a root
    // that was written down is another.
    bool add(const LogRow& row);
    // The rest of what was written down: false where it is of another log.
    bool ends(const AgencyCode& agency, std::uint64_t size, std::string_view nodes);
    // Every log was asked for with ends().
    bool complete() const { return logs_.empty(); }

    std::uint64_t events() const { return events_; }
    std::uint64_t roots() const { return roots_; }
    std::uint64_t agencies() const { return agencies_; }

  private:
    struct Log {
        history::Frontier frontier;
        std::uint64_t rooted = 0;  // size at the last root that was written down
    };
    std::map<AgencyCode, Log> logs_;
    std::uint64_t events_ = 0;
    std::uint64_t roots_ = 0;
    std::uint64_t agencies_ = 0;
};

}  // namespace pintu::postgres
