// One commit as it goes over the wire: columns, by table and agency. Made once, sent as often as it
// must be: nothing of it depends on what the server answers.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/page.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

class Unit {
  public:
    // `commit` must outlive it.
    explicit Unit(const ports::Commit& commit);

    // A case that has events here and no row: there is no such commit. Nothing: all have one.
    const CaseId* without_row() const { return without_row_; }

    // All agencies that rows are for, by code: the order in which everything is sent, so that nodes
    // wait for each other in one order only.
    std::vector<AgencyCode> agencies() const;

    // Which statement answers what, by agency.
    using Place = std::pair<std::size_t, const std::string*>;
    struct Places {
        std::vector<std::size_t> turns;
        std::vector<Place> moved;    // those whose lookups stay
        std::vector<Place> former;   // lookups as they were, where others are to be moved
        std::vector<Place> changed;  // those
        std::vector<Place> marked;   // commands on cases that do not move
    };
    // Everything but what depends on the rows that were there. Strict: where a row is not as it is
    // expected, what comes behind it in the transaction fails (PINTU_EXPECT); lookups stay.
    Places write(Batch& batch, bool strict) const;
    // All turns are held.
    bool holds(const std::vector<Rows>& rows, const Places& places) const;
    // Every row that was to be moved was where it was expected.
    bool fits(const std::vector<Rows>& rows, const Places& places) const;
    // Moves those whose lookups change, where some were not moved; the batch's answers come behind
    // `rows`.
    void write_changed(Batch& batch, const std::vector<Rows>& rows, Places& places) const;
    // Lookups of the cases that changed them.
    void change(Batch& batch, const std::vector<Rows>& rows, const Places& places) const;
    // Comes last: whom the commit wakes, and the ends of its turns.
    void end(Batch& batch) const;

    // What a case must look like before this commit, and what becomes of it.
    struct Case {
        const ports::CaseUpdate* update = nullptr;
        std::string_view text;             // id()
        std::uint32_t before = 0;          // the sequence
        const Digest* previous = nullptr;  // the leaf; nothing: it has no events here
        bool broken = false;               // its own events do not follow one another
        std::uint32_t after = 0;
        const Digest* last = nullptr;
        std::optional<std::uint32_t> part = {};  // of the commit's pages the last that has events
        std::string parts = {};                  // all of those, as page.hpp has them
        const cases::EventHead* last_event = nullptr;
        std::string marks = {};  // of its own commands that are decided here
        const CaseId& id() const { return update->row.id; }
    };
    const std::vector<Case>& cases() const { return cases_; }
    // Some case's own events do not follow one another: it cannot be kept.
    bool broken() const;
    const ports::Commit& commit() const { return commit_; }

    // For who asks whether it was kept: each statement counts rows that are there as this commit
    // writes them, `wanted` is how many it would leave. Empty: it leaves none.
    struct Evidence {
        Batch batch;
        std::vector<std::int64_t> wanted;
    };
    // No transaction below `first` was an attempt at it.
    Evidence evidence(std::int64_t first) const;

  private:
    struct CaseColumns {
        Column case_ids = texts(), leaves = byte_strings(), closed = booleans(),
               timers = integers(), lookups = byte_strings(), shown = byte_strings(),
               parts = byte_strings(), marks = byte_strings();
        std::vector<const ports::CaseUpdate*> updates;
    };
    struct PersonalColumns {
        Column case_ids = texts(), sequences = integers(), keys = byte_strings(),
               values = byte_strings(), intake_lists = byte_strings();
    };
    // What one agency's tables get.
    struct Share {
        Share();
        PageWriter pages;
        CaseColumns opened, moved;
        Column tracking_keys = integers(), tracking_ids = texts(), tracked = texts();
        PersonalColumns personal, more_personal;
        Column intake_keys = byte_strings(), intake_cases = texts(), intake_trackings = texts(),
               intake_contents = byte_strings();
        Column effect_keys = texts(), effects = byte_strings();
        Column sent = texts();
        Column deferred = texts(), until = integers(), attempts = integers(), slotted = booleans(),
               reached_lists = byte_strings(), whys = byte_strings(), dead = booleans();
        Column command_ids = texts(), command_cases = texts(), submitted_at = integers(),
               bodies = byte_strings();
        Column decided = texts();
        Column outcome_ids = texts(), outcomes = byte_strings();  // that events do not tell
        std::map<std::string_view, std::string> marks;  // by case, of those that do not move
        std::vector<const ports::Incident*> incidents;
        std::array<std::int64_t, 4> wakes;  // by work: when it is due, kNever
    };

    Share& share(std::string_view agency);
    Share& share_of(std::string_view id);
    Case* find(const CaseId& id);
    const Case* find(const CaseId& id) const;
    void list_cases();
    void add_events();
    void add_cases();
    void add_case(const Case& of);
    void add_personal();
    void add_intake();
    void add_effects();
    void add_outcomes();
    void add_commands();
    void add_turns();
    void write_share(Batch& batch, const std::string& agency, const Share& share, bool strict,
                     Places& places) const;

    const ports::Commit& commit_;
    const CaseId* without_row_ = nullptr;
    std::vector<Case> cases_;
    std::vector<std::uint32_t> by_id_;    // places in cases_
    std::size_t found_ = 0;               // by find() the last time
    std::vector<const Case*> new_cases_;  // by their first event
    std::uint32_t next_part_ = 0;
    std::map<std::string, Share, std::less<>> shares_;
    std::pair<const std::string, Share>* last_share_ = nullptr;
    std::vector<const ports::TurnEnd*> turns_;  // by agency and work
};

}  // namespace pintu::postgres
