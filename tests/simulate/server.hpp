// The database of a simulated world, as PostgreSQL would be: transactions that begin, stay in
// flight and end; numbers given at the beginning; rows locked while they are claimed; an own clock.
// It has no connections: connection.hpp brings requests here and answers back.
#pragma once

#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/history/merkle.hpp"
#include "engine/ports/store.hpp"
#include "tests/simulate/ledger.hpp"
#include "tests/simulate/scheduler.hpp"

namespace pintu::simulate {

constexpr Instant kNever{std::numeric_limits<std::int64_t>::max()};

// Wakes that never come, of 1,000. Nobody promises any: a pooler passes on no notices, and who
// finds a row of the agenda locked passes over it. So they are lost as long as the world lasts.
struct LostWakes {
    std::size_t notices = 0;    // NOTIFY, of each node
    std::size_t of_agenda = 0;  // as if somebody had the row
    std::size_t of_inbox = 0;   // of a node's loop, where something came to it
};

struct StoredRows {
    std::vector<cases::Event> events;
    Digest last_leaf{};
    cases::SubjectKey key;
    cases::CaseRow row;
    std::optional<cases::Wake> timer;
    cases::Values lookups;
    std::vector<cases::PersonalValue> personal;
};

struct WaitingEffect {
    cases::Effect effect;
    std::uint32_t attempts = 0;
    bool slotted = false;
    std::optional<Instant> until;
    std::vector<PersonId> reached = {};
    std::string why = {};
    bool dead = false;
};

// One row of the agenda.
struct AgendaRow {
    std::uint64_t token = 0;
    Micros until = 0;  // by the store's clock
    std::string memo;
    Instant last;          // `now` of the last turn
    Instant due = kNever;  // from when on polls see work here
    std::uint64_t locked_by = 0;
};

struct Numbered {
    std::uint64_t xid = 0;
    std::uint64_t number = 0;
    ports::LoggedEvent event;
    AgencyCode agency;
};

struct AgencyLog {
    std::vector<ports::LoggedEvent> events;
    history::Frontier frontier;
    std::vector<ports::LogRoot> roots;
};

// Everything that is on the disk.
struct Tables {
    using Slot = std::pair<AgencyCode, ports::Work>;
    std::map<CaseId, StoredRows> cases;
    std::vector<CaseId> order;  // by first event
    std::map<ports::IntakeKey, ports::IntakeRow> intake;
    std::map<AgencyCode, std::map<std::pair<Instant, CaseId>, ports::Timer>> timers;
    std::map<AgencyCode, std::deque<ports::PendingCommand>> commands;
    std::set<CommandId> known_commands;  // pending or decided
    std::map<CommandId, ports::CommandOutcome> outcomes;
    std::map<AgencyCode, std::deque<WaitingEffect>> outbox;
    std::map<Slot, AgendaRow> agenda;
    std::vector<Numbered> unsequenced;
    std::set<AgencyCode> growing;  // whose logs, as the agenda says, have events to place
    std::map<AgencyCode, AgencyLog> logs;
    std::map<std::string, ports::Incident> incidents;
    std::vector<ports::DefinitionSet> definitions;
    std::optional<std::string> in_force;
    std::uint64_t sequenced_up_to = 0;  // of the planted cursor only
};

class Server {
  public:
    Server(Scheduler& scheduler, Ledger& ledger, const LostWakes& lost, Chance chance)
        : scheduler_(scheduler), ledger_(ledger), lost_(lost), chance_(chance) {}

    bool up() const { return up_; }
    // Grows with each crash: connections of before are broken.
    std::uint64_t life() const { return life_; }
    // By the store's own clock.
    Micros clock() const { return scheduler_.now() + clock_offset_; }
    // Grows whenever there may be new work, and when definitions come into force.
    std::uint64_t changes() const { return changes_; }
    std::uint64_t publications() const { return publications_; }

    // Called whenever changes() grows.
    std::function<void()> on_change;
    // Called when something came from outside: the NOTIFY.
    std::function<void()> on_notice;

    // A transaction takes its number when it begins, and is in flight until end().
    std::uint64_t begin();
    void end(std::uint64_t xid);
    bool in_flight(std::uint64_t xid) const { return in_flight_.contains(xid); }
    // What a commit in flight is about to write.
    void writing(std::uint64_t xid, std::shared_ptr<const ports::Commit> commit) {
        torn_[xid] = std::move(commit);
    }
    // Precondition: in flight. Checks and writes at one moment; end() follows.
    Result<ports::CommitAnswer> commit(const ports::Commit& commit, std::uint64_t xid);
    std::size_t sequence(std::size_t limit);

    // Work that wakes passed over, looked for in the tables themselves. Whoever claims does so
    // every second.
    void sweep();
    // A claim locks its row from its beginning to its end, as FOR UPDATE SKIP LOCKED does.
    std::optional<Tables::Slot> lock(const ports::ClaimRequest& request, std::uint64_t xid);
    ports::Claimed claim(const ports::ClaimRequest& request, const Tables::Slot& slot,
                         std::uint64_t seen_token);

    void submit(const ports::PendingCommand& command);
    bool retry_effect(const EffectKey& key, Instant now);
    bool retry_incident(const std::string& id, Instant now);
    void publish(const ports::DefinitionSet& set, const std::vector<AgencyCode>& agencies);
    void save(const ports::DefinitionSet& set);

    // The machine goes: what was in flight is lost, or has just been kept; everybody hears nothing.
    void crash();
    // What is in flight never ends: the world has.
    void forget_in_flight() { in_flight_.clear(); }
    // It, or its standby, is back.
    void recover(Micros clock_moves);

    Tables& tables() { return tables_; }
    const Tables& tables() const { return tables_; }
    // When a poll could next find something, or a sweep, for a node whose clock is so far off.
    std::optional<Micros> next_found(Micros node_offset) const;

  private:
    // From when on there is work, by what waits; the agenda may not say so.
    Instant due_of(const Tables::Slot& slot, const AgendaRow& row) const;
    Instant swept_due(const Tables::Slot& slot, const AgendaRow& row) const;
    bool passes_over();
    void wake(const Tables::Slot& slot, Instant due);
    void wake_log(const AgencyCode& agency);
    void wake_all(const ports::Commit& commit);
    void add_command(const ports::PendingCommand& command);
    bool turns_hold(const ports::Commit& commit) const;
    std::vector<CaseId> conflicts(const ports::Commit& commit) const;
    void keep(const ports::Commit& commit, std::uint64_t xid, std::size_t most_parts);
    void keep_events(const ports::Commit& commit, std::uint64_t xid);
    void keep_case(const ports::CaseUpdate& update);
    void keep_effects(const ports::Commit& commit);
    void end_turn(const ports::TurnEnd& turn);
    void erase(const CaseId& id);
    void sync_sometimes();
    void changed();

    Scheduler& scheduler_;
    Ledger& ledger_;
    const LostWakes& lost_;
    Chance chance_;
    Tables tables_;
    std::optional<Tables> synced_;  // of the planted store that acknowledges too soon
    std::map<std::uint64_t, std::uint64_t> in_flight_;  // xid -> first number of its events
    std::map<std::uint64_t, std::shared_ptr<const ports::Commit>> torn_;
    std::uint64_t next_xid_ = 1;
    std::uint64_t next_number_ = 1;
    std::uint64_t life_ = 1;
    std::uint64_t changes_ = 1;
    std::uint64_t publications_ = 0;
    Micros clock_offset_ = 0;
    bool up_ = true;
};

}  // namespace pintu::simulate
