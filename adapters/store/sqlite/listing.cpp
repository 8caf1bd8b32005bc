// Cases as rows: lists, boards, reports.
#include "adapters/store/sqlite/listing.hpp"

#include "adapters/store/sql/lists.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {
namespace {

struct ColumnNames {
    std::string list;
    template <class T>
    void operator()(const char* name, const T&) {
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
};

// Reads a row's fields in the order of the columns.
struct RowReader {
    const Statement& rows;
    int column = 0;

    template <class T>
    void operator()(const char*, T& field) {
        read(field, column++);
    }
    void read(bool& field, int c) { field = rows.integer(c) != 0; }
    void read(std::int32_t& field, int c) { field = static_cast<std::int32_t>(rows.integer(c)); }
    void read(std::uint32_t& field, int c) { field = static_cast<std::uint32_t>(rows.integer(c)); }
    void read(std::string& field, int c) { field = rows.text(c); }
    void read(Instant& field, int c) { field.micros = rows.integer(c); }
    void read(cases::Values& field, int c) { field = values_from_list(rows.text(c)); }
    void read(std::vector<cases::ClockRow>& field, int c) {
        field = clocks_from_list(rows.text(c));
    }
    template <class Tag>
    void read(Id<Tag>& field, int c) {
        field.value = rows.text(c);
    }
    template <class T>
    void read(std::optional<T>& field, int c) {
        if (!rows.is_null(c)) read(field.emplace(), c);
    }
};

}  // namespace

std::string select_cases(Cases which) {
    ColumnNames names;
    const cases::CaseRow row;
    cases::CaseRow::fields(names, row);
    return "SELECT " + names.list + " FROM cases WHERE " +
           (which == Cases::of_agency ? "agency = ?1 AND " : "") +
           "case_id >= coalesce(?6, '') AND (?6 IS NULL OR case_id <> ?6) AND "
           "(?2 IS NULL OR state = ?2) AND (?3 IS NULL OR owner = ?3) AND "
           "(?4 IS NULL OR closed = ?4) AND (?5 IS NULL OR late = ?5) ORDER BY case_id LIMIT ?7";
}

Result<std::vector<cases::CaseRow>> SqliteStore::list(const ports::CaseFilter& filter) {
    static const std::string kOfAgency = select_cases(Cases::of_agency);
    static const std::string kOfAll = select_cases(Cases::of_all);
    std::vector<cases::CaseRow> found;
    auto& rows = database_->query(filter.agency ? kOfAgency : kOfAll, filter.agency, filter.state,
                                  filter.owner, filter.closed, filter.late, filter.after,
                                  std::uint64_t{filter.limit});
    while (rows.step()) {
        RowReader reader{rows};
        cases::CaseRow::fields(reader, found.emplace_back());
    }
    return given(std::move(found));
}

}  // namespace pintu::store
