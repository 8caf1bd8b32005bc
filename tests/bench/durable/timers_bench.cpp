// Timers at scale: 514 agencies.
//
//   timers_bench --store ADDRESS --few-store ADDRESS --mode poll  [--few 50000] [--many 5000000]
//     What a claim costs that finds nothing due, over few and over many pending timers, in two
//     databases, a round of each in turn; beside a bare indexed query over as many. Rows go
//     straight into the store's tables (fill()); with --filled 1 they are there from a run before.
//   timers_bench --store ADDRESS --mode storm [--due 1000000] [--senders 16] [--seconds 4]
//     So many cases are taken in; then the clock jumps 90 days and all their deadlines are due at
//     once, while senders go on sending reports. Each must be escalated once.
#include <atomic>
#include <cstdio>
#include <thread>

#include "tests/bench/durable/agencies.hpp"
#include "tests/bench/durable/raw_limit.hpp"
#include "tests/bench/durable/work.hpp"

namespace pintu::bench {
namespace {

constexpr std::size_t kAgencies = 514;
constexpr std::int64_t kJumpSeconds = 90 * 86'400LL;

// Rows of cases with pending timers, due over the coming 300 days, the agencies in turn, put
// straight into the store's table; and what the agenda says of each agency that has them.
void fill(const std::string& address, std::int64_t pending) {
    run_sql(address,
            "INSERT INTO cases (agency, case_id, leaf, closed, timer_due, lookup_list, shown) "
            "SELECT a, a || '-' || lpad(to_hex(i), 32, '0'), sha256(i::text::bytea), false, "
            "1000000 * (extract(epoch FROM now())::bigint + 86400 + i % 25920000), '', "
            "'\\x0000000200000008000008000008'::bytea || 'receivedkantor  sla 100%'::bytea || "
            "repeat('r', 300)::bytea FROM (SELECT i, (11 + i % 514 / 16) || '.' || lpad((1 + i % "
            "514 % 16)::text, 2, '0') AS a FROM generate_series(1::bigint, " +
                std::to_string(pending) + ") i) s ON CONFLICT DO NOTHING");
    run_sql(address,
            "INSERT INTO agenda (agency, work, due) SELECT agency, 0, min(timer_due) FROM cases "
            "GROUP BY agency ON CONFLICT (agency, work) DO UPDATE SET due = least(agenda.due, "
            "excluded.due)");
    run_sql(address, "VACUUM ANALYZE cases");
    run_sql(address, "VACUUM ANALYZE agenda");
}

void poll_some(node::Equipment& equipment, std::vector<double>& times) {
    ports::ClaimRequest request;
    request.node = "bench";
    for (int i = 0; i < 300; ++i) {
        request.now = equipment.clock->now();
        const double start = seconds();
        if (must(equipment.store->claim(request))) give_up("something was due");
        times.push_back((seconds() - start) * 1e6);
    }
}

struct Polled {
    std::string address;
    std::int64_t pending;
    node::Equipment equipment = equip(address);
    std::vector<double> times = {};
};

// The machine's speed drifts more within seconds than one costs more than the other.
int poll(const Arguments& arguments) {
    Polled few{arguments.text("few-store", ""), arguments.number("few", 50'000)};
    Polled many{arguments.text("store", ""), arguments.number("many", 5'000'000)};
    for (auto* one : {&few, &many}) {
        if (arguments.number("filled", 0) == 0) fill(one->address, one->pending);
        // A sweep of the agenda goes first: it is not part of a poll.
        poll_some(one->equipment, one->times);
        one->times.clear();
    }
    for (int round = 0; round < 20; ++round)
        for (auto* one : {&few, &many}) poll_some(one->equipment, one->times);
    double raw = 0;
    for (auto* one : {&few, &many}) {
        raw = raw_poll_us(one->address, one->pending);
        std::printf(
            "{\"metric\":\"poll us (nothing due)\",\"pending\":%lld,\"agencies\":%zu,"
            "\"pintu\":%.1f,\"bare indexed query\":%.1f}\n",
            static_cast<long long>(one->pending), kAgencies, quantile(one->times, 0.5), raw);
    }
    const double us = quantile(many.times, 0.5);
    std::printf("{\"metric\":\"poll: many / few\",\"value\":%.2f,\"wanted\":\"<= 1.5\"}\n",
                us / quantile(few.times, 0.5));
    std::printf("{\"metric\":\"poll: many / bare query\",\"value\":%.2f,\"wanted\":\"<= 3\"}\n",
                us / raw);
    return 0;
}

// Reports until told to stop; how long each waited for its answer.
class Senders {
  public:
    Senders(node::Node& node, const std::vector<Fact>& facts,
            const std::vector<AgencyCode>& agencies, int count, std::int64_t first)
        : latencies_(static_cast<std::size_t>(count)) {
        for (int i = 0; i < count; ++i)
            threads_.emplace_back([&, i, first] {
                std::int64_t number = first + i * 10'000'000'000LL;
                auto& mine = latencies_[static_cast<std::size_t>(i)];
                while (!stopped_) {
                    const double start = seconds();
                    must(node.submit(report_of(facts, agencies, ++number)).get());
                    mine.push_back((seconds() - start) * 1e3);
                }
            });
    }
    std::vector<double> stop() {
        stopped_ = true;
        for (auto& thread : threads_) thread.join();
        std::vector<double> all;
        for (const auto& mine : latencies_) all.insert(all.end(), mine.begin(), mine.end());
        return all;
    }

  private:
    std::atomic<bool> stopped_{false};
    std::vector<std::vector<double>> latencies_;
    std::vector<std::thread> threads_;
};

void wait_until_drained(ports::EventStore& store, Instant now) {
    while (!must(store.due_timers(now, 1)).empty())
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

void take_in(const std::string& address, const runtime::Loadout& loadout,
             const std::vector<Fact>& facts, const std::vector<AgencyCode>& agencies,
             std::int64_t count) {
    constexpr std::int64_t kBatch = 1'000;
    auto equipment = equip(address);
    auto runtime = make_runtime(equipment, batches_of(kBatch), loadout);
    for (std::int64_t done = 0; done < count; done += kBatch) {
        std::vector<cases::Report> reports;
        for (std::int64_t i = done; i < std::min(done + kBatch, count); ++i)
            reports.push_back(report_of(facts, agencies, i));
        must(runtime.intake(reports, {}, equipment.clock->now()));
    }
}

// Cases by how often their deadline was escalated. Those that come in during the storm are not due.
struct Escalated {
    long long never = 0;
    long long once = 0;
    long long more = 0;
};

Escalated count_escalated(ports::EventStore& store) {
    Escalated counted;
    ports::CaseFilter filter;
    filter.limit = 10'000;
    for (;;) {
        const auto rows = must(store.list(filter));
        for (const auto& row : rows)
            ++(row.escalations == 0   ? counted.never
               : row.escalations == 1 ? counted.once
                                      : counted.more);
        if (rows.size() < filter.limit) return counted;
        filter.after = rows.back().id;
    }
}

struct Phase {
    double p50_ms = 0;
    double p99_ms = 0;
    double wall_s = 0;
    double timers = 0;
};

// Senders and a node whose clock is `ahead_s` on, for so long or until nothing is due.
Phase run_phase(const Arguments& arguments, const runtime::Loadout& loadout,
                const std::vector<Fact>& facts, const std::vector<AgencyCode>& agencies,
                std::int64_t ahead_s, std::int64_t first) {
    const std::string address = arguments.text("store", "");
    auto equipment = equip(address, ahead_s);
    auto node = must(node::Node::start(
        {}, [&] { return Result(equip(address, ahead_s)); }, loadout));
    const double start = seconds();
    Senders senders(*node, facts, agencies, static_cast<int>(arguments.number("senders", 16)),
                    first);
    if (ahead_s == 0)
        std::this_thread::sleep_for(std::chrono::seconds(arguments.number("seconds", 4)));
    else
        wait_until_drained(*equipment.store, equipment.clock->now());
    Phase phase;
    phase.wall_s = seconds() - start;
    auto latencies = senders.stop();
    node->stop();
    phase.timers = static_cast<double>(node->figures().timers);
    phase.p50_ms = quantile(latencies, 0.5);
    phase.p99_ms = quantile(latencies, 0.99);
    return phase;
}

int storm(const Arguments& arguments) {
    const std::string address = arguments.text("store", "");
    const std::int64_t due = arguments.number("due", 1'000'000);
    const auto agencies = agency_codes(kAgencies);
    const auto loadout = load_agencies(agencies.size(), today());
    const auto facts = some_facts();
    take_in(address, loadout, facts, agencies, due);
    if (address.starts_with("postgres")) run_sql(address, "VACUUM ANALYZE");
    const Phase calm = run_phase(arguments, loadout, facts, agencies, 0, 5'000'000'000LL);
    auto equipment = equip(address);
    const Escalated before = count_escalated(*equipment.store);
    const double before_mb = peak_mb();
    const Phase wild =
        run_phase(arguments, loadout, facts, agencies, kJumpSeconds, 500'000'000'000'000LL);
    const Escalated after = count_escalated(*equipment.store);
    std::printf(
        "{\"metric\":\"storm\",\"due\":%lld,\"agencies\":%zu,\"escalated_once\":%lld,\"more\":%lld,"
        "\"seconds\":%.1f,\"timers_per_s\":%.0f,\"memory_mb_before\":%.0f,\"memory_mb\":%.0f}\n",
        before.never, kAgencies, after.once, after.more, wild.wall_s,
        static_cast<double>(before.never) / wild.wall_s, before_mb, peak_mb());
    std::printf(
        "{\"metric\":\"intake p99 ms\",\"calm\":%.2f,\"storm\":%.2f,\"p50_calm\":%.2f,"
        "\"p50_storm\":%.2f}\n"
        "{\"metric\":\"intake p99: storm / calm\",\"value\":%.2f,\"wanted\":\"<= 2\"}\n",
        calm.p99_ms, wild.p99_ms, calm.p50_ms, wild.p50_ms, wild.p99_ms / calm.p99_ms);
    return after.once == before.never && after.more == 0 ? 0 : 1;
}

}  // namespace
}  // namespace pintu::bench

int main(int argc, char** argv) {
    const pintu::bench::Arguments arguments(argc, argv);
    return arguments.text("mode", "poll") == "poll" ? pintu::bench::poll(arguments)
                                                    : pintu::bench::storm(arguments);
}
