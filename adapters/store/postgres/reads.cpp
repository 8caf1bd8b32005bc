// What the store gives back: histories, queues, the log.
#include <algorithm>
#include <limits>

#include "adapters/store/postgres/by_agency.hpp"
#include "adapters/store/postgres/marks.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/page.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/shown.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "engine/cases/state/place.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"

namespace pintu::postgres {
namespace {

constexpr std::int64_t kUsualEvents = 64;  // few cases have more

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
        stored.events.reserve(
            static_cast<std::size_t>(std::clamp<std::int64_t>(row.integer(3), 0, kUsualEvents)));
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
        broken.reset();
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
    std::map<std::string_view, std::size_t> places;
    for (const auto& id : cases) {
        const auto [place, first] = places.try_emplace(id.value, loaded.size());
        loaded.push_back(first ? std::move((*found)[id.value]) : loaded[place->second]);
    }
    return loaded;
}

Result<std::vector<CaseId>> PostgresStore::find(const TrackingId& tracking_id) {
    // A probe for each agency, whatever the planner knows.
    static const std::string kFind =
        "SELECT c.case_id FROM logs l CROSS JOIN LATERAL (SELECT k.agency, k.case_id "
        "FROM trackings k WHERE k.agency = l.agency AND k.tracking_key = $1 AND k.tracking_id = $2 "
        "OFFSET 0) AS t "
        "CROSS JOIN LATERAL (SELECT k.case_id, k.opened FROM cases k WHERE k.agency = t.agency AND "
        "k.case_id = t.case_id OFFSET 0) AS c ORDER BY c.opened";
    return attempt([&] {
        std::vector<CaseId> found;
        const Rows rows = connection_->run(kFind, tracking_key(tracking_id), tracking_id);
        for (const auto row : rows) found.emplace_back(row.text(0));
        return found;
    });
}

// What is found may be on this server's disk only, where it gave up waiting for its standby. Before
// anybody takes it for an acknowledgement, a commit that comes after it is to be answered: then the
// standby has both.
Result<void> PostgresStore::vouch() {
    static const std::string kHasStandby =
        "SELECT current_setting('synchronous_standby_names') <> '' AND NOT pg_is_in_recovery()";
    const auto waits = attempt([&] { return connection_->run(kHasStandby).boolean(0, 0); });
    if (!waits) return waits.unexpected();
    if (!*waits) return {};
    return attempt_commit([&] { connection_->run(sql::kVouch); });
}

Result<std::vector<std::optional<ports::IntakeRow>>> PostgresStore::find_intake(
    const std::vector<ports::IntakeKey>& keys) {
    std::map<AgencyCode, std::map<std::string, ports::IntakeKey>> asked;
    for (const auto& key : keys) asked[key.intake].try_emplace(short_key(key), key);
    std::map<ports::IntakeKey, ports::IntakeRow> taken;
    const auto read = attempt([&] {
        for (const auto& [agency, some] : asked) {
            Column wanted = byte_strings();
            for (const auto& [short_form, key] : some) wanted.add(short_form);
            const Rows rows = connection_->run(sql::kFindIntake, agency, wanted);
            for (const auto row : rows) {
                const auto& key = some.at(std::string(row.bytes(0)));
                taken[key] = {key, CaseId(row.text(1)), TrackingId(row.text(2)), row.digest(3)};
            }
        }
        return true;
    });
    if (!read) return read.unexpected();
    if (!taken.empty())
        if (const auto vouched = vouch(); !vouched) return vouched.unexpected();
    std::vector<std::optional<ports::IntakeRow>> found;
    for (const auto& key : keys) {
        const auto one = taken.find(key);
        found.push_back(one == taken.end() ? std::nullopt : std::optional(one->second));
    }
    return found;
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

// Page by page, from the one that holds `from`; where none of `limit` positions can be read, from
// the next one that has a page.
Result<std::vector<ports::LoggedEvent>> PostgresStore::log(const AgencyCode& agency,
                                                           std::uint64_t from, std::size_t limit) {
    static const std::string kLog =
        "SELECT n.position, p.bytes, p.leaves FROM (SELECT m.position, m.page FROM entries m "
        "WHERE m.agency = $1 AND m.position >= coalesce((SELECT max(f.position) FROM entries f "
        "WHERE f.agency = $1 AND f.position <= $2), 0) AND m.position < $3 ORDER BY m.position) "
        "AS n CROSS JOIN LATERAL (SELECT k.bytes, k.leaves FROM pages k WHERE k.agency = $1 AND "
        "k.id = n.page OFFSET 0) AS p ORDER BY n.position";
    static const std::string kNext =
        "SELECT m.position FROM entries m WHERE m.agency = $1 AND m.position >= $2 AND EXISTS "
        "(SELECT FROM pages k WHERE k.agency = $1 AND k.id = m.page) ORDER BY m.position LIMIT 1";
    constexpr std::uint64_t kEnd = std::numeric_limits<std::int64_t>::max();
    return attempt([&] {
        std::vector<ports::LoggedEvent> logged;
        for (std::uint64_t begin = from; limit > 0;) {
            const std::uint64_t until = limit < kEnd - begin ? begin + limit : kEnd;
            const Rows rows = connection_->run(kLog, agency, begin, until);
            for (const auto row : rows) add_logged(logged, row, begin, until);
            if (!logged.empty()) break;
            const Rows next = connection_->run(kNext, agency, until);
            if (next.empty()) break;
            begin = static_cast<std::uint64_t>(next.integer(0, 0));
        }
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
        "(SELECT c.case_id, c.agency, c.timer_due, " PINTU_SHOWN_TIMER
        " AS timer_name FROM cases c WHERE "
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

}  // namespace pintu::postgres
