// What the store gives back: histories, queues, the log.
#include <algorithm>
#include <limits>

#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/page.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"

namespace pintu::postgres {
namespace {

// Ids by agency, each once.
template <class Tag>
std::map<AgencyCode, Column> by_agency(const std::vector<Id<Tag>>& ids) {
    const std::set<Id<Tag>> distinct(ids.begin(), ids.end());
    std::map<AgencyCode, Column> columns;
    for (const auto& id : distinct)
        columns.try_emplace(agency_of(id), texts()).first->second.add(id);
    return columns;
}

// Some of an agency's cases as they are read: their rows, and the pages that hold their events.
struct Histories {
    Rows cases, keys, pages;
};

// A case's history as it comes together. A page may be damaged or gone: what is loaded is whole and
// hangs together up to the case's row, or nobody decides on it.
struct Reading {
    ports::StoredCase& stored;
    Digest leaf{};  // of the last event

    Result<void> add(std::string_view case_id, std::string_view page);
    Result<void> add_event(std::string_view bytes);
    Result<void> finish(std::int64_t sequence) const;
};

// The case's events of one page.
Result<void> Reading::add(std::string_view case_id, std::string_view page) {
    while (auto run = take_run(page)) {
        if (run->case_id != case_id) continue;
        while (!run->events.empty())
            if (auto added = add_event(take_event(run->events)); !added) return added;
    }
    return {};
}

Result<void> Reading::add_event(std::string_view bytes) {
    auto event = history::decode(bytes);
    if (!event) return event.unexpected();
    const auto before = stored.events.size();
    if (event->sequence != before + 1)
        return fail("HI025", std::to_string(before + 1), std::to_string(event->sequence));
    if (event->previous != leaf) return fail("HI027", std::to_string(before));
    leaf = history::leaf_hash(bytes);
    stored.events.push_back(std::move(*event));
    return {};
}

Result<void> Reading::finish(std::int64_t sequence) const {
    const auto count = static_cast<std::int64_t>(stored.events.size());
    if (count != sequence) return fail("HI014", std::to_string(sequence), std::to_string(count));
    if (leaf != stored.last_leaf) return fail("HI021");
    return {};
}

Result<void> read_histories(const Histories& read, std::map<std::string, ports::StoredCase>& into) {
    std::map<std::int64_t, std::string_view> pages;
    for (const auto row : read.pages) pages[row.integer(0)] = row.bytes(1);
    for (const auto row : read.cases) {
        auto& stored = into[row.text(0)];
        stored.last_leaf = row.digest(1);
        Reading reading{stored};
        for (const auto id : page_ids(row.bytes(2)))
            if (auto added = reading.add(row.bytes(0), pages[id]); !added) return added;
        if (auto whole = reading.finish(row.integer(3)); !whole) return whole;
    }
    for (const auto row : read.keys) into[row.text(0)].key = row.bytes(1);
    return {};
}

// Two round trips: the rows, then the pages that they name. Those stay as they are.
Histories read_cases(Connection& connection, const AgencyCode& agency, const Column& ids) {
    Batch batch;
    batch.add(sql::kLoadCases, agency, ids);
    batch.add(sql::kLoadKeys, agency, ids);
    const auto answers = connection.run(batch);
    Histories read{answers[0], answers[1], {}};
    std::set<std::int64_t> pages;
    for (const auto row : read.cases)
        for (const auto id : page_ids(row.bytes(2))) pages.insert(id);
    Column wanted = integers();
    for (const auto id : pages) wanted.add(id);
    if (!wanted.empty()) read.pages = connection.run(sql::kLoadPages, agency, wanted);
    return read;
}

}  // namespace

Result<std::vector<ports::StoredCase>> PostgresStore::load(const std::vector<CaseId>& cases) {
    std::optional<Error> broken;
    auto found = attempt([&] {
        std::map<std::string, ports::StoredCase> stored;
        for (const auto& [agency, ids] : by_agency(cases)) {
            const auto read = read_histories(read_cases(*connection_, agency, ids), stored);
            if (!read && !broken) broken = read.error();
        }
        return stored;
    });
    if (!found) return found.unexpected();
    if (broken) return Unexpected<Error>{*broken};
    std::vector<ports::StoredCase> loaded;
    for (const auto& id : cases) loaded.push_back((*found)[id.value]);
    return loaded;
}

Result<std::vector<CaseId>> PostgresStore::find(const TrackingId& tracking_id) {
    // A probe for each agency, whatever the planner knows.
    static const std::string kFind =
        "SELECT c.case_id FROM logs l CROSS JOIN LATERAL (SELECT k.agency, k.case_id "
        "FROM trackings k WHERE k.agency = l.agency AND k.tracking_id = $1 OFFSET 0) AS t "
        "CROSS JOIN LATERAL (SELECT k.case_id, k.opened FROM cases k WHERE k.agency = t.agency AND "
        "k.case_id = t.case_id OFFSET 0) AS c ORDER BY c.opened";
    return attempt([&] {
        std::vector<CaseId> found;
        const Rows rows = connection_->run(kFind, tracking_id);
        for (const auto row : rows) found.emplace_back(row.text(0));
        return found;
    });
}

Result<std::vector<cases::PersonalValue>> PostgresStore::personal(const CaseId& case_id) {
    static const std::string kValues =
        "SELECT p.value_list FROM personal p WHERE p.agency = $1 AND p.case_id = $2";
    return attempt([&] {
        std::vector<cases::PersonalValue> values;
        const Rows rows = connection_->run(kValues, agency_of(case_id), case_id);
        for (const auto row : rows)
            for (auto& value : unpack_values(case_id, row.bytes(0)))
                values.push_back(std::move(value));
        std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
            return std::tie(a.sequence, a.path) < std::tie(b.sequence, b.path);
        });
        return values;
    });
}

// What is found may be on this server's disk only, where it gave up waiting for its standby. Before
// anybody takes it for an acknowledgement, a commit that comes after it is to be answered: then the
// standby has both.
template <class Row>
Result<std::vector<std::optional<Row>>> PostgresStore::vouched(
    Result<std::vector<std::optional<Row>>> found) {
    static const std::string kHasStandby =
        "SELECT current_setting('synchronous_standby_names') <> '' AND NOT pg_is_in_recovery()";
    if (!found) return found;
    const bool any =
        std::any_of(found->begin(), found->end(), [](const auto& row) { return row.has_value(); });
    if (!any) return found;
    const auto waits = attempt([&] { return connection_->run(kHasStandby).boolean(0, 0); });
    if (!waits) return waits.unexpected();
    if (!*waits) return found;
    const auto kept = attempt_commit([&] { connection_->run(sql::kVouch); });
    if (!kept) return kept.unexpected();
    return found;
}

Result<std::vector<std::optional<ports::IntakeRow>>> PostgresStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    const std::set<ports::IntakeKey> distinct(keys.begin(), keys.end());
    std::map<AgencyCode, Column> columns;
    for (const auto& key : distinct)
        columns.try_emplace(key.intake, texts()).first->second.add(key.key);
    auto rows_found = attempt([&] {
        std::map<ports::IntakeKey, ports::IntakeRow> taken;
        for (const auto& [agency, some] : columns) {
            const Rows rows = connection_->run(sql::kFindIntake, agency, some);
            for (const auto row : rows) {
                const ports::IntakeKey key{agency, row.text(0)};
                taken[key] = {key, CaseId(row.text(1)), TrackingId(row.text(2)), row.digest(3)};
            }
        }
        std::vector<std::optional<ports::IntakeRow>> found;
        for (const auto& key : keys) {
            const auto one = taken.find(key);
            found.push_back(one == taken.end() ? std::nullopt : std::optional(one->second));
        }
        return found;
    });
    return vouched(std::move(rows_found));
}

Result<ports::PriorAnswer> PostgresStore::prior(const ports::PriorQuery& query) {
    using Bound = std::optional<std::int32_t>;
    const cases::Place here{query.lat_udeg, query.lon_udeg};
    Bound lat_low, lat_high, lon_low, lon_high;
    if (query.within_m) {
        const auto box = cases::box_around(here, *query.within_m);
        lat_low = box.lat_low;
        lat_high = box.lat_high;
        lon_low = box.lon_low;
        lon_high = box.lon_high;
    }
    return attempt([&] {
        Batch batch;
        batch.add(sql::kLogSize, query.agency);
        batch.add(sql::kPrior, query.agency, query.attribute, Bytes{query.value},
                  query.received_from, query.received_until, query.except, lat_low, lat_high,
                  lon_low, lon_high);
        const auto answers = connection_->run(batch);
        ports::PriorAnswer answer;
        if (!answers[0].empty())
            answer.position = static_cast<std::uint64_t>(answers[0].integer(0, 0));
        for (const auto row : answers[1]) {
            const cases::Place there{static_cast<std::int32_t>(row.integer(1)),
                                     static_cast<std::int32_t>(row.integer(2))};
            if (answer.found.size() == query.at_most) break;
            if (query.within_m && !cases::near(here, there, *query.within_m)) continue;
            answer.found.emplace_back(row.text(0));
        }
        return answer;
    });
}

namespace {

// The page's events that lie in [from, until).
void add_logged(std::vector<ports::LoggedEvent>& logged, const Rows::Row& row, std::uint64_t from,
                std::uint64_t until) {
    auto position = static_cast<std::uint64_t>(row.integer(0));
    const auto leaves = split_digests(row.bytes(2));
    auto leaf = leaves.begin();
    std::string_view page = row.bytes(1);
    while (auto run = take_run(page)) {
        for (; !run->events.empty() && leaf != leaves.end(); ++leaf, ++position, ++run->sequence) {
            const auto event = take_event(run->events);
            if (position < from || position >= until) continue;
            logged.push_back({position, CaseId(std::string(run->case_id)), run->sequence,
                              std::string(event), *leaf});
        }
    }
}

}  // namespace

// Page by page, from the one that holds `from`.
Result<std::vector<ports::LoggedEvent>> PostgresStore::log(const AgencyCode& agency,
                                                           std::uint64_t from, std::size_t limit) {
    static const std::string kLog =
        "SELECT n.position, p.bytes, p.leaves FROM (SELECT m.position, m.page FROM entries m "
        "WHERE m.agency = $1 AND m.position >= coalesce((SELECT max(f.position) FROM entries f "
        "WHERE f.agency = $1 AND f.position <= $2), 0) AND m.position < $3 ORDER BY m.position) "
        "AS n CROSS JOIN LATERAL (SELECT k.bytes, k.leaves FROM pages k WHERE k.agency = $1 AND "
        "k.id = n.page OFFSET 0) AS p ORDER BY n.position";
    constexpr std::uint64_t kEnd = std::numeric_limits<std::int64_t>::max();
    const std::uint64_t until = limit < kEnd - from ? from + limit : kEnd;
    return attempt([&] {
        std::vector<ports::LoggedEvent> logged;
        const Rows rows = connection_->run(kLog, agency, from, until);
        for (const auto row : rows) add_logged(logged, row, from, until);
        return logged;
    });
}

Result<std::vector<ports::LogRoot>> PostgresStore::roots(const AgencyCode& agency) {
    static const std::string kRoots =
        "SELECT r.size, r.root FROM roots r WHERE r.agency = $1 ORDER BY r.size";
    return attempt([&] {
        std::vector<ports::LogRoot> roots;
        const Rows rows = connection_->run(kRoots, agency);
        for (const auto row : rows)
            roots.push_back({static_cast<std::uint64_t>(row.integer(0)), row.digest(1)});
        return roots;
    });
}

// An agency is met before its first commit is kept; its log begins with that.
Result<std::vector<AgencyCode>> PostgresStore::agencies() {
    static const std::string kAgencies =
        "SELECT l.agency FROM logs l WHERE l.size > 0 OR EXISTS (SELECT 1 FROM pages p WHERE "
        "p.agency = l.agency) ORDER BY 1";
    return attempt([&] {
        std::vector<AgencyCode> agencies;
        const Rows rows = connection_->run(kAgencies);
        for (const auto row : rows) agencies.emplace_back(row.text(0));
        return agencies;
    });
}

Result<std::vector<ports::Timer>> PostgresStore::due_timers(Instant now, std::size_t limit) {
    static const std::string kDue =
        "SELECT t.case_id, t.agency, t.timer_due, t.timer_name FROM logs l CROSS JOIN LATERAL "
        "(SELECT c.case_id, c.agency, c.timer_due, c.timer_name FROM cases c WHERE "
        "c.agency = l.agency AND c.timer_due <= $1 ORDER BY c.timer_due, c.case_id LIMIT $2) AS t "
        "ORDER BY t.timer_due, t.case_id LIMIT $2";
    return attempt([&] {
        std::vector<ports::Timer> timers;
        const Rows rows = connection_->run(kDue, now, std::uint64_t{limit});
        for (const auto row : rows)
            timers.push_back(
                {CaseId(row.text(0)), AgencyCode(row.text(1)), {row.integer(2)}, row.text(3)});
        return timers;
    });
}

Result<std::optional<Instant>> PostgresStore::next_due() {
    static const std::string kNext =
        "SELECT least(min(t.timer_due), min(o.next_at)) FROM logs l LEFT JOIN LATERAL "
        "(SELECT c.timer_due FROM cases c WHERE c.agency = l.agency AND c.timer_due IS NOT NULL "
        "ORDER BY c.timer_due LIMIT 1) AS t ON true LEFT JOIN LATERAL "
        "(SELECT b.next_at FROM outbox b WHERE b.agency = l.agency AND b.next_at > 0 AND NOT "
        "b.dead "
        "ORDER BY b.next_at LIMIT 1) AS o ON true";
    return attempt([&] {
        std::optional<Instant> due;
        const Rows rows = connection_->run(kNext);
        if (!rows.empty() && !rows.is_null(0, 0)) due = Instant{rows.integer(0, 0)};
        return due;
    });
}

Result<std::vector<ports::PendingCommand>> PostgresStore::pending(std::size_t limit) {
    static const std::string kPending =
        "SELECT q.command_id, q.agency, q.case_id, q.submitted_at, q.body FROM commands q "
        "ORDER BY q.id LIMIT $1";
    return attempt([&] {
        std::vector<ports::PendingCommand> commands;
        const Rows rows = connection_->run(kPending, std::uint64_t{limit});
        for (const auto row : rows) {
            commands.push_back({CommandId(row.text(0)),
                                AgencyCode(row.text(1)),
                                CaseId(row.text(2)),
                                {row.integer(3)},
                                row.text(4)});
        }
        return commands;
    });
}

Result<std::optional<ports::CommandOutcome>> PostgresStore::outcome(const CommandId& id) {
    auto found = outcomes({id});
    if (!found) return found.unexpected();
    return std::move(found->front());
}

Result<std::vector<std::optional<ports::CommandOutcome>>> PostgresStore::outcomes(
    const std::vector<CommandId>& ids) {
    auto rows_found = attempt([&] {
        std::map<std::string, ports::CommandOutcome> kept;
        for (const auto& [agency, some] : by_agency(ids)) {
            const Rows rows = connection_->run(sql::kFindOutcomes, agency, some);
            for (const auto row : rows)
                kept[row.text(0)] = unpack_outcome(row.text(0), row.bytes(1));
        }
        std::vector<std::optional<ports::CommandOutcome>> found;
        for (const auto& id : ids) {
            const auto one = kept.find(id.value);
            found.push_back(one == kept.end() ? std::nullopt : std::optional(one->second));
        }
        return found;
    });
    return vouched(std::move(rows_found));
}

}  // namespace pintu::postgres
