// A history told again: folded by the very apply() that lived through it, and every decision and
// clock worked out anew from what was recorded before it, under the definitions of that day.
// Nothing is asked of a text, a plugin or today's clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/cases/event/event.hpp"
#include "engine/cases/state/state.hpp"
#include "engine/replay/archive.hpp"

namespace pintu::replay {

// Where a history and its replay part.
struct Divergence {
    CaseId case_id;
    std::uint32_t sequence = 0;  // of the event
    std::string what;            // "decision pemilik", "clock tindak_lanjut", "transition lanjut"
    std::string field;           // first field that differs: "value"
    std::string recorded;
    std::string replayed;
    bool operator==(const Divergence&) const = default;
};

// One case, event by event. After a divergence it goes on with what was recorded, so that each
// event is judged by itself.
class Replayer {
  public:
    // Of whom it asks the definitions; outlives it.
    explicit Replayer(Archive& archive) : archive_(archive) {}

    // Forgets the case before. A case's events come in order of sequence.
    void begin();
    // Nothing: equal, or an event of a kind that only records (a comment, an effect's result).
    // Errors are the archive's: HI060 to HI062.
    Result<std::optional<Divergence>> add(const cases::Event& event);
    const cases::State& state() const { return state_; }
    // Events so far that were worked out anew.
    std::uint64_t compared() const { return compared_; }

  private:
    Archive& archive_;
    cases::State state_;
    std::uint64_t compared_ = 0;
};

// What replaying many cases came to: the JSON contract `replay` of design.md section 7.
struct Summary {
    std::uint64_t cases = 0;
    std::uint64_t events = 0;
    std::uint64_t equal = 0;       // cases
    std::uint64_t different = 0;   // cases
    std::uint64_t unreplayed = 0;  // cases that could not be read or replayed, counted nowhere else
    std::optional<Divergence> first;
};

// All of one case. Adds to the summary.
Result<std::vector<Divergence>> replay(const std::vector<cases::Event>& events, Archive& archive,
                                       Summary& summary);

// The case as it was at a moment: the fold of its events up to and with `at`.
cases::State as_of(const std::vector<cases::Event>& events, Instant at);

}  // namespace pintu::replay
