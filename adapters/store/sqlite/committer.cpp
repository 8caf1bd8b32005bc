#include "adapters/store/sqlite/committer.hpp"

#include <algorithm>

#include "adapters/store/sql/lists.hpp"
#include "adapters/store/sqlite/rows.hpp"

namespace pintu::store {
namespace {

// The parts of an "INSERT ... ON CONFLICT DO UPDATE" of all columns.
struct Names {
    std::string columns, marks, updates;

    template <class T>
    void operator()(const char* name, const T&) {
        add(name);
    }
    void add(const std::string& name) {
        columns += (columns.empty() ? "" : ", ") + name;
        marks += marks.empty() ? "?" : ", ?";
        updates += (updates.empty() ? "" : ", ") + name + " = excluded." + name;
    }
};

std::string upsert_case() {
    Names names;
    const cases::CaseRow row;
    cases::CaseRow::fields(names, row);
    for (const char* own : {"late", "opened", "lookup_list"}) names.add(own);
    return "INSERT INTO cases (" + names.columns + ") VALUES (" + names.marks +
           ") ON CONFLICT (agency, case_id) DO UPDATE SET " + names.updates;
}

// Binds the fields of a row; lists become texts, which are kept until the statement has run.
struct Binder {
    Statement& statement;
    std::string lists[2];
    int used = 0;

    template <class T>
    void operator()(const char*, const T& value) {
        statement.add(value);
    }
    void operator()(const char*, const cases::Values& values) { keep(to_list(values)); }
    void operator()(const char*, const std::vector<cases::ClockRow>& c) { keep(to_list(c)); }
    void keep(std::string list) {
        lists[used] = std::move(list);
        statement.add(lists[used++]);
    }
};

std::string to_bytes(const std::vector<Digest>& nodes) {
    std::string bytes;
    for (const auto& node : nodes) bytes += bytes_of(node);
    return bytes;
}

std::vector<Digest> to_nodes(std::string_view bytes) {
    std::vector<Digest> nodes(bytes.size() / sizeof(Digest));
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                    nodes[i].begin());
    }
    return nodes;
}

}  // namespace

std::vector<CaseId> Committer::conflicts() {
    std::vector<CaseId> lost;
    std::map<CaseId, Last> expected;
    for (const auto& added : commit_.events) {
        const auto& event = added.event;
        auto [found, is_new] = expected.try_emplace(event.case_id);
        if (is_new) found->second = last_of(event.case_id);
        Last& last = found->second;
        if (event.sequence != last.sequence + 1 || event.previous != last.leaf) {
            lost.push_back(event.case_id);
        }
        last = {event.sequence, added.leaf};
    }
    for (const auto& update : commit_.cases) {
        auto [found, is_new] = expected.try_emplace(update.row.id);
        if (is_new) found->second = last_of(update.row.id);
        if (update.row.sequence != found->second.sequence) lost.push_back(update.row.id);
    }
    add_taken(lost);
    std::sort(lost.begin(), lost.end());
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    return lost;
}

void Committer::add_taken(std::vector<CaseId>& lost) {
    static const std::string kTaken = "SELECT case_id FROM intake WHERE agency = ?1 AND key = ?2";
    static const std::string kDecided = "SELECT 1 FROM outcomes WHERE command_id = ?1";
    for (const auto& row : commit_.intake) {
        auto& taken = database_.query(kTaken, row.key.intake, row.key.key);
        while (taken.step()) lost.emplace_back(taken.text(0));
    }
    for (const auto& outcome : commit_.outcomes) {
        auto& decided = database_.query(kDecided, outcome.id);
        while (decided.step()) lost.push_back(outcome.case_id);
    }
}

Committer::Last Committer::last_of(const CaseId& case_id) {
    static const std::string kLast =
        "SELECT sequence, leaf FROM events WHERE case_id = ?1 ORDER BY sequence DESC LIMIT 1";
    Last last;
    auto& rows = database_.query(kLast, case_id);
    while (rows.step()) {
        last = {static_cast<std::uint32_t>(rows.integer(0)), rows.digest(1)};
    }
    return last;
}

const AgencyCode& Committer::agency_of(const CaseId& case_id) {
    static const std::string kAgency = "SELECT agency FROM cases WHERE case_id = ?1";
    auto [found, is_new] = agencies_.try_emplace(case_id);
    if (is_new) {
        auto& rows = database_.query(kAgency, case_id);
        while (rows.step()) found->second = AgencyCode(rows.text(0));
    }
    return found->second;
}

Result<history::Frontier> Committer::frontier_of(const AgencyCode& agency) {
    static const std::string kLog = "SELECT size, nodes FROM logs WHERE agency = ?1";
    std::uint64_t size = 0;
    std::vector<Digest> nodes;
    auto& rows = database_.query(kLog, agency);
    while (rows.step()) {
        size = static_cast<std::uint64_t>(rows.integer(0));
        nodes = to_nodes(rows.bytes(1));
    }
    return history::Frontier::restore(size, std::move(nodes));
}

Result<void> Committer::write() {
    if (const auto written = write_events(); !written) return written;
    write_personal();
    write_cases();
    write_intake();
    write_outbox();
    write_commands();
    write_incidents();
    erase();
    return {};
}

Result<void> Committer::write_events() {
    static const std::string kEvent =
        "INSERT INTO events (agency, position, case_id, sequence, bytes, leaf) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    static const std::string kLog = "INSERT OR REPLACE INTO logs VALUES (?1, ?2, ?3)";
    static const std::string kRoot = "INSERT INTO roots VALUES (?1, ?2, ?3)";
    std::map<AgencyCode, history::Frontier> frontiers;
    for (const auto& added : commit_.events) {
        const auto& event = added.event;
        auto found = frontiers.find(event.agency);
        if (found == frontiers.end()) {
            auto stored = frontier_of(event.agency);
            if (!stored) return stored.unexpected();
            found = frontiers.emplace(event.agency, std::move(*stored)).first;
        }
        database_.run(kEvent, event.agency, found->second.size(), event.case_id, event.sequence,
                      Blob{added.bytes}, added.leaf);
        found->second.append(added.leaf);
        agencies_[event.case_id] = event.agency;
        if (event.sequence == 1) opened_[event.case_id] = database_.last_id();
    }
    for (const auto& [agency, frontier] : frontiers) {
        database_.run(kLog, agency, frontier.size(), Blob{to_bytes(frontier.nodes())});
        database_.run(kRoot, agency, frontier.size(), frontier.root());
    }
    return {};
}

void Committer::write_personal() {
    static const std::string kValue = "INSERT INTO personal VALUES (?1, ?2, ?3, ?4, ?5)";
    static const std::string kKey = "INSERT INTO case_keys VALUES (?1, ?2, ?3)";
    for (const auto& value : commit_.personal) {
        database_.run(kValue, agency_of(value.case_id), value.case_id, value.sequence, value.path,
                      value.value);
    }
    for (const auto& key : commit_.keys) {
        database_.run(kKey, agency_of(key.case_id), key.case_id, Blob{key.key});
    }
}

void Committer::write_cases() {
    for (const auto& update : commit_.cases) {
        write_case(update);
        write_timer(update);
    }
}

void Committer::write_case(const ports::CaseUpdate& update) {
    static const std::string kOld =
        "SELECT opened, lookup_list FROM cases WHERE agency = ?1 AND case_id = ?2";
    static const std::string kUpsert = upsert_case();
    const auto& row = update.row;
    const auto begun = opened_.find(row.id);
    std::int64_t opened = begun == opened_.end() ? 0 : begun->second;
    std::string old_lookups;
    auto& old = database_.query(kOld, row.agency, row.id);
    while (old.step()) {
        opened = old.integer(0);
        old_lookups = old.text(1);
    }
    const std::string lookups = row.withdrawn ? "" : to_list(update.lookups);
    Statement& upsert = database_.prepared(kUpsert);
    upsert.begin();
    Binder binder{upsert, {}, 0};
    cases::CaseRow::fields(binder, row);
    upsert.add(std::any_of(row.clocks.begin(), row.clocks.end(),
                           [](const auto& clock) { return clock.late; }));
    upsert.add(opened);
    upsert.add(lookups);
    upsert.run();
    if (lookups == old_lookups) return;
    static const std::string kGone =
        "DELETE FROM lookups WHERE agency = ?1 AND attribute = ?2 AND value = ?3 AND "
        "received_at = ?4 AND case_id = ?5";
    for (const auto& [attribute, value] : values_from_list(old_lookups)) {
        database_.run(kGone, row.agency, attribute, value, row.received_at, row.id);
    }
    if (!row.withdrawn) write_lookups(update, opened);
}

void Committer::write_lookups(const ports::CaseUpdate& update, std::int64_t opened) {
    static const std::string kLookup =
        "INSERT INTO lookups VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    const auto& row = update.row;
    for (const auto& [attribute, value] : update.lookups) {
        database_.run(kLookup, row.agency, attribute, value, row.received_at, row.id, opened,
                      row.lat_udeg, row.lon_udeg);
    }
}

void Committer::write_timer(const ports::CaseUpdate& update) {
    static const std::string kSet =
        "INSERT INTO timers VALUES (?1, ?2, ?3, ?4) ON CONFLICT (agency, case_id) DO UPDATE SET "
        "due = excluded.due, name = excluded.name WHERE due <> excluded.due OR "
        "name <> excluded.name";
    static const std::string kGone = "DELETE FROM timers WHERE agency = ?1 AND case_id = ?2";
    if (update.timer) {
        const auto& [due, name] = *update.timer;
        database_.run(kSet, update.row.agency, update.row.id, due, name);
    } else {
        database_.run(kGone, update.row.agency, update.row.id);
    }
}

void Committer::write_intake() {
    static const std::string kIntake = "INSERT INTO intake VALUES (?1, ?2, ?3, ?4, ?5)";
    for (const auto& row : commit_.intake) {
        database_.run(kIntake, row.key.intake, row.key.key, row.case_id, row.tracking_id,
                      row.content);
    }
}

void Committer::write_outbox() {
    static const std::string kEffect =
        "INSERT INTO outbox (agency, effect_key, case_id, tracking_id, at, kind, message, whom, "
        "unit, person_list, channel, next_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0) "
        "ON CONFLICT (effect_key) DO NOTHING";
    static const std::string kSettled = "DELETE FROM outbox WHERE effect_key = ?1";
    for (const auto& effect : commit_.outbox) {
        database_.run(kEffect, effect.agency, effect.key, effect.case_id, effect.tracking_id,
                      effect.at, effect.kind, effect.message, effect.whom, effect.unit,
                      to_list(effect.persons), effect.channel);
    }
    for (const auto& key : commit_.sent) database_.run(kSettled, key);
    static const std::string kDeferred =
        "UPDATE outbox SET next_at = ?2, attempts = ?3, slotted = ?4, reached_list = ?5, why = ?6, "
        "dead = ?7 WHERE effect_key = ?1";
    for (const auto& one : commit_.deferred)
        database_.run(kDeferred, one.key, one.dead ? kNever : one.until, one.attempts, one.slotted,
                      to_list(one.reached), one.why, one.dead);
}

void Committer::write_commands() {
    static const std::string kOutcome =
        "INSERT OR REPLACE INTO outcomes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    static const std::string kDecided = "DELETE FROM commands WHERE command_id = ?1";
    for (const auto& command : commit_.submitted) submit(database_, command);
    for (const auto& outcome : commit_.outcomes) {
        database_.run(kOutcome, outcome.id, outcome.case_id, outcome.accepted, outcome.code,
                      to_list(outcome.args), to_list(outcome.allowed), outcome.sequence,
                      outcome.at);
        database_.run(kDecided, outcome.id);
    }
}

void Committer::write_incidents() {
    static const std::string kIncident =
        "INSERT INTO incidents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, at = excluded.at, "
        "times = times + excluded.times, what = excluded.what, subject = excluded.subject, "
        "code = excluded.code, arg_list = excluded.arg_list, command = excluded.command, "
        "open = excluded.open";
    for (const auto& one : commit_.incidents) {
        database_.run(kIncident, one.agency, one.id, one.case_id, one.at, one.times, one.what,
                      one.subject, one.code, to_list(one.args), Blob{one.command}, one.open);
    }
}

void Committer::erase() {
    static const std::string kValues = "DELETE FROM personal WHERE agency = ?1 AND case_id = ?2";
    static const std::string kKey = "DELETE FROM case_keys WHERE agency = ?1 AND case_id = ?2";
    // Without an index: erasures are rare, intakes are not.
    static const std::string kContent =
        "DELETE FROM intake WHERE case_id = ?1 AND key >= 'content:' AND key < 'content;'";
    // A command may hold what somebody wrote.
    static const std::string kIncident =
        "UPDATE incidents SET command = x'' WHERE case_id = ?1 AND command <> x''";
    for (const auto& case_id : commit_.erased) {
        const AgencyCode& agency = agency_of(case_id);
        database_.run(kValues, agency, case_id);
        database_.run(kKey, agency, case_id);
        database_.run(kContent, case_id);
        database_.run(kIncident, case_id);
    }
}

bool submit(Database& database, const ports::PendingCommand& command) {
    static const std::string kSubmit =
        "INSERT INTO commands (agency, command_id, case_id, submitted_at, body) "
        "SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS "
        "(SELECT 1 FROM outcomes WHERE command_id = ?2) ON CONFLICT (command_id) DO NOTHING";
    database.run(kSubmit, command.agency, command.id, command.case_id, command.submitted_at,
                 Blob{command.body});
    return database.changes() > 0;
}

}  // namespace pintu::store
