// A commit's rows become columns.
#include "adapters/store/postgres/unit.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <tuple>

#include "adapters/store/postgres/id_order.hpp"
#include "adapters/store/postgres/marks.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/postgres/warm.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

constexpr std::size_t kDecide = static_cast<std::size_t>(ports::Work::decide);
constexpr std::size_t kSend = static_cast<std::size_t>(ports::Work::send);

// As agency_of(), of an id that stays.
std::string_view agency_in(std::string_view id) {
    const auto dash = id.find('-');
    return id.substr(0, dash == std::string_view::npos ? 0 : dash);
}

// What is kept of one case in a row of `personal`.
struct Kept {
    std::string_view case_id;
    std::uint32_t sequence = 0;
    std::string key, values, intake;
};

class KeptByCase {
  public:
    explicit KeptByCase(std::size_t cases) {
        kept_.reserve(cases);
        at_.reserve(cases);
    }
    // Mostly the same as before, or the next one.
    Kept& of(const CaseId& id) {
        for (std::size_t at = found_; at < kept_.size() && at <= found_ + 1; ++at)
            if (kept_[at].case_id == id.value) return kept_[found_ = at];
        const auto [found, is_new] = at_.try_emplace(id.value, kept_.size());
        if (is_new) kept_.push_back({id.value, 0, {}, {}, {}});
        return kept_[found_ = found->second];
    }
    std::vector<const Kept*> by_id() const {
        std::vector<std::string_view> ids;
        for (const auto& one : kept_) ids.push_back(one.case_id);
        std::vector<const Kept*> ordered;
        for (const auto place : places_by_id(ids)) ordered.push_back(&kept_[place]);
        return ordered;
    }

  private:
    std::vector<Kept> kept_;
    std::size_t found_ = 0;
    boost::unordered_flat_map<std::string_view, std::size_t> at_;
};

// What is read of those that find() finds next.
void warm_found(const std::vector<Unit::Case>& cases, std::size_t at) {
    if (at + kAhead < cases.size()) {
        const auto* event = cases[at + kAhead].last_event;
        if (event != nullptr) fetch(event, sizeof *event);
    }
    if (at + kAhead / 2 < cases.size()) {
        const auto& next = cases[at + kAhead / 2];
        fetch(next.text.data(), next.text.size());
        if (next.last_event != nullptr) fetch(next.last_event->command.value);
    }
}

}  // namespace

Unit::Share::Share() {
    wakes.fill(sql::kNever);
}

Unit::Unit(const ports::Commit& commit) : commit_(commit) {
    list_cases();
    add_events();
    add_outcomes();
    add_cases();
    add_personal();
    add_intake();
    add_effects();
    add_commands();
    add_turns();
    for (const auto& incident : commit_.incidents)
        share(incident.agency.value).incidents.push_back(&incident);
    for (const auto& case_id : commit_.erased) share_of(case_id.value);
}

std::vector<AgencyCode> Unit::agencies() const {
    std::vector<AgencyCode> agencies;
    for (const auto& [agency, rows] : shares_) agencies.emplace_back(agency);
    return agencies;
}

bool Unit::broken() const {
    return std::any_of(cases_.begin(), cases_.end(), [](const Case& one) { return one.broken; });
}

// Mostly the same as before.
Unit::Share& Unit::share(std::string_view agency) {
    if (last_share_ == nullptr || last_share_->first != agency) {
        auto found = shares_.find(agency);
        if (found == shares_.end()) found = shares_.try_emplace(std::string(agency)).first;
        last_share_ = &*found;
    }
    return last_share_->second;
}

// Those of one agency mostly come one after the other.
Unit::Share& Unit::share_of(std::string_view id) {
    if (last_share_ != nullptr) {
        const std::string& code = last_share_->first;
        if (id.size() > code.size() && id[code.size()] == '-' && id.starts_with(code))
            return last_share_->second;
    }
    return share(agency_in(id));
}

const Unit::Case* Unit::find(const CaseId& id) const {
    const auto found = std::lower_bound(
        by_id_.begin(), by_id_.end(), id,
        [&](std::uint32_t at, const CaseId& wanted) { return cases_[at].text < wanted.value; });
    return found == by_id_.end() || cases_[*found].text != id.value ? nullptr : &cases_[*found];
}

// Mostly the same as before, or the next one.
Unit::Case* Unit::find(const CaseId& id) {
    for (std::size_t at = found_; at < cases_.size() && at <= found_ + 1; ++at) {
        if (cases_[at].text != id.value) continue;
        if (at != found_) warm_found(cases_, at);
        found_ = at;
        return &cases_[at];
    }
    const Case* found = std::as_const(*this).find(id);
    if (found == nullptr) return nullptr;
    found_ = static_cast<std::size_t>(found - cases_.data());
    return &cases_[found_];
}

// In the commit's order, which is mostly that of its events and outcomes too; of one case the last.
void Unit::list_cases() {
    std::vector<std::string_view> ids;
    ids.reserve(commit_.cases.size());
    for (std::size_t i = 0; i < commit_.cases.size(); ++i) {
        if (i + kAhead < commit_.cases.size())
            fetch(&commit_.cases[i + kAhead].row.id, sizeof(CaseId));
        ids.push_back(commit_.cases[i].row.id.value);
        fetch(commit_.cases[i].row.id.value);
    }
    by_id_ = places_by_id(ids);
    std::vector<bool> replaced(ids.size());
    for (std::size_t i = 1; i < by_id_.size(); ++i)
        replaced[by_id_[i - 1]] = ids[by_id_[i - 1]] == ids[by_id_[i]];
    std::vector<std::uint32_t> places;  // in cases_
    places.reserve(ids.size());
    cases_.reserve(ids.size());
    for (const auto& update : commit_.cases) {
        const bool stays = !replaced[places.size()];
        places.push_back(static_cast<std::uint32_t>(cases_.size()));
        if (!stays) continue;
        Case& one = cases_.emplace_back();
        one.update = &update;
        one.text = update.row.id.value;
        one.before = one.after = update.row.sequence;
    }
    std::erase_if(by_id_, [&](std::uint32_t place) { return replaced[place]; });
    for (auto& place : by_id_) place = places[place];
}

// Each case's own chain, and where it must begin.
void Unit::add_events() {
    for (std::size_t i = 0; i < commit_.events.size(); ++i) {
        warm(commit_.events, i);
        const auto& added = commit_.events[i];
        const auto& event = added.event;
        Case* one = find(event.case_id);
        if (one == nullptr) {
            without_row_ = &event.case_id;
            return;
        }
        if (one->last == nullptr) {
            one->before = one->after = event.sequence - 1;
            one->previous = one->last = &event.previous;
            one->broken =
                event.sequence == 0 || (event.sequence == 1 && event.previous != Digest{});
            if (event.sequence == 1) new_cases_.push_back(one);
        }
        one->broken |= event.sequence != one->after + 1 || event.previous != *one->last;
        one->after = event.sequence;
        one->last = &added.leaf;
        one->last_event = &event;
        Share& rows = share_of(event.case_id.value);
        const std::uint32_t part = rows.pages.add(added, next_part_);
        if (one->part != part) append_part(one->parts, part);
        one->part = part;
        rows.wakes[sql::kSequencer] = 0;
    }
    for (auto& [agency, rows] : shares_) rows.pages.finish();
    for (auto& one : cases_) one.broken |= one.after == 0 || one.update->row.sequence != one.after;
}

// A mark in the case's row for each of its own commands; a row where no event tells the outcome,
// or where there was no case that could have a mark.
void Unit::add_outcomes() {
    for (std::size_t i = 0; i < commit_.outcomes.size(); ++i) {
        warm(commit_.outcomes, i);
        const auto& outcome = commit_.outcomes[i];
        Share& rows = share_of(outcome.id.value);
        rows.decided.add(outcome.id);
        Case* one = nullptr;
        if (is_own(outcome.id, outcome.case_id)) {
            one = find(outcome.case_id);
            (one != nullptr ? one->marks : rows.marks[outcome.case_id.value]) +=
                mark_of(outcome.id);
        }
        const bool was_there = one != nullptr && one->before != 0;
        if (was_there && one->last_event != nullptr && tells(*one->last_event, outcome)) continue;
        rows.outcome_ids.add(outcome.id);
        pack(rows.outcomes.open(), outcome);
        rows.outcomes.close();
    }
}

// New ones in the order of their first events; others by id, the order in which rows are locked.
void Unit::add_cases() {
    std::vector<const Case*> ordered = std::move(new_cases_);
    for (const auto place : by_id_)
        if (cases_[place].before != 0) ordered.push_back(&cases_[place]);
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        if (i + kAhead < ordered.size()) {
            const Case& next = *ordered[i + kAhead];
            fetch(next.update, sizeof *next.update);
            fetch(next.last, sizeof *next.last);
            fetch(next.previous, sizeof *next.previous);
        }
        if (i + kAhead / 2 < ordered.size()) fetch_parts(*ordered[i + kAhead / 2]->update);
        add_case(*ordered[i]);
    }
}

void Unit::add_case(const Case& of) {
    const auto& update = *of.update;
    const auto& row = update.row;
    Share& rows = share_of(row.id.value);
    CaseColumns& columns = of.before == 0 ? rows.opened : rows.moved;
    columns.case_ids.add(row.id);
    std::string& leaves = columns.leaves.open();
    if (of.last != nullptr) leaves += bytes_of(*of.last);
    if (of.last != nullptr && of.before != 0) leaves += bytes_of(*of.previous);
    columns.leaves.close();
    columns.closed.add(row.closed);
    if (update.timer) {
        columns.timers.add(update.timer->due);
        auto& wake = rows.wakes[kDecide];
        wake = std::min(wake, update.timer->due.micros);
    } else {
        columns.timers.add_null();
    }
    std::string& lookups = columns.lookups.open();
    if (!row.withdrawn) store::append_list(lookups, update.lookups);
    columns.lookups.close();
    pack(columns.shown.open(), row, update.timer ? update.timer->name : "");
    columns.shown.close();
    columns.parts.add(of.parts);
    columns.marks.add(of.marks);
    columns.updates.push_back(&update);
    if (of.before != 0) return;
    rows.tracking_keys.add(tracking_key(row.tracking_id));
    rows.tracking_ids.add(row.tracking_id);
    rows.tracked.add(row.id);
}

// One row for each case that has any, whatever it has.
void Unit::add_personal() {
    KeptByCase kept(commit_.keys.size());
    for (std::size_t i = 0; i < commit_.personal.size(); ++i) {
        warm(commit_.personal, i);
        const auto& value = commit_.personal[i];
        Kept& one = kept.of(value.case_id);
        if (one.values.empty()) one.sequence = value.sequence;
        pack(one.values, value);
    }
    for (const auto& key : commit_.keys) kept.of(key.case_id).key += key.key;
    for (const auto& row : commit_.intake) pack(kept.of(row.case_id).intake, row.key);
    for (const auto* one : kept.by_id()) {
        Share& rows = share_of(one->case_id);
        // An event brings its values once; what comes without an event may come again.
        auto& columns = one->sequence != 0 ? rows.personal : rows.more_personal;
        columns.case_ids.add(one->case_id);
        columns.sequences.add(one->sequence);
        columns.keys.add(Bytes{one->key});
        columns.values.add(Bytes{one->values});
        columns.intake_lists.add(Bytes{one->intake});
    }
}

// By key: the order in which two nodes that take the same reports in wait for each other. Of one
// key the last.
void Unit::add_intake() {
    const auto& intake = commit_.intake;
    std::vector<std::string> keys;
    keys.reserve(intake.size());
    for (const auto& row : intake) keys.push_back(short_key(row.key));
    const auto places = places_by_id({keys.begin(), keys.end()});
    const auto comes_again = [&](std::size_t i) {
        for (std::size_t j = i + 1; j < places.size() && keys[places[j]] == keys[places[i]]; ++j)
            if (intake[places[j]].key == intake[places[i]].key) return true;
        return false;
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i + kAhead < places.size()) fetch_parts(intake[places[i + kAhead]]);
        if (comes_again(i)) continue;
        const auto& row = intake[places[i]];
        Share& rows = share(row.key.intake.value);
        rows.intake_keys.add(Bytes{keys[places[i]]});
        rows.intake_cases.add(row.case_id);
        rows.intake_trackings.add(row.tracking_id);
        rows.intake_contents.add(row.content);
    }
}

void Unit::add_effects() {
    for (const auto& effect : commit_.outbox) {
        Share& rows = share_of(effect.key.value);
        rows.effect_keys.add(effect.key);
        pack(rows.effects.open(), effect);
        rows.effects.close();
        rows.wakes[kSend] = 0;
    }
    for (const auto& key : commit_.sent) share_of(key.value).sent.add(key);
    for (const auto& one : commit_.deferred) {
        Share& rows = share_of(one.key.value);
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
        Share& rows = share(command.agency.value);
        rows.command_ids.add(command.id);
        rows.command_cases.add(command.case_id);
        rows.submitted_at.add(command.submitted_at);
        rows.bodies.add(Bytes{command.body});
        rows.wakes[kDecide] = 0;
    }
}

void Unit::add_turns() {
    for (const auto& turn : commit_.turns) {
        turns_.push_back(&turn);
        share(turn.lease.agency.value);
    }
    std::sort(turns_.begin(), turns_.end(), [](const auto* a, const auto* b) {
        return std::tie(a->lease.agency, a->lease.work) < std::tie(b->lease.agency, b->lease.work);
    });
}

}  // namespace pintu::postgres
