// What a person must see, and what becomes of it.
#include "adapters/store/sql/lists.hpp"
#include "adapters/store/sqlite/agenda.hpp"
#include "adapters/store/sqlite/committer.hpp"
#include "adapters/store/sqlite/listing.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {
namespace {

constexpr const char* kSelect =
    "SELECT agency, id, case_id, at, times, what, subject, code, arg_list, command, open "
    "FROM incidents WHERE ";

ports::Incident incident_of(const Statement& rows) {
    ports::Incident one;
    one.agency = AgencyCode(rows.text(0));
    one.id = rows.text(1);
    one.case_id = CaseId(rows.text(2));
    one.at = {rows.integer(3)};
    one.times = static_cast<std::uint32_t>(rows.integer(4));
    one.what = rows.text(5);
    one.subject = rows.text(6);
    one.code = rows.text(7);
    one.args = from_list(rows.text(8));
    one.command = rows.text(9);
    one.open = rows.integer(10) != 0;
    return one;
}

}  // namespace

std::string select_incidents(Sought sought) {
    constexpr const char* kSought[] = {"id = ?2 AND ", "agency = ?1 AND ", ""};
    return std::string(kSelect) + kSought[static_cast<int>(sought)] +
           "(?1 IS NULL OR agency = ?1) AND (?2 IS NULL OR id = ?2) AND "
           "(?3 IS NULL OR open = ?3) ORDER BY at DESC, id LIMIT ?4";
}

Result<std::vector<ports::Incident>> SqliteStore::incidents(const ports::IncidentFilter& filter) {
    static const std::string kListed[] = {select_incidents(Sought::one),
                                          select_incidents(Sought::of_agency),
                                          select_incidents(Sought::all)};
    std::vector<ports::Incident> found;
    auto& rows =
        database_->query(kListed[static_cast<int>(sought_by(filter.id, filter.agency))],
                         filter.agency, filter.id, filter.open, std::uint64_t{filter.limit});
    while (rows.step()) found.push_back(incident_of(rows));
    return given(std::move(found));
}

Result<bool> SqliteStore::retry_incident(const std::string& id, Instant now) {
    static const std::string kOpen = std::string(kSelect) + "id = ?1 AND open";
    static const std::string kClose = "UPDATE incidents SET open = 0, command = x'' WHERE id = ?1";
    database_->begin();
    std::optional<ports::Incident> found;
    auto& rows = database_->query(kOpen, id);
    while (rows.step()) found = incident_of(rows);
    if (found) {
        database_->run(kClose, id);
        const CommandId again(id + "-retry-" + std::to_string(found->times));
        if (!found->command.empty() &&
            store::submit(*database_,
                          {again, found->agency, found->case_id, now, found->command})) {
            Agenda(*database_, 0).look(found->agency, ports::Work::decide);
        }
    }
    database_->commit();
    database_->rollback();
    return given(found.has_value());
}

}  // namespace pintu::store
