// A commit's columns become statements.
#include <algorithm>

#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/postgres/unit.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

struct Lookups {
    Column attributes = texts(), values = byte_strings(), received = integers(), case_ids = texts(),
           opened = integers(), lat = integers(), lon = integers();
};

std::string lookup_list(const ports::CaseUpdate& update) {
    return update.row.withdrawn ? "" : store::to_list(update.lookups);
}

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

template <class First, class... Columns>
void add_rows(Batch& batch, const char* sql, const std::string& agency, const First& first,
              const Columns&... columns) {
    if (!first.empty()) batch.add(sql, agency, first, columns...);
}

template <class Columns>
std::size_t add_case_rows(Batch& batch, const char* sql, const std::string& agency,
                          const Columns& c, auto... strict) {
    return batch.add(sql, agency, c.case_ids, c.leaves, Sparse{c.closed}, Sparse{c.timers},
                     Sparse{c.lookups}, c.shown, c.parts, Sparse{c.marks}, strict...);
}

template <class Columns>
void add_personal_rows(Batch& batch, const char* sql, const std::string& agency, const Columns& c) {
    add_rows(batch, sql, agency, c.case_ids, c.sequences, c.keys, c.values, c.intake_lists);
}

}  // namespace

Unit::Places Unit::write(Batch& batch, bool strict) const {
    Places places;
    for (const auto* turn : turns_) {
        places.turns.push_back(batch.add(sql::kHoldTurn, turn->lease.agency,
                                         static_cast<std::int64_t>(turn->lease.work),
                                         turn->lease.token, strict));
    }
    for (const auto& [agency, rows] : shares_) write_share(batch, agency, rows, strict, places);
    return places;
}

void Unit::write_share(Batch& batch, const std::string& agency, const Share& rows, bool strict,
                       Places& places) const {
    // First of all, by id: two nodes that move the same cases wait for each other here, and in one
    // order. Marks come after: of two nodes that each refuse on a case which the other moves, the
    // server ends one, which is sent again.
    if (!rows.moved.case_ids.empty())
        places.moved.emplace_back(add_case_rows(batch, sql::kMoveCases, agency, rows.moved, strict),
                                  &agency);
    if (!rows.opened.case_ids.empty()) {
        add_case_rows(batch, sql::kOpenCases, agency, rows.opened);
        Lookups l;
        for (const auto* update : rows.opened.updates) add_lookups(l, *update, 0);
        add_rows(batch, sql::kOpenLookups, agency, l.attributes, l.values, l.received, l.case_ids,
                 l.lat, l.lon);
    }
    if (!rows.marks.empty()) {
        Column case_ids = texts(), marks = byte_strings();
        for (const auto& [case_id, some] : rows.marks) {
            case_ids.add(case_id);
            marks.add(some);
        }
        places.marked.emplace_back(batch.add(sql::kMark, agency, case_ids, marks, strict), &agency);
    }
    add_rows(batch, sql::kAppend, agency, rows.pages.parts(), rows.pages.leaves(),
             rows.pages.bytes());
    add_rows(batch, sql::kAddTrackings, agency, rows.tracking_keys, rows.tracking_ids,
             rows.tracked);
    add_personal_rows(batch, sql::kOpenPersonal, agency, rows.personal);
    add_personal_rows(batch, sql::kAddPersonal, agency, rows.more_personal);
    add_rows(batch, sql::kTakeIn, agency, rows.intake_keys, rows.intake_cases,
             rows.intake_trackings, rows.intake_contents);
    add_rows(batch, sql::kQueueEffects, agency, rows.effect_keys, rows.effects);
    add_rows(batch, sql::kSettleEffects, agency, rows.sent);
    add_rows(batch, sql::kDeferEffects, agency, rows.deferred, rows.until, rows.attempts,
             rows.slotted, rows.reached_lists, rows.whys, rows.dead);
    add_rows(batch, sql::kQueueCommands, agency, rows.command_ids, rows.command_cases,
             rows.submitted_at, rows.bodies);
    add_rows(batch, sql::kKeepOutcomes, agency, rows.outcome_ids, rows.outcomes);
    add_rows(batch, sql::kTakeCommands, agency, rows.decided);
    for (const auto* one : rows.incidents) {
        batch.add(sql::kReport, one->agency, one->id, one->case_id, one->at, one->times, one->what,
                  Bytes{one->subject}, one->code, Bytes{store::to_list(one->args)},
                  Bytes{one->command}, one->open);
    }
}

void Unit::write_changed(Batch& batch, const std::vector<Rows>& rows, Places& places) const {
    for (const auto& [at, agency] : places.moved) {
        const auto& moved = shares_.at(*agency).moved;
        if (rows[at].integer(0, 0) == static_cast<std::int64_t>(moved.updates.size())) continue;
        const auto former = batch.add(sql::kFormerLookups, *agency, moved.case_ids);
        const auto changed = add_case_rows(batch, sql::kMoveChanged, *agency, moved, false);
        places.former.emplace_back(rows.size() + former, agency);
        places.changed.emplace_back(rows.size() + changed, agency);
    }
}

Unit::Evidence Unit::evidence(std::int64_t first) const {
    Evidence found;
    const auto count = [&](const char* sql, const std::string& agency, const auto& column,
                           const auto&... columns) {
        if (column.empty()) return;
        found.wanted.push_back(static_cast<std::int64_t>(column.size()));
        found.batch.add(sql, agency, column, columns...);
    };
    for (const auto& [agency, rows] : shares_) {
        count(sql::kPagesKept, agency, rows.pages.leaves(), std::to_string(first));
        count(sql::kOutcomesKept, agency, rows.outcome_ids, rows.outcomes);
        count(sql::kIntakeKept, agency, rows.intake_keys, rows.intake_cases);
    }
    return found;
}

bool Unit::holds(const std::vector<Rows>& rows, const Places& places) const {
    return std::none_of(places.turns.begin(), places.turns.end(),
                        [&](std::size_t at) { return rows[at].integer(0, 0) == 0; });
}

bool Unit::fits(const std::vector<Rows>& rows, const Places& places) const {
    for (const auto& [at, agency] : places.marked)
        if (rows[at].integer(0, 0) != 0) return false;
    std::map<std::string_view, std::int64_t> missing;
    for (const auto& [at, agency] : places.moved) {
        const auto wanted = static_cast<std::int64_t>(shares_.at(*agency).moved.updates.size());
        missing[*agency] = wanted - rows[at].integer(0, 0);
    }
    for (const auto& [at, agency] : places.changed) missing[*agency] -= rows[at].integer(0, 0);
    return std::all_of(missing.begin(), missing.end(),
                       [](const auto& one) { return one.second == 0; });
}

void Unit::change(Batch& batch, const std::vector<Rows>& rows, const Places& places) const {
    std::map<std::string_view, Lookups> gone, come;
    for (const auto& [at, agency] : places.former) {
        for (const auto row : rows[at]) {
            const auto& update = *find(CaseId(row.text(0)))->update;
            if (row.bytes(2) == lookup_list(update)) continue;
            drop_lookups(gone[*agency], update, row.bytes(2));
            add_lookups(come[*agency], update, row.integer(1));
        }
    }
    for (const auto& [agency, l] : gone)
        add_rows(batch, sql::kDropLookups, std::string(agency), l.attributes, l.values, l.received,
                 l.case_ids);
    for (const auto& [agency, l] : come)
        add_rows(batch, sql::kAddLookups, std::string(agency), l.attributes, l.values, l.received,
                 l.case_ids, l.opened, l.lat, l.lon);
}

void Unit::end(Batch& batch) const {
    for (const auto& [agency, share] : shares_) {
        Column works = integers(), due = integers();
        for (std::size_t work = 0; work < share.wakes.size(); ++work) {
            if (share.wakes[work] == sql::kNever) continue;
            works.add(work);
            due.add(share.wakes[work]);
        }
        add_rows(batch, sql::kWake, agency, works, due);
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
