// One simulated world: a store, some nodes, people outside, and whatever goes wrong. Everything
// that is not the engine is played; the engine is the real one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulate/connection.hpp"
#include "tests/simulate/definitions.hpp"
#include "tests/simulate/ledger.hpp"
#include "tests/simulate/scheduler.hpp"
#include "tests/simulate/server.hpp"
#include "tests/simulate/trace.hpp"

namespace pintu::simulate {

enum class Mode {
    safety,   // faults never end; nothing wrong may ever happen
    liveness  // faults end at some time; from then on everything must come to rest
};

struct Run {
    std::uint64_t seed = 0;
    Mode mode = Mode::safety;
    bool trace = false;
};

struct Played {
    std::optional<Violation> violation;
    std::uint64_t hash = 0;
    std::uint64_t steps = 0;
    std::size_t cases = 0;
    std::size_t events = 0;
};

// Plays a seed to its end. What was reached is added to `points`.
Played play(const Run& run, Points& points);

class Node;
class Outside;
class Faults;

// What the parts of a world share.
struct World {
    World(const Run& run, Points& points);
    ~World();

    int node_of(const Condition& condition) const { return condition.owner; }

    Run run;
    Chance chance;
    Points& points;
    Scheduler scheduler;
    Trace trace;
    Ledger ledger;
    LostWakes lost_wakes;
    Server server;
    Network network;
    std::shared_ptr<const DefinitionPair> definitions;
    const runtime::Loadout* newest = nullptr;  // that somebody published, or is about to
    std::vector<std::unique_ptr<Node>> nodes;
    std::unique_ptr<Outside> outside;
    std::unique_ptr<Faults> faults;
    bool calm = false;  // faults have ended
    bool over = false;  // everything has come to rest
};

}  // namespace pintu::simulate
