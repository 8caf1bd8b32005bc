// Commands that are decided at once; whoever gave them waits for what became of them.
#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <string_view>

#include "engine/runtime/outcome.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {

// What became of the commands of one call. An id that was given twice is one command.
class Runtime::Outcomes {
  public:
    explicit Outcomes(std::size_t commands) { places_.reserve(commands); }
    // Of those that were decided before.
    void recall(const std::vector<cases::Command>& commands,
                std::vector<std::optional<ports::CommandOutcome>> stored) {
        for (std::size_t i = 0; i < commands.size(); ++i)
            if (stored[i] && is_new(commands[i])) known_.push_back(std::move(*stored[i]));
    }
    std::size_t known() const { return known_.size(); }
    bool knows(const std::vector<cases::Command>& commands) const {
        return std::all_of(commands.begin(), commands.end(),
                           [&](const auto& command) { return places_.contains(command.id.value); });
    }
    // Whoever is told so decides it, after those that he was told of before.
    bool is_new(const cases::Command& command) {
        return places_.try_emplace(command.id.value, places_.size()).second;
    }
    // In the order of the commands.
    std::vector<ports::CommandOutcome> answers(const std::vector<cases::Command>& commands,
                                               std::vector<ports::CommandOutcome> decided) const {
        if (known_.empty() && decided.size() == commands.size()) return decided;
        std::vector<ports::CommandOutcome> answers;
        for (const auto& command : commands) {
            const std::size_t place = places_.at(command.id.value);
            answers.push_back(place < known_.size() ? known_[place]
                                                    : decided[place - known_.size()]);
        }
        return answers;
    }

  private:
    // Of ids: first the known ones.
    boost::unordered_flat_map<std::string_view, std::size_t> places_;
    std::vector<ports::CommandOutcome> known_;
};

// The store is not asked first: that a command was decided before is rare, and the commit says so.
// While commands come again it is.
Result<std::vector<ports::CommandOutcome>> Runtime::perform(
    const std::vector<cases::Command>& commands, Instant now) {
    facts_.forget();
    std::size_t known = 0;
    bool lost = false;  // a race, in the round before
    for (int races = 0; races < kMostRaces; ++races) {
        Outcomes outcomes(commands.size());
        const bool asks = races > 0 || expects_known_;
        if (asks)
            if (auto done = recall(commands, outcomes); !done) return done.unexpected();
        if (lost && outcomes.known() == known) trusts_cache_ = false;
        known = outcomes.known();
        Batch batch(bench(), now);
        auto decided = decide_new(batch, commands, outcomes, now);
        // Nobody needs to decide, nor to read, what was decided before.
        if (!decided && races == 0) continue;
        if (!decided) return decided.unexpected();
        auto written = batch.write();
        if (!written && !asks && written.error().code != "ST021")
            return known_or(written.error(), commands);
        if (!written) return written.unexpected();
        expects_known_ = known > 0;
        if (*written == Written::kept)
            return outcomes.answers(commands, std::move(batch.commit().outcomes));
        lost = true;
    }
    return fail("RT025");
}

// A store that takes nothing now may still tell what it has. Not ST021: what is there then may be
// this commit's own.
Result<std::vector<ports::CommandOutcome>> Runtime::known_or(
    const Error& otherwise, const std::vector<cases::Command>& commands) {
    Outcomes outcomes(commands.size());
    if (!recall(commands, outcomes) || !outcomes.knows(commands))
        return Unexpected<Error>{otherwise};
    return outcomes.answers(commands, {});
}

Result<void> Runtime::recall(const std::vector<cases::Command>& commands, Outcomes& outcomes) {
    std::vector<CommandId> ids;
    for (const auto& command : commands) ids.push_back(command.id);
    auto stored = ports_.store.outcomes(ids);
    if (!stored) return stored.unexpected();
    outcomes.recall(commands, std::move(*stored));
    return {};
}

Result<void> Runtime::decide_new(Batch& batch, const std::vector<cases::Command>& commands,
                                 Outcomes& outcomes, Instant now) {
    std::vector<const cases::Command*> asked;
    std::vector<const CaseId*> on;
    asked.reserve(commands.size());
    on.reserve(commands.size());
    for (const auto& command : commands) {
        if (!outcomes.is_new(command)) continue;
        asked.push_back(&command);
        if (!command.case_id.empty()) on.push_back(&command.case_id);
    }
    if (auto fetched = fetch(batch, on, true); !fetched) return fetched;
    batch.expect(asked.size());
    for (const auto* command : asked) {
        auto verdict = batch.decide(*command);
        if (!verdict) return verdict.unexpected();
        batch.commit().outcomes.push_back(outcome_of(command->id, std::move(*verdict), now));
    }
    return {};
}

Result<ports::CommandOutcome> Runtime::perform(const cases::Command& command, Instant now) {
    auto outcomes = perform(std::vector{command}, now);
    if (!outcomes) return outcomes.unexpected();
    return std::move(outcomes->front());
}

}  // namespace pintu::runtime
