#include "adapters/store/postgres/committer.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <thread>

#include "adapters/store/postgres/by_agency.hpp"
#include "adapters/store/postgres/marks.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {
namespace {

constexpr int kAttempts = 6;
// How long a commit without an answer is asked for.
constexpr std::chrono::milliseconds kPatience{20'000};
constexpr std::chrono::milliseconds kPause{50};
// What was expected was not so (PINTU_EXPECT): a text that is no number.
constexpr const char* kUnexpected = "22P02";

}  // namespace

Result<ports::CommitAnswer> Committer::commit() {
    if (unit_.broken()) return conflict();
    for (int attempts = 1;; ++attempts) {
        Ended ended = attempt();
        if (ended == Ended::unknown) ended = settle();
        const bool refused = ended == Ended::stale || ended == Ended::conflict;
        if (refused && asked_ && was_kept() && is_vouched()) ended = Ended::kept;
        if (ended == Ended::again && attempts < kAttempts) {
            if (connection_.alive() || connection_.reconnect()) {
                if (connection_.failed()) (void)connection_.take_error();
                continue;
            }
        }
        switch (ended) {
            case Ended::kept: return ports::CommitAnswer{};
            case Ended::stale: return ports::CommitAnswer{{}, true};
            case Ended::conflict: return conflict();
            default: break;
        }
        connection_.rollback();
        Error error{"ST021", {connection_.address().shown, "connection"}};
        if (connection_.failed()) {
            Error why = connection_.take_error();
            if (ended != Ended::unknown) error = std::move(why);
        }
        return Unexpected<Error>{error};
    }
}

Committer::Ended Committer::attempt() {
    transaction_ = 0;
    connection_.probe();
    session_ = connection_.session();
    // After a failover numbers may be lower than they were.
    const auto horizon = connection_.horizon();
    first_ = first_ == 0 ? horizon : std::min(first_, horizon);
    // An erasure reads what it destroys.
    if (session_ && unit_.commit().erased.empty())
        if (const auto ended = at_once()) return *ended;
    return step_by_step();
}

std::optional<Committer::Ended> Committer::at_once() {
    connection_.begin();
    Batch batch;
    batch.keep();
    batch.add(sql::kTransaction);
    unit_.write(batch, true);
    unit_.end(batch);
    std::vector<Rows> rows;
    const Ended result = committed(connection_.commit(batch, &rows));
    if (!rows[0].empty()) connection_.saw(rows[0].integer(0, 0));
    if (connection_.sqlstate() != kUnexpected) return result;
    (void)connection_.take_error();
    return std::nullopt;
}

// A round trip for all the rows; then one with what depends on them, and the COMMIT.
Committer::Ended Committer::step_by_step() {
    connection_.begin();
    Batch batch;
    batch.keep();
    batch.add(sql::kTransaction);
    auto places = unit_.write(batch, false);
    auto rows = connection_.run(batch);
    transaction_ = rows[0].integer(0, 0);
    if (transaction_ != 0) connection_.saw(transaction_);
    // Stale comes first: whoever lost its turn has no business with conflicts.
    const bool held = unit_.holds(rows, places);
    const bool looked = !connection_.failed() || connection_.is_conflict();
    Ended result = Ended::kept;
    if (!held && looked) {
        result = Ended::stale;
    } else if (connection_.failed()) {
        result = ended();
    } else if (!fits(rows, places)) {
        result = connection_.failed() ? ended() : Ended::conflict;
    }
    if (result == Ended::kept) return finish(rows, places);
    connection_.rollback();
    if (result == Ended::stale || result == Ended::conflict)
        if (connection_.failed()) (void)connection_.take_error();
    return result;
}

bool Committer::fits(std::vector<Rows>& rows, Unit::Places& places) {
    if (unit_.fits(rows, places)) return true;
    Batch changed;
    changed.keep();
    unit_.write_changed(changed, rows, places);
    for (auto& more : connection_.run(changed)) rows.push_back(std::move(more));
    return !connection_.failed() && unit_.fits(rows, places);
}

Committer::Ended Committer::finish(const std::vector<Rows>& rows, const Unit::Places& places) {
    Batch last;
    if (!unit_.commit().erased.empty() && !add_erasure(last)) {
        connection_.rollback();
        return ended();
    }
    unit_.change(last, rows, places);
    unit_.end(last);
    last.keep();
    return committed(connection_.commit(last));
}

Committer::Ended Committer::committed(Committed how) {
    switch (how) {
        case Committed::yes: return Ended::kept;
        case Committed::no: return ended();
        case Committed::unknown: return Ended::unknown;
        // On this server's disk, and nowhere else: not what was promised. Asking it again would
        // only find what it has itself.
        case Committed::unreplicated: break;
    }
    return Ended::failed;
}

// After a failure before the COMMIT, or one that COMMIT itself answered with.
Committer::Ended Committer::ended() {
    if (connection_.is_conflict()) {
        (void)connection_.take_error();
        return Ended::conflict;
    }
    const bool again = connection_.may_retry() || !connection_.alive();
    return again ? Ended::again : Ended::failed;
}

// Which intake keys are the cases' stands with what is personal of them.
bool Committer::add_erasure(Batch& batch) {
    std::map<AgencyCode, Column> keys;
    Column all = texts();
    for (const auto& id : unit_.commit().erased) all.add(id);
    for (const auto& [agency, ids] : by_agency(unit_.commit().erased)) {
        const Rows rows = connection_.run(sql::kIntakeOf, agency, ids);
        for (const auto row : rows)
            for (const auto& key : unpack_intake_keys(row.bytes(0)))
                if (is_of_content(key))
                    keys.try_emplace(key.intake, byte_strings()).first->second.add(short_key(key));
        batch.add(sql::kForgetPersonal, agency, ids);
        batch.add(sql::kForgetIncidents, agency, ids);
    }
    for (const auto& [intake, taken] : keys) batch.add(sql::kForgetIntake, intake, taken, all);
    return !connection_.failed();
}

// --- conflicts ---

Result<ports::CommitAnswer> Committer::conflict() {
    auto lost = conflicts();
    if (!lost) return lost.unexpected();
    return ports::CommitAnswer{std::move(*lost)};
}

Result<std::vector<CaseId>> Committer::conflicts() {
    std::vector<CaseId> lost;
    add_moved(lost);
    add_taken(lost);
    if (connection_.failed()) return Unexpected<Error>{connection_.take_error()};
    // Nobody is in the way any more: all of them may be tried again.
    if (lost.empty())
        for (const auto& one : unit_.cases()) lost.push_back(one.id());
    if (lost.empty()) lost.emplace_back();  // of no case; an empty list would say that it was kept
    std::sort(lost.begin(), lost.end());
    lost.erase(std::unique(lost.begin(), lost.end()), lost.end());
    return lost;
}

void Committer::add_moved(std::vector<CaseId>& lost) {
    std::vector<CaseId> ids;
    for (const auto& one : unit_.cases()) ids.push_back(one.id());
    std::map<CaseId, std::pair<std::int64_t, Digest>> stored;
    for (const auto& [agency, some] : by_agency(ids)) {
        const Rows rows = connection_.run(sql::kLastOf, agency, some);
        for (const auto row : rows) stored[CaseId(row.text(0))] = {row.integer(1), row.digest(2)};
    }
    for (const auto& one : unit_.cases()) {
        const auto [sequence, leaf] = stored[one.id()];
        const bool fits =
            one.before == sequence && (one.previous == nullptr || *one.previous == leaf);
        if (one.broken || !fits) lost.push_back(one.id());
    }
}

void Committer::add_taken(std::vector<CaseId>& lost) {
    const auto& commit = unit_.commit();
    std::map<AgencyCode, Column> keys, decided, own;
    for (const auto& row : commit.intake)
        keys.try_emplace(row.key.intake, byte_strings()).first->second.add(short_key(row.key));
    for (const auto& [agency, some] : keys) {
        const Rows rows = connection_.run(sql::kFindIntake, agency, some);
        for (const auto row : rows) lost.emplace_back(row.text(1));
    }
    std::map<std::string, CaseId> cases;
    std::map<std::string, std::vector<CommandId>> commands;  // by case
    for (const auto& outcome : commit.outcomes) {
        decided.try_emplace(agency_of(outcome.id), texts()).first->second.add(outcome.id);
        cases[outcome.id.value] = outcome.case_id;
        if (!is_own(outcome.id, outcome.case_id)) continue;
        auto& some = commands[outcome.case_id.value];
        if (some.empty())
            own.try_emplace(agency_of(outcome.id), texts()).first->second.add(outcome.case_id);
        some.push_back(outcome.id);
    }
    for (const auto& [agency, some] : decided) {
        const Rows rows = connection_.run(sql::kFindOutcomes, agency, some);
        for (const auto row : rows) lost.push_back(cases[row.text(0)]);
    }
    for (const auto& [agency, some] : own) {
        const Rows rows = connection_.run(sql::kMarksOf, agency, some);
        for (const auto row : rows)
            for (const auto& id : commands[row.text(0)])
                if (is_marked(row.bytes(1), id)) lost.emplace_back(row.text(0));
    }
}

// --- a COMMIT without an answer ---

Committer::Ended Committer::settle() {
    assert(session_ || transaction_ != 0);
    asked_ = true;
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < until) {
        if (reached() && is_over()) {
            const bool kept = was_kept() && is_vouched();
            if (!connection_.failed()) return kept ? Ended::kept : Ended::again;
        }
        std::this_thread::sleep_for(kPause);
    }
    return Ended::unknown;
}

bool Committer::reached() {
    if (connection_.failed()) (void)connection_.take_error();
    return connection_.alive() || connection_.reconnect().has_value();
}

// A standby that was promoted may never have heard of the transaction: then it is over too. There
// its number may also be another's by now; that one is waited for in vain, which costs time only.
// Where the number is not known the session is ended, and looked for until it is gone: what it was
// sent and had not read yet is gone then too.
bool Committer::is_over() {
    if (transaction_ == 0)
        return connection_.run(sql::kEndSession, session_->process, session_->since).empty() &&
               !connection_.failed();
    const Rows rows = connection_.run(sql::kStatusOf, std::to_string(transaction_));
    if (connection_.sqlstate() == "22023") {
        (void)connection_.take_error();
        return true;
    }
    return !connection_.failed() && rows.text(0, 0) != "in progress";
}

// All that it wrote, of any attempt. A commit of which there is no trace may be sent again without
// harm: it only settles, defers or reports.
bool Committer::was_kept() {
    if (connection_.failed()) (void)connection_.take_error();
    const auto evidence = unit_.evidence(first_);
    const auto& turns = unit_.commit().turns;
    if (evidence.wanted.empty()) return !turns.empty() && is_ended(turns.front());
    const auto found = connection_.run(evidence.batch);
    if (connection_.failed()) return false;
    for (std::size_t i = 0; i < evidence.wanted.size(); ++i)
        if (found[i].integer(0, 0) != evidence.wanted[i]) return false;
    return true;
}

// What is found may be on this server's disk only: a commit that comes after it is answered once
// its standby has both.
bool Committer::is_vouched() {
    connection_.begin();
    connection_.run(sql::kVouch);
    return connection_.commit() == Committed::yes;
}

bool Committer::is_ended(const ports::TurnEnd& turn) {
    if (turn.keep_ms > 0) return false;
    const Rows rows = connection_.run(sql::kEndedTurn, turn.lease.agency,
                                      static_cast<std::int64_t>(turn.lease.work), turn.lease.token);
    return !rows.empty();
}

}  // namespace pintu::postgres
