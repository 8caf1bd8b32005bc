// Cases as rows: lists, boards, reports.
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/shown.hpp"

namespace pintu::postgres {

// Ids begin with their agency: by agency and id is by id.
Result<std::vector<cases::CaseRow>> PostgresStore::list(const ports::CaseFilter& filter) {
    static const std::string kList =
        "SELECT c.agency, c.case_id, c.closed, c.shown FROM cases c "
        "WHERE ($1 IS NULL OR c.agency = $1) AND "
        "($2 IS NULL OR " PINTU_SHOWN_STATE
        " = convert_to($2, 'UTF8')) AND "
        "($3 IS NULL OR " PINTU_SHOWN_OWNER
        " = convert_to($3, 'UTF8')) AND "
        "($4 IS NULL OR c.closed = $4) AND ($5 IS NULL OR " PINTU_SHOWN_LATE
        " = $5) AND "
        "($6 IS NULL OR (c.agency, c.case_id) > ($7, $6)) ORDER BY c.agency, c.case_id LIMIT $8";
    std::optional<AgencyCode> after;
    if (filter.after) after = agency_of(*filter.after);
    return attempt([&] {
        std::vector<cases::CaseRow> found;
        const Rows rows =
            connection_->run(kList, filter.agency, filter.state, filter.owner, filter.closed,
                             filter.late, filter.after, after, std::uint64_t{filter.limit});
        for (const auto row : rows) {
            cases::CaseRow& shown = found.emplace_back();
            shown.agency = AgencyCode(row.text(0));
            shown.id = CaseId(row.text(1));
            shown.closed = row.boolean(2);
            unpack(row.bytes(3), shown);
        }
        return found;
    });
}

}  // namespace pintu::postgres
