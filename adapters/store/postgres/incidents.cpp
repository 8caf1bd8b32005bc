// What a person must see, and what becomes of it.
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

constexpr const char* kColumns =
    "SELECT t.agency, t.id, t.case_id, t.at, t.times, t.what, t.subject, t.code, t.arg_list, "
    "t.command, t.open FROM incidents t ";

ports::Incident incident_of(const Rows::Row& row) {
    ports::Incident one;
    one.agency = AgencyCode(row.text(0));
    one.id = row.text(1);
    one.case_id = CaseId(row.text(2));
    one.at = {row.integer(3)};
    one.times = static_cast<std::uint32_t>(row.integer(4));
    one.what = row.text(5);
    one.subject = row.text(6);
    one.code = row.text(7);
    one.args = store::from_list(row.bytes(8));
    one.command = row.text(9);
    one.open = row.boolean(10);
    return one;
}

}  // namespace

Result<std::vector<ports::Incident>> PostgresStore::incidents(const ports::IncidentFilter& filter) {
    static const std::string kSelect =
        std::string(kColumns) +
        "WHERE ($1 IS NULL OR t.agency = $1) AND ($2 IS NULL OR t.id = $2) AND "
        "($3 IS NULL OR t.open = $3) ORDER BY t.at DESC, t.id LIMIT $4";
    return attempt([&] {
        std::vector<ports::Incident> found;
        const Rows rows = connection_->run(kSelect, filter.agency, filter.id, filter.open,
                                           std::uint64_t{filter.limit});
        for (const auto row : rows) found.push_back(incident_of(row));
        return found;
    });
}

Result<bool> PostgresStore::retry_incident(const std::string& id, Instant now) {
    static const std::string kOpen =
        std::string(kColumns) + "WHERE t.agency = $1 AND t.id = $2 AND t.open FOR UPDATE";
    static const std::string kClose =
        "UPDATE incidents t SET open = false, command = '' WHERE t.agency = $1 AND t.id = $2";
    const AgencyCode agency = agency_of(id);
    bool closed = false;
    const auto done = attempt_commit([&] {
        const Rows rows = connection_->run(kOpen, agency, id);
        closed = !rows.empty();
        if (!closed) return;
        const auto one = incident_of(rows[0]);
        connection_->run(kClose, agency, id);
        if (one.command.empty()) return;
        queue({CommandId(id + "-retry-" + std::to_string(one.times)), one.agency, one.case_id, now,
               one.command});
    });
    if (!done) return done.unexpected();
    return closed;
}

}  // namespace pintu::postgres
