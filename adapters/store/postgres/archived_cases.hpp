// Whether an archive holds every case's history: the log (archived_log.hpp) proves that the events
// that have their place in it are all there; which pages are a case's stands in its row, and the
// newest pages have no place yet.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/store/postgres/archived_log.hpp"

namespace pintu::postgres {

struct CaseRow {
    std::string_view agency, case_id, page_list;
    std::int64_t sequence = 0;  // of its last event: how many it has
};
// Of the section of cases; nothing where the fields are not such a row.
std::optional<CaseRow> case_row(std::string_view columns, const Fields& fields);

// Takes all pages, then all cases; 16 bytes of memory a page.
class HistoryCheck {
  public:
    // A page whose events LogCheck found to be its leaves'.
    void add(const LogRow& row);
    void end_pages();
    // The first page that the case names and that is not there; nothing where all are.
    std::optional<std::int64_t> missing(const CaseRow& row);
    // After all cases: an agency with events that no case names, or a case that names others'.
    std::optional<AgencyCode> disagrees() const;

  private:
    struct Page {
        std::int64_t id = 0;
        std::uint64_t unnamed = 0;  // the sum of its cases' hashes, without those that named it
    };
    struct Histories {
        std::vector<Page> pages;
        std::int64_t events = 0;  // in pages, without those that cases have
    };
    std::map<AgencyCode, Histories> agencies_;
};

}  // namespace pintu::postgres
