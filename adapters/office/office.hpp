// Plays an office's behaviour against cases as they change: who will do what, and when. The same
// behaviour and the same cases give the same acts: chance comes from a hash of seed, report and
// step.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/office/behaviour.hpp"
#include "engine/base/instant.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/cases/command/command.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::office {

class Office {
  public:
    Office(Behaviour behaviour, const bundle::Library& library);

    // A case as it is after a change; what was planned for an earlier state of it is dropped.
    void observe(const cases::CaseRow& row);
    // When somebody acts next.
    std::optional<Instant> next() const;
    // Everything planned at or before `now`, in order of time, as commands; each is given once.
    std::vector<cases::Command> due(Instant now);

  private:
    struct Plan {
        CaseId case_id;
        std::int32_t turn = 0;
        cases::Command command;
    };
    struct Seen {
        std::string state;
        bool waits = false;
        std::int32_t turn = 0;  // how often the case came into another state
        std::int32_t escalations = 0;
    };
    // Where and of what a case with coordinates is, for whoever looks for the same again.
    struct Sighting {
        std::string agency, category;
        std::int32_t lat_udeg = 0, lon_udeg = 0;
        Instant received_at;
        TrackingId tracking_id;
    };
    void remember(const cases::CaseRow& row);
    // The earliest sighting of the same, nearby and in the days before; nullptr where there is
    // none.
    const Sighting* similar_to(const cases::CaseRow& row) const;
    bool applies(const cases::CaseRow& row, const Choice& choice) const;
    // `occasion` tells one command of a turn from another.
    void plan(const cases::CaseRow& row, const Choice& choice, const Digest& chance,
              std::int32_t turn, const std::string& occasion);
    const workflow::EventSpec* find_event(const cases::CaseRow& row,
                                          const std::string& event) const;
    std::optional<cases::Actor> actor(const cases::CaseRow& row, const Choice& choice,
                                      Instant at) const;

    Behaviour behaviour_;
    const bundle::Library& library_;
    std::map<CaseId, Seen> seen_;
    std::vector<Sighting> sightings_;  // in order of receipt
    std::multimap<Instant, Plan> plans_;
};

}  // namespace pintu::office
