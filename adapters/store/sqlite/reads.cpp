// What the store gives back: histories, queues, timers.
#include "adapters/store/sql/lists.hpp"
#include "adapters/store/sqlite/rows.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"

namespace pintu::store {

Result<std::vector<ports::StoredCase>> SqliteStore::load(const std::vector<CaseId>& cases) {
    std::vector<ports::StoredCase> loaded;
    for (const auto& case_id : cases) {
        auto one = load_one(case_id);
        if (!one) return one.unexpected();
        loaded.push_back(std::move(*one));
    }
    return given(std::move(loaded));
}

Result<ports::StoredCase> SqliteStore::load_one(const CaseId& case_id) {
    static const std::string kEvents =
        "SELECT bytes, leaf FROM events WHERE case_id = ?1 ORDER BY sequence";
    static const std::string kKey =
        "SELECT key FROM case_keys WHERE case_id = ?1 AND "
        "agency = (SELECT agency FROM cases WHERE case_id = ?1)";
    ports::StoredCase stored;
    std::optional<Error> broken;
    auto& rows = database_->query(kEvents, case_id);
    while (rows.step()) {
        auto event = history::decode(rows.bytes(0));
        if (event) {
            stored.last_leaf = rows.digest(1);
            stored.events.push_back(std::move(*event));
        } else if (!broken) {
            broken = event.error();
        }
    }
    if (broken) return Unexpected<Error>{*broken};
    auto& keys = database_->query(kKey, case_id);
    while (keys.step()) stored.key = keys.bytes(0);
    return given(std::move(stored));
}

Result<std::vector<CaseId>> SqliteStore::find(const TrackingId& tracking_id) {
    static const std::string kFind =
        "SELECT case_id FROM cases WHERE tracking_id = ?1 ORDER BY opened";
    std::vector<CaseId> found;
    auto& rows = database_->query(kFind, tracking_id);
    while (rows.step()) found.emplace_back(rows.text(0));
    return given(std::move(found));
}

Result<std::vector<cases::PersonalValue>> SqliteStore::personal(const CaseId& case_id) {
    static const std::string kValues =
        "SELECT sequence, path, value FROM personal WHERE case_id = ?1 AND "
        "agency = (SELECT agency FROM cases WHERE case_id = ?1) ORDER BY sequence, path";
    std::vector<cases::PersonalValue> values;
    auto& rows = database_->query(kValues, case_id);
    while (rows.step()) {
        values.push_back(
            {case_id, static_cast<std::uint32_t>(rows.integer(0)), rows.text(1), rows.text(2)});
    }
    return given(std::move(values));
}

Result<std::vector<std::optional<ports::IntakeRow>>> SqliteStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    static const std::string kFind =
        "SELECT case_id, tracking_id, content FROM intake WHERE agency = ?1 AND key = ?2";
    std::vector<std::optional<ports::IntakeRow>> found;
    for (const auto& key : keys) {
        auto& place = found.emplace_back();
        auto& rows = database_->query(kFind, key.intake, key.key);
        while (rows.step()) {
            place = ports::IntakeRow{key, CaseId(rows.text(0)), TrackingId(rows.text(1)),
                                     rows.digest(2)};
        }
    }
    return given(std::move(found));
}

Result<ports::PriorAnswer> SqliteStore::prior(const ports::PriorQuery& query) {
    static const std::string kSize = "SELECT size FROM logs WHERE agency = ?1";
    static const std::string kPrior =
        "SELECT case_id, lat_udeg, lon_udeg FROM lookups WHERE agency = ?1 AND attribute = ?2 AND "
        "value = ?3 AND received_at BETWEEN ?4 AND ?5 AND case_id <> ?6 AND "
        "(?7 IS NULL OR (lat_udeg BETWEEN ?7 AND ?8 AND lon_udeg BETWEEN ?9 AND ?10)) "
        "ORDER BY opened";
    using Bound = std::optional<std::int32_t>;
    ports::PriorAnswer answer;
    auto& sizes = database_->query(kSize, query.agency);
    while (sizes.step()) answer.position = static_cast<std::uint64_t>(sizes.integer(0));
    const cases::Place here{query.lat_udeg, query.lon_udeg};
    Bound lat_low, lat_high, lon_low, lon_high;
    if (query.within_m) {
        const auto box = cases::box_around(here, *query.within_m);
        lat_low = box.lat_low;
        lat_high = box.lat_high;
        lon_low = box.lon_low;
        lon_high = box.lon_high;
    }
    auto& rows =
        database_->query(kPrior, query.agency, query.attribute, query.value, query.received_from,
                         query.received_until, query.except, lat_low, lat_high, lon_low, lon_high);
    while (rows.step()) {
        const cases::Place there{static_cast<std::int32_t>(rows.integer(1)),
                                 static_cast<std::int32_t>(rows.integer(2))};
        if (answer.found.size() == query.at_most) continue;
        if (query.within_m && !cases::near(here, there, *query.within_m)) continue;
        answer.found.emplace_back(rows.text(0));
    }
    return given(std::move(answer));
}

Result<std::vector<ports::LoggedEvent>> SqliteStore::log(const AgencyCode& agency,
                                                         std::uint64_t from, std::size_t limit) {
    static const std::string kLog =
        "SELECT position, case_id, sequence, bytes, leaf FROM events "
        "WHERE agency = ?1 AND position >= ?2 ORDER BY position LIMIT ?3";
    std::vector<ports::LoggedEvent> logged;
    auto& rows = database_->query(kLog, agency, from, std::uint64_t{limit});
    while (rows.step()) {
        logged.push_back({static_cast<std::uint64_t>(rows.integer(0)), CaseId(rows.text(1)),
                          static_cast<std::uint32_t>(rows.integer(2)), rows.text(3),
                          rows.digest(4)});
    }
    return given(std::move(logged));
}

Result<std::vector<ports::LogRoot>> SqliteStore::roots(const AgencyCode& agency) {
    static const std::string kRoots =
        "SELECT size, root FROM roots WHERE agency = ?1 ORDER BY size";
    std::vector<ports::LogRoot> roots;
    auto& rows = database_->query(kRoots, agency);
    while (rows.step()) {
        roots.push_back({static_cast<std::uint64_t>(rows.integer(0)), rows.digest(1)});
    }
    return given(std::move(roots));
}

// Of every table that knows: a log must not vanish from sight because one row did.
Result<std::vector<AgencyCode>> SqliteStore::agencies() {
    static const std::string kAgencies =
        "SELECT agency FROM logs UNION SELECT DISTINCT agency FROM roots UNION "
        "SELECT DISTINCT agency FROM events UNION SELECT DISTINCT agency FROM cases ORDER BY 1";
    std::vector<AgencyCode> agencies;
    auto& rows = database_->query(kAgencies);
    while (rows.step()) agencies.emplace_back(rows.text(0));
    return given(std::move(agencies));
}

Result<std::vector<ports::Timer>> SqliteStore::due_timers(Instant now, std::size_t limit) {
    static const std::string kDue =
        "SELECT case_id, agency, due, name FROM timers WHERE due <= ?1 ORDER BY due, case_id "
        "LIMIT ?2";
    std::vector<ports::Timer> timers;
    auto& rows = database_->query(kDue, now, std::uint64_t{limit});
    while (rows.step()) timers.push_back(timer_of(rows));
    return given(std::move(timers));
}

Result<std::vector<ports::Timer>> SqliteStore::timers_of(const AgencyCode& agency) {
    static const std::string kTimers =
        "SELECT case_id, agency, due, name FROM timers WHERE agency = ?1";
    std::vector<ports::Timer> timers;
    auto& rows = database_->query(kTimers, agency);
    while (rows.step()) timers.push_back(timer_of(rows));
    return given(std::move(timers));
}

Result<std::optional<Instant>> SqliteStore::next_due() {
    static const std::string kNext =
        "SELECT min(due) FROM (SELECT (SELECT min(due) FROM timers WHERE agency = a.agency) AS due "
        "FROM agenda a WHERE work = 'decide' UNION ALL SELECT (SELECT min(next_at) FROM outbox "
        "WHERE agency = a.agency AND next_at > 0 AND NOT dead) FROM agenda a WHERE work = 'send')";
    std::optional<Instant> due;
    auto& rows = database_->query(kNext);
    while (rows.step()) {
        if (!rows.is_null(0)) due = Instant{rows.integer(0)};
    }
    return given(due);
}

Result<std::vector<ports::PendingCommand>> SqliteStore::pending(std::size_t limit) {
    static const std::string kPending =
        "SELECT command_id, agency, case_id, submitted_at, body FROM commands ORDER BY id "
        "LIMIT ?1";
    std::vector<ports::PendingCommand> commands;
    auto& rows = database_->query(kPending, std::uint64_t{limit});
    while (rows.step()) commands.push_back(command_of(rows));
    return given(std::move(commands));
}

Result<std::optional<ports::CommandOutcome>> SqliteStore::outcome(const CommandId& id) {
    static const std::string kOutcome =
        "SELECT case_id, accepted, code, arg_list, allowed_list, sequence, at FROM outcomes "
        "WHERE command_id = ?1";
    std::optional<ports::CommandOutcome> outcome;
    auto& rows = database_->query(kOutcome, id);
    while (rows.step()) {
        outcome = ports::CommandOutcome{id,
                                        CaseId(rows.text(0)),
                                        rows.integer(1) != 0,
                                        rows.text(2),
                                        from_list(rows.text(3)),
                                        from_list(rows.text(4)),
                                        static_cast<std::uint32_t>(rows.integer(5)),
                                        {rows.integer(6)}};
    }
    return given(std::move(outcome));
}

}  // namespace pintu::store
