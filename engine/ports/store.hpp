// Where histories are kept, and where nodes find their work. Batch-shaped: one commit carries what
// many cases decided, and is one transaction: all of it or nothing. Whoever implements it keeps no
// meaning of its own: rows go in as values and come out equal. Many processes may have the same
// store open; one of these objects is for one thread. tests/contract holds every store to this.
//
// Everything that grows with the cases is kept by agency first. Ids of cases, commands and effects
// begin with their agency (agency_of(), engine/base/ids.hpp); a store may rely on it where it is
// asked for one of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"
#include "engine/cases/effect/effect.hpp"
#include "engine/cases/effect/wake.hpp"
#include "engine/cases/event/event.hpp"
#include "engine/cases/event/seal.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::ports {

// An event ready to be kept: `bytes` is its canonical form (history/codec), `leaf` their hash.
struct NewEvent {
    cases::EventHead event;
    std::string bytes;
    Digest leaf{};
};

// The key of a case, kept apart from the log and destroyed by erasure.
struct CaseKey {
    CaseId case_id;
    cases::SubjectKey key;
};

// When the engine must look at a case again. At most one for each case: the earliest.
struct Timer {
    CaseId case_id;
    AgencyCode agency;
    Instant due;
    std::string name;  // cases::Wake::name
    bool operator==(const Timer&) const = default;
};

// The case's row, its timer and what `count prior` and `similar` look cases up by.
struct CaseUpdate {
    cases::CaseRow row;
    std::optional<cases::Wake> timer;  // replaces the case's timer; nothing: it has none
    // Attribute -> value for each attribute that a `count prior` or `similar` of the case's
    // definitions compares; replaces what was there.
    cases::Values lookups;
};

// A report's identity within one intake, so that the same report twice is one case.
struct IntakeKey {
    AgencyCode intake;  // whose intake took it in
    std::string key;    // "key:" or "content:" and SHA-256 of the key fields or the content, hex
    auto operator<=>(const IntakeKey&) const = default;
};

struct IntakeRow {
    IntakeKey key;
    CaseId case_id;
    TrackingId tracking_id;
    Digest content{};  // HMAC of the report's content under the case's key
    bool operator==(const IntakeRow&) const = default;
};

// A command that waits for the engine (`case act` of another process, or of one case to another).
struct PendingCommand {
    CommandId id;  // of one case: again it is the same command, on another case nobody notices
    AgencyCode agency;
    CaseId case_id;
    Instant submitted_at;
    std::string body;  // cases/command/codec; may hold personal data: deleted when it is decided
    bool operator==(const PendingCommand&) const = default;
};

struct CommandOutcome {
    CommandId id;  // no other case's: see PendingCommand
    CaseId case_id;
    bool accepted = false;
    std::string code;                  // of the rejection; engine/messages
    std::vector<std::string> args;     // of its words
    std::vector<std::string> allowed;  // events that would have been allowed
    std::uint32_t sequence = 0;        // of the case's last event after it
    Instant at;
    bool operator==(const CommandOutcome&) const = default;
};

// What nodes take turns at, one agency at a time.
enum class Work {
    decide,  // due timers and waiting commands
    send,    // effects
    follow   // open cases follow new definitions (language.md, C10)
};

// A node's turn at one agency's work of one kind. `token` grows with each turn: a commit with an
// older one, or one that has run out by the store's own clock, changes nothing, however long its
// node was stopped.
struct Lease {
    AgencyCode agency;
    Work work = Work::decide;
    std::uint64_t token = 0;
    std::string memo;  // what the last turn left for the next one
};

struct ClaimRequest {
    std::string node;  // for people: who holds it
    Work work = Work::decide;
    Instant now;  // of timers and of effects that wait; leases go by the store's clock
    std::int64_t lease_ms = 10'000;
    std::size_t limit = 256;  // of timers, of commands and of effects, each
};

// An effect that is to be performed.
struct Outgoing {
    cases::Effect effect;
    std::uint32_t attempts = 0;  // that failed
    bool slotted = false;        // it waited for its turn under a rate limit
    std::vector<PersonId> reached = {};  // of its persons, by earlier attempts
    bool operator==(const Outgoing&) const = default;
};

struct Claimed {
    Lease lease;
    std::vector<Timer> timers;             // due, the earliest first, ties by case id
    std::vector<PendingCommand> commands;  // in the order in which they were submitted
    // That may go at `now`: those that never waited, in the order in which they came; then the
    // others, by Deferred::until.
    std::vector<Outgoing> effects;
};

// The end of a turn, checked and written with the commit that it belongs to. What the agency still
// has to do is looked at anew: a next turn comes when it is due.
struct TurnEnd {
    Lease lease;
    // The turn goes on for so long, in milliseconds, by the store's clock; 0: it ends here.
    std::int64_t keep_ms = 0;
    // Of `follow`: there is no more to follow.
    bool finished = false;
};

// An effect that could not go yet.
struct Deferred {
    EffectKey key;
    Instant until;
    std::uint32_t attempts = 0;
    bool slotted = false;
    std::vector<PersonId> reached = {};
    std::string why = {};  // of the last attempt, for people
    bool dead = false;     // given up: stays, without a next time, until somebody asks for it again
};

// An effect that is not settled, as people look at it.
struct OutboxRow {
    Outgoing outgoing;
    Instant next_at;  // of one that waits; 0: it has not waited yet
    bool dead = false;
    std::string why;
    bool operator==(const OutboxRow&) const = default;
};

struct OutboxFilter {
    std::optional<AgencyCode> agency = {};
    std::optional<EffectKey> key = {};
    std::optional<bool> dead = {};
    std::size_t limit = 1000;  // the oldest first
};

// What the engine could not do and a person must see. The same trouble again is the same incident.
struct Incident {
    std::string id;  // begins with the agency, as ids of commands do
    AgencyCode agency;
    CaseId case_id;  // empty: of no case
    Instant at;      // last time
    std::uint32_t times = 1;
    std::string what;     // "timer" | "command" | "effect" | "definitions" | "history"
                          // | "plugin" | "report"
    std::string subject;  // timer's name, command's id, effect's key, plugin
    std::string code;     // engine/messages
    std::vector<std::string> args;
    std::string command;  // cases/command/codec: what `retry` submits again; empty: nothing
    bool open = true;
    bool operator==(const Incident&) const = default;
};

struct IncidentFilter {
    std::optional<AgencyCode> agency;
    std::optional<std::string> id;
    std::optional<bool> open;
    std::size_t limit = 1000;  // the latest first, by id where equal
};

// One transaction. Order inside: events as given (their order is the append order of each agency's
// log), then the rest.
struct Commit {
    std::vector<NewEvent> events;
    std::vector<cases::PersonalValue> personal;
    std::vector<CaseKey> keys;      // of new cases
    std::vector<CaseUpdate> cases;  // one for each case that has events, or another timer
    std::vector<IntakeRow> intake;
    std::vector<cases::Effect> outbox;
    std::vector<EffectKey> sent;            // outbox rows that are settled: removed
    std::vector<PendingCommand> submitted;  // from one case to another; known ids are skipped
    std::vector<CommandOutcome> outcomes;   // also removes the pending command of that id
    // After all else: personal values, key and intake rows whose key starts with "content:" of
    // these are destroyed.
    std::vector<CaseId> erased;
    std::vector<Deferred> deferred;   // outbox rows that stay
    std::vector<Incident> incidents;  // a known id: `times` are added, the rest is replaced
    std::vector<TurnEnd> turns;
    bool empty() const {
        return events.empty() && outbox.empty() && sent.empty() && submitted.empty() &&
               outcomes.empty() && intake.empty() && cases.empty() && deferred.empty() &&
               incidents.empty() && turns.empty();
    }
};

// A commit that lost a race changes nothing: load these cases again and decide anew. A case is
// listed where
// - an event is not the next one of its case;
// - a row's `sequence` is not that of the case's last event, this commit's included: whoever moves
//   a timer without an event must not put back what another node has changed meanwhile;
// - an intake key is already taken (the case that took it);
// - an outcome's command was decided already.
struct CommitAnswer {
    std::vector<CaseId> conflicts;
    bool stale =
        false;  // a turn had ended before: nothing was kept, and the work is in other hands
    // Committed, and as durable as the store was opened to be: on its disk, and on that of the
    // standby where one is configured.
    bool kept() const { return conflicts.empty() && !stale; }
};

// Errors that pass by themselves; the same call may be made again later. ST021 says that a commit
// may have been kept or not, and that the store could not be asked: whoever gives the same command
// ids again learns it.
inline bool may_pass(const Error& error) {
    for (const char* code :
         {"ST001", "ST002", "ST020", "ST021", "ST022", "ST023", "ST024", "ST029"})
        if (error.code == code) return true;
    return false;
}

struct StoredCase {
    std::vector<cases::Event> events;  // by sequence; empty where there is no such case
    Digest last_leaf{};
    cases::SubjectKey key;  // empty once destroyed
};

struct LoggedEvent {
    std::uint64_t position = 0;  // 0, 1, ... of the agency's log, dense
    CaseId case_id;
    std::uint32_t sequence = 0;
    std::string bytes;
    Digest leaf{};
};

// The Merkle root over an agency's log as it stood after one commit.
struct LogRoot {
    std::uint64_t size = 0;
    Digest root{};
};

// R7, or the workflow's `similar`: the agency's cases that are not withdrawn, with this value, that
// were received in the window, within a distance of a place. Distances are integer: see
// cases/state/place.hpp, near().
struct PriorQuery {
    AgencyCode agency;
    std::string attribute;
    std::string value;
    Instant received_from;                 // inclusive
    Instant received_until;                // inclusive
    std::optional<std::int64_t> within_m;  // nothing: anywhere
    std::int32_t lat_udeg = 0;             // read only with within_m
    std::int32_t lon_udeg = 0;
    CaseId except;              // the asking case
    std::size_t at_most = 100;  // cases: the count saturates there
};

struct PriorAnswer {
    std::vector<CaseId> found;   // in append order of their first event, at most `at_most`
    std::uint64_t position = 0;  // size of the agency's log when asked
};

struct CaseFilter {
    std::optional<AgencyCode> agency;
    std::optional<std::string> state;
    std::optional<UnitId> owner;
    std::optional<bool> closed;
    std::optional<bool> late;     // any clock late
    std::optional<CaseId> after;  // page: ids greater than this, ascending
    std::size_t limit = 1000;
};

struct StoredFile {
    std::string path;
    std::string bytes;
    bool operator==(const StoredFile&) const = default;
};

// A definitions folder as it once was, found by the hash of any bundle that it gave.
struct DefinitionSet {
    std::string id;                  // SHA-256 over paths and bytes, hex
    std::vector<StoredFile> files;   // sorted by path
    std::vector<BundleHash> hashes;  // pinned and current ones of all its agencies
};

class EventStore {
  public:
    virtual ~EventStore() = default;

    // Errors (disk full, read-only, damaged): nothing was kept, but for ST021. A connection that
    // broke in the middle is asked for again, and what became of the commit is read from the store.
    virtual Result<CommitAnswer> commit(const Commit& commit) = 0;

    // In the order asked.
    virtual Result<std::vector<StoredCase>> load(const std::vector<CaseId>& cases) = 0;
    // All cases of a tracking id (a transfer opens one more), in append order.
    virtual Result<std::vector<CaseId>> find(const TrackingId& tracking_id) = 0;
    // By sequence, then path; of one case. Empty once erased.
    virtual Result<std::vector<cases::PersonalValue>> personal(const CaseId& case_id) = 0;
    // Of several cases, in the order asked. A store over a network answers at one go.
    virtual Result<std::vector<std::vector<cases::PersonalValue>>> personal_of(
        const std::vector<CaseId>& cases) {
        std::vector<std::vector<cases::PersonalValue>> found;
        for (const auto& id : cases) {
            auto one = personal(id);
            if (!one) return one.unexpected();
            found.push_back(std::move(*one));
        }
        return found;
    }
    // In the order asked.
    virtual Result<std::vector<std::optional<IntakeRow>>> find_intake(
        const std::vector<IntakeKey>& keys) = 0;
    virtual Result<PriorAnswer> prior(const PriorQuery& query) = 0;
    virtual Result<std::vector<cases::CaseRow>> list(const CaseFilter& filter) = 0;
    // Rows of an agency's log from a position on, by position, at least one where there is any that
    // can be read: only an empty answer is the log's end. Fewer than asked for, or a position that
    // is passed over, is none: rows may be missing. Readers take runtime::read_log.
    virtual Result<std::vector<LoggedEvent>> log(const AgencyCode& agency, std::uint64_t from,
                                                 std::size_t limit) = 0;
    // The roots that were written down with each commit, by size; the last one is the log's. A
    // store that keeps none has nothing for an auditor to compare with.
    virtual Result<std::vector<LogRoot>> roots(const AgencyCode& /*agency*/) {
        return std::vector<LogRoot>{};
    }
    // Every agency that has a log, by code.
    virtual Result<std::vector<AgencyCode>> agencies() = 0;

    // Gives events that were committed since the last call their places in the logs of their
    // agencies, at most `limit` of them; how many. A store may do that with the commit: then there
    // is nothing to do here. Order: no event whose transaction may still commit is passed over.
    virtual Result<std::size_t> sequence(std::size_t /*limit*/) { return std::size_t{0}; }

    // A turn at the work of the agency that has waited longest and that no other node has. Nothing:
    // there is none. Cost does not depend on how much waits. What became due while it was being
    // committed is found within a second. What waited longest: the least of max(when the work
    // became due, `now` of the agency's last turn at it), by agency where equal; commands, effects
    // that never waited and `follow` have always been due. So agencies take turns where all of them
    // have work, and none whose commands never end keeps another's timers waiting.
    virtual Result<std::optional<Claimed>> claim(const ClaimRequest& request) = 0;

    // For people and tests, of all agencies; nodes claim. Due at or before `now`, the earliest
    // first, ties by case id.
    virtual Result<std::vector<Timer>> due_timers(Instant now, std::size_t limit) = 0;
    // For auditors: every timer of an agency, due or not, in any order.
    virtual Result<std::vector<Timer>> timers_of(const AgencyCode& agency) {
        constexpr Instant kEver{std::numeric_limits<std::int64_t>::max()};
        auto timers = due_timers(kEver, std::numeric_limits<std::int32_t>::max());
        if (timers)
            std::erase_if(*timers, [&](const auto& timer) { return timer.agency != agency; });
        return timers;
    }
    // The earliest timer of all, or effect that was deferred.
    virtual Result<std::optional<Instant>> next_due() = 0;

    // Puts a command in the queue, for whichever process runs the engine. An id that is known,
    // pending or decided, is skipped.
    virtual Result<void> submit(const PendingCommand& command) = 0;
    // For people and tests; nodes claim. In the order in which they were submitted.
    virtual Result<std::vector<PendingCommand>> pending(std::size_t limit) = 0;
    virtual Result<std::optional<CommandOutcome>> outcome(const CommandId& id) = 0;
    // In the order asked. A store over a network answers at one go.
    virtual Result<std::vector<std::optional<CommandOutcome>>> outcomes(
        const std::vector<CommandId>& ids) {
        std::vector<std::optional<CommandOutcome>> found;
        for (const auto& id : ids) {
            auto one = outcome(id);
            if (!one) return one.unexpected();
            found.push_back(std::move(*one));
        }
        return found;
    }

    // Effects that are not settled, the oldest first.
    virtual Result<std::vector<cases::Effect>> unsent(std::size_t limit) = 0;
    // The same with what became of them so far.
    virtual Result<std::vector<OutboxRow>> outbox(const OutboxFilter& filter) = 0;
    // It may go at `now`, dead or not, as if it had never been tried; whom it reached stays. False:
    // there is no such effect.
    virtual Result<bool> retry_effect(const EffectKey& key, Instant now) = 0;

    virtual Result<std::vector<Incident>> incidents(const IncidentFilter& filter) = 0;
    // Submits its command again where it has one, as "<incident>-retry-<times>", and closes it; the
    // command is gone from it then. False: no such incident is open.
    virtual Result<bool> retry_incident(const std::string& id, Instant now) = 0;

    virtual Result<void> save_definitions(const DefinitionSet& definitions) = 0;
    virtual Result<std::optional<DefinitionSet>> load_definitions(const BundleHash& hash) = 0;
    // Saves them and puts them in force on all nodes; each of `agencies` has `follow` work from now
    // on, with an empty memo; turns at it that go on are stale. Publishing what is in force changes
    // nothing.
    virtual Result<void> publish(const DefinitionSet& definitions,
                                 const std::vector<AgencyCode>& agencies) = 0;
    // DefinitionSet::id of what was published last. Cheap: nodes ask several times a second.
    virtual Result<std::optional<std::string>> in_force() = 0;
    // By DefinitionSet::id.
    virtual Result<std::optional<DefinitionSet>> definition_set(const std::string& id) = 0;
    // Waits until something was submitted or published, or `timeout_ms` have gone by; a store that
    // cannot tell comes back at once with false, and is to be asked again after a pause.
    virtual Result<bool> wait(std::int64_t /*timeout_ms*/) { return false; }
};

}  // namespace pintu::ports
