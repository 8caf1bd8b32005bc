// Nodes that share one store: commands left in its queue are decided in turns, what comes of them
// is sent in turns. Nothing may be lost or done twice.
//
//   nodes_bench --store ADDRESS [--nodes 2] [--cases 20000] [--agencies 16]
#include <cstdio>
#include <map>
#include <mutex>
#include <thread>

#include "engine/cases/command/codec.hpp"
#include "tests/bench/durable/agencies.hpp"
#include "tests/bench/durable/work.hpp"

namespace pintu::bench {
namespace {

// Counts what is sent, over all nodes.
struct Sent {
    std::mutex mutex;
    std::map<EffectKey, int> times;
};

class Counting final : public ports::Connector {
  public:
    explicit Counting(Sent& sent) : sent_(sent) {}
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override {
        const std::lock_guard lock(sent_.mutex);
        for (const auto& message : messages) ++sent_.times[message.effect.key];
        return std::vector<ports::Performed>(messages.size());
    }

  private:
    Sent& sent_;
};

std::vector<CommandId> fill_queue(const std::string& address, const runtime::Loadout& loadout,
                                  const std::vector<AgencyCode>& agencies, std::int64_t count,
                                  std::int64_t first) {
    constexpr std::int64_t kBatch = 1'000;
    auto equipment = equip(address);
    auto runtime = make_runtime(equipment, batches_of(kBatch), loadout);
    const auto facts = some_facts();
    std::vector<CommandId> ids;
    for (std::int64_t done = 0; done < count; done += kBatch) {
        std::vector<cases::Report> reports;
        for (std::int64_t i = done; i < done + kBatch; ++i)
            reports.push_back(report_of(facts, agencies, first + i));
        const Instant now = equipment.clock->now();
        ports::Commit queued;
        for (const auto& opened : must(runtime.intake(reports, {}, now)))
            for (const auto& step : steps()) {
                const CommandId id(opened.case_id.value + "-q-" + step);
                queued.submitted.push_back(
                    {id, agency_of(id), opened.case_id, now,
                     cases::encode({id, opened.case_id, officer(), cases::Act{step, {}}})});
                ids.push_back(id);
            }
        if (!must(equipment.store->commit(queued)).kept()) give_up("the queue was not kept");
    }
    return ids;
}

void wait_until_empty(ports::EventStore& store) {
    const auto busy = [&] {
        return !must(store.pending(1)).empty() || !must(store.unsent(1)).empty();
    };
    while (busy()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
}

int run(const Arguments& arguments) {
    const std::string address = arguments.text("store", "");
    const auto agencies = agency_codes(static_cast<std::size_t>(arguments.number("agencies", 16)));
    const auto loadout = load_agencies(agencies.size(), today(), true);
    const std::int64_t count = arguments.number("cases", 20'000);
    const auto ids = fill_queue(address, loadout, agencies, count, arguments.number("from", 0));
    Sent sent;
    std::vector<std::unique_ptr<node::Node>> nodes;
    auto watching = equip(address);
    const double start = seconds();
    for (std::int64_t i = 0; i < arguments.number("nodes", 2); ++i) {
        node::Settings settings;
        settings.runtime.node = "node-" + std::to_string(i);
        settings.runtime.batch = static_cast<std::size_t>(arguments.number("batch", 500));
        nodes.push_back(must(node::Node::start(
            settings,
            [&] {
                auto made = equip(address);
                made.connector = std::make_unique<Counting>(sent);
                return Result(std::move(made));
            },
            loadout)));
    }
    wait_until_empty(*watching.store);
    const double wall = seconds() - start;
    for (auto& node : nodes) node->stop();
    std::int64_t lost = 0, refused = 0, sent_twice = 0;
    for (const auto& id : ids) {
        const auto outcome = must(watching.store->outcome(id));
        lost += outcome ? 0 : 1;
        refused += outcome && !outcome->accepted ? 1 : 0;
    }
    for (const auto& [key, times] : sent.times) sent_twice += times - 1;
    std::printf(
        "{\"metric\":\"queued transitions/s\",\"nodes\":%zu,\"agencies\":%zu,\"value\":%.0f,"
        "\"commands\":%zu,\"lost\":%lld,\"refused\":%lld,\"sent\":%zu,\"not_sent\":%lld,"
        "\"sent_twice\":%lld}\n",
        nodes.size(), agencies.size(), static_cast<double>(ids.size()) / wall, ids.size(),
        static_cast<long long>(lost), static_cast<long long>(refused), sent.times.size(),
        static_cast<long long>(count - static_cast<std::int64_t>(sent.times.size())),
        static_cast<long long>(sent_twice));
    // A command decided twice would be refused the second time: its event is not open any more.
    return lost + refused + sent_twice == 0 ? 0 : 1;
}

}  // namespace
}  // namespace pintu::bench

int main(int argc, char** argv) {
    return pintu::bench::run(pintu::bench::Arguments(argc, argv));
}
