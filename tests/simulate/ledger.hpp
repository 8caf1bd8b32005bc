// What the outside knows: kept apart from the system, and held against it. Each broken promise is
// one violation; the first ends the world.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/ports/store.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/simulate/chance.hpp"
#include "tests/simulate/points.hpp"
#include "tests/simulate/scheduler.hpp"

namespace pintu::simulate {

struct Violation {
    std::string invariant;
    std::string what;
};

class Ledger {
  public:
    explicit Ledger(Points& points) : points_(points) {}

    Points& points() { return points_; }
    const std::optional<Violation>& violation() const { return violation_; }
    void violated(const std::string& invariant, const std::string& what);
    // `holds`, or a violation.
    void must(bool holds, const char* invariant, const std::string& what) {
        if (!holds) violated(invariant, what);
    }

    // The store gave a turn, kept a commit, put definitions in force. `clock` is the store's.
    void turn_given(const AgencyCode& agency, ports::Work work, std::uint64_t token, Micros clock,
                    std::int64_t lease_ms);
    void kept(const ports::Commit& commit, Micros clock);
    void published(const std::vector<AgencyCode>& agencies, const std::vector<BundleHash>& hashes);

    // The far side: an effect arrived there; what it said of it at the end.
    void arrived(const cases::Effect& effect);
    void refused(const EffectKey& key) { refused_.insert(key); }

    // Somebody outside was told.
    void intake_answered(const std::string& report, const runtime::IntakeAnswer& answer);
    void command_sent(const CommandId& id, const CaseId& case_id);
    void command_taken(const CommandId& id) { taken_.insert(id); }
    void command_answered(const ports::CommandOutcome& outcome);

    struct KnownCase {
        std::vector<Digest> leaves;
        Instant last;
        std::set<std::string> fired;
        std::string report;  // channel and external id
        AgencyCode agency;
        TrackingId tracking_id;
        BundleHash current;
    };
    const std::map<CaseId, KnownCase>& cases() const { return cases_; }
    const std::set<CommandId>& taken() const { return taken_; }
    const std::map<CommandId, ports::CommandOutcome>& answered() const { return answered_; }
    const std::map<std::string, TrackingId>& reports() const { return reports_; }
    const std::set<EffectKey>& settled() const { return settled_; }
    const std::map<EffectKey, std::string>& requested() const { return requested_; }
    bool arrived_at(const EffectKey& key) const { return arrived_.contains(key); }

  private:
    struct Turn {
        std::uint64_t token = 0;
        Micros until = 0;
        bool ended = true;
    };
    void check_turn(const ports::TurnEnd& end, Micros clock);
    void check_event(const cases::Event& event, const Digest& leaf);
    void check_payload(const cases::Event& event, KnownCase& known);
    // `made`: the commands that have events in the same commit.
    void check_outcome(const ports::CommandOutcome& outcome, const std::set<CommandId>& made);

    Points& points_;
    std::optional<Violation> violation_;
    std::map<std::pair<AgencyCode, ports::Work>, Turn> turns_;
    std::set<BundleHash> newest_;  // of the definitions in force
    std::map<CaseId, KnownCase> cases_;
    std::map<std::string, CaseId> received_;      // "channel external id", "from CASE HOPS" -> case
    std::map<std::string, TrackingId> reports_;   // that were answered
    std::map<EffectKey, std::string> requested_;  // what for
    std::set<EffectKey> settled_;
    std::map<EffectKey, std::string> arrived_;
    std::set<EffectKey> refused_;
    std::map<CommandId, std::uint32_t> sent_;  // sequence of the case by then
    std::set<CommandId> taken_;                // the queue has it
    std::set<CommandId> decided_;
    std::map<CommandId, ports::CommandOutcome> answered_;
};

}  // namespace pintu::simulate
