// Durable transitions: cases of the peers' workload through the real runtime and store, each of
// their six transitions committed before the next. A commit holds one transition of each of
// `batch` cases, as that of the hand-written limit does.
//
//   flow_bench --store ADDRESS [--seconds 4] [--batch 100] [--workers 1] [--agencies 1]
//              [--cases N: so many, whatever the time] [--windows 1: figures of each part]
//
// One JSON line a window, of the form that the peers' README asks for.
#include <atomic>
#include <cstdio>
#include <thread>

#include "tests/bench/durable/agencies.hpp"
#include "tests/bench/durable/work.hpp"

namespace pintu::bench {
namespace {

constexpr std::size_t kSequenced = 20'000;

struct Plan {
    std::string address;
    double seconds = 4;
    std::int64_t batch = 100;
    std::int64_t workers = 1;
    std::int64_t cases = 0;
    std::vector<AgencyCode> agencies;
    std::vector<Fact> facts;
};

// Takes the next `batch` cases through all their states.
void one_round(runtime::Runtime& runtime, ports::Clock& clock, const Plan& plan,
               std::int64_t first) {
    std::vector<cases::Report> reports;
    reports.reserve(static_cast<std::size_t>(plan.batch));
    for (std::int64_t i = 0; i < plan.batch; ++i)
        reports.push_back(report_of(plan.facts, plan.agencies, first + i));
    const auto opened = must(runtime.intake(reports, {}, clock.now()));
    for (const auto& step : steps()) {
        std::vector<cases::Command> commands;
        commands.reserve(opened.size());
        for (const auto& one : opened) {
            if (one.status != runtime::IntakeAnswer::Status::accepted)
                give_up("not accepted: " + (one.errors.empty() ? "repeated" : one.errors[0].code));
            commands.push_back({CommandId(one.case_id.value + "-b-" + step), one.case_id, officer(),
                                cases::Act{step, {}}});
        }
        for (const auto& outcome : must(runtime.perform(commands, clock.now())))
            if (!outcome.accepted) give_up("refused: " + outcome.code);
    }
}

void report(const Plan& plan, std::int64_t cases, double wall, double cpu, std::int64_t before) {
    const double transitions = 6.0 * static_cast<double>(cases);
    std::printf(
        "{\"group\":\"peers\",\"peer\":\"pintu batch=%lld workers=%lld agencies=%zu\","
        "\"metric\":\"transitions/s\",\"value\":%.1f,\"wall_s\":%.3f,\"client_cpu_s\":%.3f,"
        "\"client_cpu_us_each\":%.1f,\"cases\":%lld,\"cases_before\":%lld}\n",
        static_cast<long long>(plan.batch), static_cast<long long>(plan.workers),
        plan.agencies.size(), transitions / wall, wall, cpu, cpu / transitions * 1e6,
        static_cast<long long>(cases), static_cast<long long>(before));
    std::fflush(stdout);
}

struct Worker {
    node::Equipment equipment;
    runtime::Runtime runtime;
};

// Ends at the time, or after so many cases.
void run_window(const Plan& plan, std::vector<std::unique_ptr<Worker>>& workers,
                std::atomic<std::int64_t>& next, std::int64_t until) {
    const std::int64_t before = next;
    const double start = seconds();
    const double cpu = cpu_seconds();
    std::vector<std::thread> threads;
    for (auto& worker : workers)
        threads.emplace_back([&] {
            while (until > 0 ? next < until : seconds() - start < plan.seconds) {
                one_round(worker->runtime, *worker->equipment.clock, plan,
                          next.fetch_add(plan.batch));
                // The log's places are part of the price.
                if (worker == workers.front())
                    while (must(worker->equipment.store->sequence(kSequenced)) > 0) continue;
            }
        });
    for (auto& thread : threads) thread.join();
    report(plan, next - before, seconds() - start, cpu_seconds() - cpu, before);
}

int run(const Arguments& arguments) {
    Plan plan;
    plan.address = arguments.text("store", "sqlite::memory:");
    plan.seconds = static_cast<double>(arguments.number("seconds", 4));
    plan.batch = arguments.number("batch", 100);
    plan.workers = arguments.number("workers", 1);
    plan.cases = arguments.number("cases", 0);
    plan.agencies = agency_codes(static_cast<std::size_t>(arguments.number("agencies", 1)));
    plan.facts = some_facts();
    const auto loadout = load_agencies(plan.agencies.size(), today());
    const auto settings = batches_of(static_cast<std::size_t>(plan.batch));
    std::vector<std::unique_ptr<Worker>> workers;
    for (std::int64_t i = 0; i < plan.workers; ++i) {
        auto equipment = equip(plan.address);
        auto runtime = make_runtime(equipment, settings, loadout);
        workers.push_back(
            std::make_unique<Worker>(Worker{std::move(equipment), std::move(runtime)}));
    }
    std::atomic<std::int64_t> next{arguments.number("from", 0)};
    const std::int64_t windows = arguments.number("windows", 1);
    for (std::int64_t window = 1; window <= windows; ++window)
        run_window(plan, workers, next, plan.cases * window / windows);
    return 0;
}

}  // namespace
}  // namespace pintu::bench

int main(int argc, char** argv) {
    return pintu::bench::run(pintu::bench::Arguments(argc, argv));
}
