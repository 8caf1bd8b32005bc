// One commit as it goes over the wire: columns, by table and agency. Made once, sent as often as it
// must be: nothing of it depends on what the server answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/store/postgres/connection.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

class Unit {
  public:
    // `commit` must outlive it.
    explicit Unit(const ports::Commit& commit);

    // All agencies that rows are for, by code: the order in which everything is sent, so that nodes
    // wait for each other in one order only.
    std::vector<AgencyCode> agencies() const;

    // Which statement of the first batch answers what.
    struct Places {
        std::vector<std::size_t> turns;
        std::vector<std::pair<std::size_t, const AgencyCode*>> opened;  // `opened` of new cases
        std::vector<std::pair<std::size_t, const AgencyCode*>> moved;
    };
    // Everything but what depends on the rows that were there.
    Places write(Batch& batch) const;
    // All turns are held.
    bool holds(const std::vector<Rows>& rows, const Places& places) const;
    // Every row that was to be moved was where it was expected.
    bool fits(const std::vector<Rows>& rows, const Places& places) const;
    // Lookups of the cases that are new or changed them; then whom the commit wakes, and the ends
    // of its turns.
    void finish(Batch& batch, const std::vector<Rows>& rows, const Places& places) const;

    // What a case must look like before this commit.
    struct Before {
        std::uint32_t sequence = 0;
        std::optional<Digest> leaf;  // nothing: it has no events here
        bool broken = false;         // its own events do not follow one another
        std::uint32_t after = 0;     // the sequence
        Digest last{};
        const ports::CaseUpdate* update = nullptr;
    };
    const std::map<CaseId, Before>& before() const { return before_; }
    const ports::Commit& commit() const { return commit_; }

    // For who asks whether it was kept: each statement counts rows that are there as this commit
    // writes them, `wanted` is how many it would leave. Empty: it leaves none.
    struct Evidence {
        Batch batch;
        std::vector<std::int64_t> wanted;
    };
    Evidence evidence() const;

  private:
    struct Chunks {
        Column case_ids = texts(), sequences = integers(), counts = integers(),
               bytes = byte_strings(), leaves = byte_strings();
    };
    // New cases use only some of these.
    struct Cases {
        Column case_ids = texts(), before = integers(), previous = byte_strings(),
               after = integers(), leaves = byte_strings(), states = texts(), owners = texts(),
               closed = booleans(), late = booleans(), timers = integers(), timer_names = texts(),
               lookups = byte_strings(), shown = byte_strings();
        std::vector<const ports::CaseUpdate*> updates;
    };
    struct Part {
        Chunks chunks;
        Cases opened, moved;
        Column tracking_ids = texts(), tracked = texts();
        Column personal_cases = texts(), personal_sequences = integers(), keys = byte_strings(),
               values = byte_strings(), intake_lists = byte_strings();
        Column intake_keys = texts(), intake_cases = texts(), intake_trackings = texts(),
               intake_contents = byte_strings();
        Column effect_keys = texts(), effects = byte_strings();
        Column sent = texts();
        Column deferred = texts(), until = integers(), attempts = integers(), slotted = booleans(),
               reached_lists = byte_strings(), whys = byte_strings(), dead = booleans();
        Column command_ids = texts(), command_cases = texts(), submitted_at = integers(),
               bodies = byte_strings();
        Column decided = texts(), outcomes = byte_strings();
        std::vector<const ports::Incident*> incidents;
        std::map<std::int64_t, std::int64_t> wakes;  // work -> due
    };
    struct Kept {
        std::uint32_t sequence = 0;
        std::string key, values, intake;
    };

    Part& part(const AgencyCode& agency) { return parts_[agency]; }
    void wake(const AgencyCode& agency, std::int64_t work, std::int64_t due);
    void follow_events();
    void add_events();
    void add_cases();
    void add_case(const CaseId& id, const Before& before);
    void add_personal();
    void add_intake();
    void add_effects();
    void add_commands();
    void add_turns();

    const ports::Commit& commit_;
    std::map<CaseId, Before> before_;
    std::vector<CaseId> order_;  // cases by their first event, then those without one
    std::map<AgencyCode, Part> parts_;
    std::vector<const ports::TurnEnd*> turns_;  // by agency and work
};

}  // namespace pintu::postgres
