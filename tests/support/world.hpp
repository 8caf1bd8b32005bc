// A runtime on a store in memory, with definitions of a fixture folder, some files replaced: the
// whole engine without a database, a disk or a clock.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/runtime/runtime.hpp"
#include "tests/support/doubles.hpp"
#include "tests/support/memory_store.hpp"

namespace pintu::testing {

// All files below tests/fixtures/FIXTURE and the zones that they name.
bundle::Definitions read_fixture(const std::string& fixture);
// Paths replaced or added; an empty text takes a file away.
bundle::Definitions with_files(bundle::Definitions definitions,
                               const std::map<std::string, std::string>& files);
// Loaded and proved as of a day; a test that cannot load fails with the diagnostics.
runtime::Loadout loadout_of(const bundle::Definitions& definitions, Date today);
// The fixture `kasus` as of 2026-01-01.
const runtime::Loadout& kasus();

Instant at(const std::string& rfc3339);

class World {
  public:
    explicit World(const runtime::Loadout& loadout, runtime::Settings settings = {},
                   std::shared_ptr<ports::EventStore> store = std::make_shared<MemoryStore>(),
                   ports::FactSource* facts = nullptr);

    // Takes one report in; it must be accepted.
    CaseId report(const cases::Report& report, const std::string& now);
    runtime::IntakeAnswer answer(const cases::Report& report, const std::string& now);
    // Does everything that is due up to then, each thing at its own time.
    void play(const std::string& until);
    ports::CommandOutcome act(const CaseId& id, const std::string& person, const std::string& event,
                              cases::Answers answers, const std::string& now);
    ports::CommandOutcome perform(const CaseId& id, cases::Actor actor, cases::Body body,
                                  const std::string& now);
    cases::State state(const CaseId& id);
    // The events as one line each: "3 Transitioned diterima -> terverifikasi".
    std::string story(const CaseId& id);

    std::shared_ptr<ports::EventStore> store;
    CountingEntropy entropy{"world"};
    RememberingConnector connector;
    CollectingLog log;
    runtime::Runtime runtime;
};

cases::Actor person(const std::string& id);
cases::Actor reporter();

// A road hole in Penajam, whole.
cases::Report road_hole(const std::string& external_id);

// One event as one line, without ids that chance made.
std::string line_of(const cases::Event& event);

}  // namespace pintu::testing
