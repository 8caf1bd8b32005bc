#include "tests/simulate/faults.hpp"

#include "tests/simulate/node.hpp"

namespace pintu::simulate {
namespace {

std::size_t drawn(Chance& chance, std::size_t some, std::size_t many) {
    return chance.any_of(std::vector<std::size_t>{0, some, some, many});
}

}  // namespace

Faults::Faults(World& world) : world_(world), chance_(world.chance.split()) {
    kills_ = drawn(chance_, 3, 12);
    stops_ = drawn(chance_, 2, 8);
    cuts_ = drawn(chance_, 2, 8);
    crashes_ = drawn(chance_, 1, 4);
    clocks_ = drawn(chance_, 1, 4);
    world_.network.weather = {drawn(chance_, 3, 15), drawn(chance_, 3, 15), drawn(chance_, 20, 100),
                              drawn(chance_, 2, 12)};
    world_.lost_wakes = {drawn(chance_, 100, 1'000), drawn(chance_, 50, 300),
                         drawn(chance_, 20, 200)};
}

void Faults::on_call(Condition& condition) {
    if (world_.calm) return;
    const auto soon = [&] {
        return chance_.percent(80) ? chance_.between(0, 4 * kMillisecond)
                                   : chance_.between(0, 5 * kSecond);
    };
    if (chance_.permille(crashes_)) world_.scheduler.after(soon(), [this] { crash_store(); });
    if (chance_.permille(cuts_)) {
        condition.cut_off_until =
            world_.scheduler.now() + chance_.between(10 * kMillisecond, 40 * kSecond);
        world_.points.reach(Point::node_cut_off);
    }
    if (condition.owner < 0) return;
    Node& node = *world_.nodes[static_cast<std::size_t>(condition.owner)];
    if (chance_.permille(kills_)) world_.scheduler.after(soon(), [this, &node] { kill(node); });
    if (chance_.permille(stops_))
        world_.scheduler.after(soon(), [this, &node] {
            if (!world_.calm) node.stop(chance_.between(100 * kMillisecond, 40 * kSecond));
        });
    if (chance_.permille(clocks_))
        world_.scheduler.after(soon(), [this, &node] { move_clock(node); });
}

void Faults::kill(Node& node) {
    if (world_.calm || !node.alive()) return;
    node.kill();
    const Micros down = chance_.percent(80) ? chance_.between(kMillisecond, 20 * kSecond)
                                            : chance_.between(kSecond, 2 * kHour);
    world_.scheduler.after(down, [&node] {
        if (!node.alive()) node.start();
    });
}

void Faults::crash_store() {
    if (world_.calm || !world_.server.up()) return;
    world_.server.crash();
    world_.trace.step("store down", 99, 0, [] { return ""; });
    const bool fails_over = chance_.percent(50);
    if (fails_over) world_.points.reach(Point::store_failed_over);
    const Micros moves = fails_over ? chance_.between(-2 * kSecond, 5 * kSecond) : 0;
    world_.scheduler.after(chance_.between(50 * kMillisecond, 30 * kSecond), [this, moves] {
        if (world_.server.up()) return;
        world_.server.recover(moves);
        world_.trace.step("store up", 99, 0, [] { return ""; });
    });
}

void Faults::move_clock(Node& node) {
    if (world_.calm) return;
    const Micros before = node.clock_offset();
    Micros after = 0;
    switch (chance_.below(5)) {
        case 0: after = before + 90 * kDay; break;
        case 1: after = before + chance_.between(kSecond, 2 * kDay); break;
        case 2: after = before - chance_.between(kSecond, kHour); break;
        case 3: after = before - chance_.between(kHour, kDay); break;
        default: break;
    }
    world_.points.reach(after < before ? Point::clock_went_back : Point::clock_leapt_ahead);
    node.set_clock(after);
}

void Faults::end() {
    world_.calm = true;
    world_.network.weather = {};
    if (!world_.server.up()) world_.server.recover(0);
    for (auto& node : world_.nodes) {
        node->set_clock(0);
        node->condition().cut_off_until = 0;
        if (!node->alive()) node->start();
    }
}

}  // namespace pintu::simulate
