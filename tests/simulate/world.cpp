#include "tests/simulate/world.hpp"

#include "tests/simulate/faults.hpp"
#include "tests/simulate/node.hpp"
#include "tests/simulate/outside.hpp"
#include "tests/simulate/verdict.hpp"

namespace pintu::simulate {
namespace {

constexpr std::uint64_t kSeedsOfOnePair = 32;  // that share definitions
constexpr std::uint64_t kMostSteps = 400'000;
constexpr Micros kTidyEvery = 12 * kHour;
constexpr Micros kFoundWithin = 10 * 60 * kSecond;
constexpr int kMostTidies = 2'000;  // 1,000 days: longer than all loops and waits together

Micros start_of_worlds() {
    return parse_instant("2026-03-02T09:00:00+08:00")->micros;
}

// What could be done now is not waiting for the same turn a while later: no wake tells of it for
// ever, so polls and sweeps must have found it.
void watch(World& world) {
    auto before = unattended(world);
    if (before.empty()) return;
    world.scheduler.after(kFoundWithin, [&world, before = std::move(before)] {
        for (const auto& what : unattended(world))
            world.ledger.must(!before.contains(what), "what waits is found", what);
    });
}

// While nothing has come to rest, people go on asking and acting.
void tidy(World& world, int times) {
    if (world.outside->all_answered() && at_rest(world)) {
        world.over = true;
        return;
    }
    if (times == kMostTidies) {
        judge_rest(world);
        world.over = true;
        return;
    }
    watch(world);
    world.outside->finish();
    world.scheduler.after(kTidyEvery, [&world, times] { tidy(world, times + 1); });
}

void begin(World& world) {
    const std::size_t nodes = 1 + world.chance.below(4);
    for (std::size_t i = 0; i < nodes; ++i)
        world.nodes.push_back(std::make_unique<Node>(world, static_cast<int>(i)));
    world.outside->publish(world.definitions->first);
    for (auto& node : world.nodes) node->start();
    const Micros length = world.chance.between(3, 40) * kDay;
    world.outside->begin(length);
    if (world.run.mode == Mode::liveness)
        world.scheduler.after(length, [&world] {
            world.faults->end();
            tidy(world, 0);
        });
    else
        world.scheduler.after(length + world.chance.between(0, 60) * kDay,
                              [&world] { world.over = true; });
}

}  // namespace

World::World(const Run& what, Points& reached)
    : run(what),
      chance(what.seed * 2 + (what.mode == Mode::liveness ? 1 : 0)),
      points(reached),
      scheduler(start_of_worlds()),
      trace(scheduler, what.trace),
      ledger(points),
      server(scheduler, ledger, lost_wakes, chance.split()),
      network{scheduler, server, points, chance.split(), {}, {}},
      definitions(definitions_of(what.seed / kSeedsOfOnePair)),
      newest(&definitions->first),
      outside(std::make_unique<Outside>(*this)),
      faults(std::make_unique<Faults>(*this)) {
    network.on_call = [this](Condition& condition) { faults->on_call(condition); };
    server.on_change = [this] {
        for (auto& node : nodes) node->store_changed();
    };
    server.on_notice = [this] {
        for (auto& node : nodes) node->told();
    };
}

World::~World() {
    scheduler.shut_down();
}

Played play(const Run& run, Points& points) {
    World world(run, points);
    begin(world);
    while (!world.over && !world.ledger.violation() && world.scheduler.step())
        if (world.scheduler.steps() > kMostSteps)
            world.ledger.violated("everything comes to rest", "too many steps");
    world.scheduler.shut_down();
    world.server.forget_in_flight();
    if (!world.ledger.violation()) judge(world);
    if (!world.ledger.violation() && run.mode == Mode::liveness) judge_rest(world);
    Played played{world.ledger.violation(), world.trace.hash(), world.scheduler.steps(),
                  world.ledger.cases().size(), 0};
    for (const auto& [id, known] : world.ledger.cases()) played.events += known.leaves.size();
    return played;
}

}  // namespace pintu::simulate
