// What open cases wait for, against what the store has for them: a timer that somebody deleted
// would let a deadline pass in silence, an effect that is gone would never be sent.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "engine/cases/decide/decide.hpp"
#include "engine/history/verify.hpp"
#include "engine/runtime/definitions.hpp"

namespace pintu::runtime {

class Waiting {
  public:
    // Reads the queues of an agency as they are now: memory grows with its timers and effects.
    static Result<Waiting> begin(ports::EventStore& store, const AgencyCode& agency);

    // Notes the case where the queues do not fit it.
    Result<void> look(const cases::State& state, const cases::SubjectKey& key);
    // Looks once more at what did not fit, because the engine may be running: HI053 an effect that
    // is neither settled nor waits, HI054 one that waits and was not asked for or is settled, HI055
    // a case with something to wait for and no timer. Where the definitions are not kept, timers
    // cannot be told. Cases that never stood still get into `moving`.
    Result<void> finish(history::Findings& findings, std::set<CaseId>& moving);

  private:
    struct Queues {
        std::map<CaseId, std::set<EffectKey>> effects;
        std::set<CaseId> timers;
    };
    class Silence : public ports::Log {
        void write(ports::LogLevel, const std::string&, const std::vector<std::string>&) override {}
    };
    struct Misfit {
        std::vector<EffectKey> gone, foreign;
        std::optional<cases::Wake> unset;
        bool none() const { return gone.empty() && foreign.empty() && !unset; }
    };

    Waiting(ports::EventStore& store, AgencyCode agency)
        : store_(&store), agency_(std::move(agency)) {}
    static Result<Queues> read(ports::EventStore& store, const AgencyCode& agency);
    Result<Misfit> misfit(const cases::State& state, const cases::SubjectKey& key,
                          const Queues& queues);
    Result<void> look_again(history::Findings& findings);
    // Some at a time; those that cannot be read are left out.
    Result<void> each_suspect(
        const std::function<Result<void>(const CaseId&, const ports::StoredCase&)>& visit);
    Result<void> tell(const CaseId& id, const ports::StoredCase& stored, const Queues& queues,
                      history::Findings& findings);
    Result<std::optional<cases::Wake>> wake_of(const cases::State& state,
                                               const cases::SubjectKey& key);
    Result<bool> load_definitions(Instant now);

    ports::EventStore* store_;
    AgencyCode agency_;
    Queues queues_;
    std::set<CaseId> suspects_;
    std::unique_ptr<Silence> silence_ = std::make_unique<Silence>();
    std::optional<PinnedDefinitions> definitions_;
    bool tried_ = false;
};

}  // namespace pintu::runtime
