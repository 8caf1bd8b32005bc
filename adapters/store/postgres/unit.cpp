#include "adapters/store/postgres/unit.hpp"

#include <algorithm>
#include <tuple>

#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

constexpr std::int64_t kDecide = static_cast<std::int64_t>(ports::Work::decide);
constexpr std::int64_t kSend = static_cast<std::int64_t>(ports::Work::send);

std::string lookup_list(const ports::CaseUpdate& update) {
    return update.row.withdrawn ? "" : store::to_list(update.lookups);
}

bool is_late(const cases::CaseRow& row) {
    return std::any_of(row.clocks.begin(), row.clocks.end(),
                       [](const auto& clock) { return clock.late; });
}

struct Lookups {
    Column attributes = texts(), values = byte_strings(), received = integers(), case_ids = texts(),
           opened = integers(), lat = integers(), lon = integers();
};

void add_lookups(Lookups& columns, const ports::CaseUpdate& update, std::int64_t opened) {
    if (update.row.withdrawn) return;
    for (const auto& [attribute, value] : update.lookups) {
        columns.attributes.add(attribute);
        columns.values.add(Bytes{value});
        columns.received.add(update.row.received_at);
        columns.case_ids.add(update.row.id);
        columns.opened.add(opened);
        columns.lat.add(update.row.lat_udeg);
        columns.lon.add(update.row.lon_udeg);
    }
}

void drop_lookups(Lookups& columns, const ports::CaseUpdate& update, std::string_view former) {
    for (const auto& [attribute, value] : store::values_from_list(former)) {
        columns.attributes.add(attribute);
        columns.values.add(Bytes{value});
        columns.received.add(update.row.received_at);
        columns.case_ids.add(update.row.id);
    }
}

}  // namespace

Unit::Unit(const ports::Commit& commit) : commit_(commit) {
    follow_events();
    add_events();
    add_cases();
    add_personal();
    add_intake();
    add_effects();
    add_commands();
    add_turns();
    for (const auto& incident : commit_.incidents)
        part(incident.agency).incidents.push_back(&incident);
    for (const auto& case_id : commit_.erased) part(agency_of(case_id));
}

std::vector<AgencyCode> Unit::agencies() const {
    std::vector<AgencyCode> agencies;
    for (const auto& [agency, rows] : parts_) agencies.push_back(agency);
    return agencies;
}

void Unit::wake(const AgencyCode& agency, std::int64_t work, std::int64_t due) {
    const auto [found, is_new] = part(agency).wakes.try_emplace(work, due);
    if (!is_new) found->second = std::min(found->second, due);
}

// Each case's own chain, and where it must begin.
void Unit::follow_events() {
    for (const auto& added : commit_.events) {
        const auto& event = added.event;
        auto [found, is_new] = before_.try_emplace(event.case_id);
        Before& one = found->second;
        if (is_new) {
            order_.push_back(event.case_id);
            one.sequence = one.after = event.sequence - 1;
            one.leaf = one.last = event.previous;
            one.broken = event.sequence == 0 || (event.sequence == 1 && event.previous != Digest{});
        }
        one.broken |= event.sequence != one.after + 1 || event.previous != one.last;
        one.after = event.sequence;
        one.last = added.leaf;
    }
    for (const auto& update : commit_.cases) {
        auto [found, is_new] = before_.try_emplace(update.row.id);
        Before& one = found->second;
        if (is_new) {
            order_.push_back(update.row.id);
            one.sequence = one.after = update.row.sequence;
        }
        one.broken |= update.row.sequence != one.after;
        one.update = &update;
    }
}

// A run of events of one case, with no other case's of the same agency between, is one chunk.
void Unit::add_events() {
    struct Run {
        CaseId case_id;
        std::uint32_t sequence = 0, count = 0;
        std::string bytes, leaves;
    };
    std::map<AgencyCode, Run> runs;
    const auto close = [&](const AgencyCode& agency, Run& run) {
        if (run.count == 0) return;
        Chunks& chunks = part(agency).chunks;
        chunks.case_ids.add(run.case_id);
        chunks.sequences.add(run.sequence);
        chunks.counts.add(run.count);
        chunks.bytes.add(Bytes{run.bytes});
        chunks.leaves.add(Bytes{run.leaves});
        run = {};
    };
    for (const auto& added : commit_.events) {
        const AgencyCode agency = agency_of(added.event.case_id);
        Run& run = runs[agency];
        if (run.case_id != added.event.case_id) close(agency, run);
        if (run.count++ == 0) {
            run.case_id = added.event.case_id;
            run.sequence = added.event.sequence;
        }
        append_event(run.bytes, added.bytes);
        run.leaves += bytes_of(added.leaf);
        wake(agency, sql::kSequencer, 0);
    }
    for (auto& [agency, run] : runs) close(agency, run);
}

// New ones in the order of their first events; others by id, the order in which rows are locked.
void Unit::add_cases() {
    for (const auto& id : order_)
        if (before_.at(id).sequence == 0) add_case(id, before_.at(id));
    for (const auto& [id, before] : before_)
        if (before.sequence != 0) add_case(id, before);
}

void Unit::add_case(const CaseId& id, const Before& before) {
    if (before.update == nullptr) return;
    const auto& update = *before.update;
    const auto& row = update.row;
    Part& rows = part(agency_of(id));
    Cases& columns = before.sequence == 0 ? rows.opened : rows.moved;
    columns.case_ids.add(id);
    columns.before.add(before.sequence);
    columns.previous.add(before.leaf);
    columns.after.add(before.after);
    if (before.leaf || before.sequence == 0) {
        columns.leaves.add(before.last);
    } else {
        columns.leaves.add_null();
    }
    columns.states.add(row.state);
    columns.owners.add(row.owner);
    columns.closed.add(row.closed);
    columns.late.add(is_late(row));
    columns.timers.add(update.timer ? std::optional(update.timer->due) : std::nullopt);
    columns.timer_names.add(update.timer ? std::optional(update.timer->name) : std::nullopt);
    columns.lookups.add(Bytes{lookup_list(update)});
    columns.shown.add(Bytes{pack(row)});
    columns.updates.push_back(&update);
    if (update.timer) wake(agency_of(id), kDecide, update.timer->due.micros);
    if (before.sequence != 0) return;
    rows.tracking_ids.add(row.tracking_id);
    rows.tracked.add(id);
}

// One row for each case that has any, whatever it has.
void Unit::add_personal() {
    std::map<CaseId, Kept> kept;
    for (const auto& value : commit_.personal) {
        Kept& one = kept[value.case_id];
        if (one.values.empty()) one.sequence = value.sequence;
        one.values += pack(value);
    }
    for (const auto& key : commit_.keys) kept[key.case_id].key += key.key;
    for (const auto& row : commit_.intake) kept[row.case_id].intake += pack(row.key);
    for (const auto& [case_id, one] : kept) {
        Part& rows = part(agency_of(case_id));
        rows.personal_cases.add(case_id);
        rows.personal_sequences.add(one.sequence);
        rows.keys.add(Bytes{one.key});
        rows.values.add(Bytes{one.values});
        rows.intake_lists.add(Bytes{one.intake});
    }
}

// By key: the order in which two nodes that take the same reports in wait for each other.
void Unit::add_intake() {
    std::map<ports::IntakeKey, const ports::IntakeRow*> sorted;
    for (const auto& row : commit_.intake) sorted[row.key] = &row;
    for (const auto& [key, row] : sorted) {
        Part& rows = part(key.intake);
        rows.intake_keys.add(key.key);
        rows.intake_cases.add(row->case_id);
        rows.intake_trackings.add(row->tracking_id);
        rows.intake_contents.add(row->content);
    }
}

void Unit::add_effects() {
    for (const auto& effect : commit_.outbox) {
        const AgencyCode agency = agency_of(effect.key);
        part(agency).effect_keys.add(effect.key);
        part(agency).effects.add(Bytes{pack(effect)});
        wake(agency, kSend, 0);
    }
    for (const auto& key : commit_.sent) part(agency_of(key)).sent.add(key);
    for (const auto& one : commit_.deferred) {
        Part& rows = part(agency_of(one.key));
        rows.deferred.add(one.key);
        rows.until.add(one.dead ? Instant{sql::kNever} : one.until);
        rows.attempts.add(one.attempts);
        rows.slotted.add(one.slotted);
        rows.reached_lists.add(Bytes{store::to_list(one.reached)});
        rows.whys.add(Bytes{one.why});
        rows.dead.add(one.dead);
    }
}

void Unit::add_commands() {
    for (const auto& command : commit_.submitted) {
        Part& rows = part(command.agency);
        rows.command_ids.add(command.id);
        rows.command_cases.add(command.case_id);
        rows.submitted_at.add(command.submitted_at);
        rows.bodies.add(Bytes{command.body});
        wake(command.agency, kDecide, 0);
    }
    for (const auto& outcome : commit_.outcomes) {
        Part& rows = part(agency_of(outcome.id));
        rows.decided.add(outcome.id);
        rows.outcomes.add(Bytes{pack(outcome)});
    }
}

void Unit::add_turns() {
    for (const auto& turn : commit_.turns) {
        turns_.push_back(&turn);
        part(turn.lease.agency);
    }
    std::sort(turns_.begin(), turns_.end(), [](const auto* a, const auto* b) {
        return std::tie(a->lease.agency, a->lease.work) < std::tie(b->lease.agency, b->lease.work);
    });
}

namespace {

template <class First, class... Columns>
void add_rows(Batch& batch, const char* sql, const AgencyCode& agency, const First& first,
              const Columns&... columns) {
    if (!first.empty()) batch.add(sql, agency, first, columns...);
}

}  // namespace

Unit::Places Unit::write(Batch& batch) const {
    Places places;
    for (const auto* turn : turns_) {
        places.turns.push_back(batch.add(sql::kHoldTurn, turn->lease.agency,
                                         static_cast<std::int64_t>(turn->lease.work),
                                         turn->lease.token));
    }
    for (const auto& [agency, rows] : parts_) {
        // First of all, by id: two nodes that move the same cases wait for each other here, and in
        // one order.
        const Cases& m = rows.moved;
        if (!m.case_ids.empty()) places.moved.emplace_back(batch.size(), &agency);
        add_rows(batch, sql::kMoveCases, agency, m.case_ids, m.before, m.previous, m.after,
                 m.leaves, m.states, m.owners, m.closed, m.late, m.timers, m.timer_names, m.lookups,
                 m.shown);
        const Cases& o = rows.opened;
        if (!o.case_ids.empty()) places.opened.emplace_back(batch.size(), &agency);
        add_rows(batch, sql::kOpenCases, agency, o.case_ids, o.after, o.leaves, o.states, o.owners,
                 o.closed, o.late, o.timers, o.timer_names, o.lookups, o.shown);
        const Chunks& e = rows.chunks;
        add_rows(batch, sql::kAppend, agency, e.case_ids, e.sequences, e.counts, e.bytes, e.leaves);
        add_rows(batch, sql::kAddTrackings, agency, rows.tracking_ids, rows.tracked);
        add_rows(batch, sql::kAddPersonal, agency, rows.personal_cases, rows.personal_sequences,
                 rows.keys, rows.values, rows.intake_lists);
        add_rows(batch, sql::kTakeIn, agency, rows.intake_keys, rows.intake_cases,
                 rows.intake_trackings, rows.intake_contents);
        add_rows(batch, sql::kQueueEffects, agency, rows.effect_keys, rows.effects);
        add_rows(batch, sql::kSettleEffects, agency, rows.sent);
        add_rows(batch, sql::kDeferEffects, agency, rows.deferred, rows.until, rows.attempts,
                 rows.slotted, rows.reached_lists, rows.whys, rows.dead);
        add_rows(batch, sql::kQueueCommands, agency, rows.command_ids, rows.command_cases,
                 rows.submitted_at, rows.bodies);
        add_rows(batch, sql::kKeepOutcomes, agency, rows.decided, rows.outcomes);
        add_rows(batch, sql::kTakeCommands, agency, rows.decided);
        for (const auto* one : rows.incidents) {
            batch.add(sql::kReport, one->agency, one->id, one->case_id, one->at, one->times,
                      one->what, Bytes{one->subject}, one->code, Bytes{store::to_list(one->args)},
                      Bytes{one->command}, one->open);
        }
    }
    return places;
}

Unit::Evidence Unit::evidence() const {
    Evidence found;
    const auto count = [&](const char* sql, const AgencyCode& agency, const auto& first,
                           const auto&... columns) {
        if (first.empty()) return;
        found.wanted.push_back(static_cast<std::int64_t>(first.size()));
        found.batch.add(sql, agency, first, columns...);
    };
    for (const auto& [agency, rows] : parts_) {
        count(sql::kChunksKept, agency, rows.chunks.case_ids, rows.chunks.sequences,
              rows.chunks.leaves);
        count(sql::kOutcomesKept, agency, rows.decided, rows.outcomes);
        count(sql::kIntakeKept, agency, rows.intake_keys, rows.intake_cases);
    }
    return found;
}

bool Unit::holds(const std::vector<Rows>& rows, const Places& places) const {
    return std::none_of(places.turns.begin(), places.turns.end(),
                        [&](std::size_t at) { return rows[at].empty(); });
}

bool Unit::fits(const std::vector<Rows>& rows, const Places& places) const {
    for (const auto& [at, agency] : places.moved) {
        const auto wanted = parts_.at(*agency).moved.case_ids.size();
        if (rows[at].integer(0, 0) != static_cast<std::int64_t>(wanted)) return false;
    }
    return true;
}

void Unit::finish(Batch& batch, const std::vector<Rows>& rows, const Places& places) const {
    std::map<AgencyCode, Lookups> gone, come;
    for (const auto& [at, agency] : places.opened) {
        const auto& updates = parts_.at(*agency).opened.updates;
        for (std::size_t i = 0; i < updates.size(); ++i)
            add_lookups(come[*agency], *updates[i], rows[at].integer(i, 0));
    }
    for (const auto& [at, agency] : places.moved) {
        for (const auto row : rows[at]) {
            if (row.is_null(1)) continue;
            const auto& update = *before_.at(CaseId(row.text(1))).update;
            drop_lookups(gone[*agency], update, row.bytes(3));
            add_lookups(come[*agency], update, row.integer(2));
        }
    }
    for (const auto& [agency, l] : gone)
        add_rows(batch, sql::kDropLookups, agency, l.attributes, l.values, l.received, l.case_ids);
    for (const auto& [agency, l] : come)
        add_rows(batch, sql::kAddLookups, agency, l.attributes, l.values, l.received, l.case_ids,
                 l.opened, l.lat, l.lon);
    for (const auto& [agency, part] : parts_) {
        if (part.wakes.empty()) continue;
        Column works = integers(), due = integers();
        for (const auto& [work, at] : part.wakes) {
            works.add(work);
            due.add(at);
        }
        batch.add(sql::kWake, agency, works, due);
    }
    for (const auto* turn : turns_) {
        const auto& lease = turn->lease;
        const Bytes memo{lease.memo};
        if (lease.work == ports::Work::decide)
            batch.add(sql::kEndDecide, lease.agency, memo, turn->keep_ms);
        if (lease.work == ports::Work::send)
            batch.add(sql::kEndSend, lease.agency, memo, turn->keep_ms);
        if (lease.work == ports::Work::follow)
            batch.add(sql::kEndFollow, lease.agency, turn->finished ? Bytes{""} : memo,
                      turn->keep_ms, turn->finished);
    }
}

}  // namespace pintu::postgres
