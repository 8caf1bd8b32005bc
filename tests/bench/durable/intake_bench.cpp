// Intake with acknowledgement: senders that each wait for their answer before they send the next
// report, through a node, beside the same by hand on libpq.
//
//   intake_bench --store ADDRESS [--senders 64] [--seconds 4] [--agencies 1] [--workers 2]
#include <cstdio>
#include <thread>

#include "tests/bench/durable/agencies.hpp"
#include "tests/bench/durable/raw_limit.hpp"
#include "tests/bench/durable/work.hpp"

namespace pintu::bench {
namespace {

struct Sent {
    std::vector<double> latencies_ms;
    double cpu_s = 0;  // of this process, the senders' too
    node::Figures figures;
};

Sent send_reports(const Arguments& arguments, int senders, double for_seconds) {
    const auto agencies = agency_codes(static_cast<std::size_t>(arguments.number("agencies", 1)));
    const auto facts = some_facts();
    node::Settings settings;
    settings.workers = static_cast<std::size_t>(arguments.number("workers", 2));
    settings.batch = static_cast<std::size_t>(
        arguments.number("batch", static_cast<std::int64_t>(settings.batch)));
    auto node = must(node::Node::start(
        settings, [&] { return Result(equip(arguments.text("store", "sqlite::memory:"))); },
        load_agencies(agencies.size(), today())));
    std::vector<std::vector<double>> latencies(static_cast<std::size_t>(senders));
    std::vector<std::thread> threads;
    const std::int64_t first = arguments.number("from", 0);
    const double before_s = cpu_seconds();
    const double until = seconds() + for_seconds;
    for (int sender = 0; sender < senders; ++sender)
        threads.emplace_back([&, sender] {
            std::int64_t number = first + sender * 1'000'000'000LL;
            while (seconds() < until) {
                const double start = seconds();
                const auto answer = must(node->submit(report_of(facts, agencies, ++number)).get());
                if (answer.status != runtime::IntakeAnswer::Status::accepted)
                    give_up("a report was not accepted");
                latencies[static_cast<std::size_t>(sender)].push_back((seconds() - start) * 1e3);
            }
        });
    for (auto& thread : threads) thread.join();
    const double after_s = cpu_seconds();
    node->stop();
    Sent sent{{}, after_s - before_s, node->figures()};
    for (const auto& mine : latencies)
        sent.latencies_ms.insert(sent.latencies_ms.end(), mine.begin(), mine.end());
    return sent;
}

int run(const Arguments& arguments) {
    const std::string address = arguments.text("store", "sqlite::memory:");
    const int senders = static_cast<int>(arguments.number("senders", 64));
    const auto for_seconds = static_cast<double>(arguments.number("seconds", 4));
    auto sent = send_reports(arguments, senders, for_seconds);
    const auto sent_count = static_cast<double>(sent.latencies_ms.size());
    const double p50 = quantile(sent.latencies_ms, 0.5);
    const double p99 = quantile(sent.latencies_ms, 0.99);
    std::printf(
        "{\"peer\":\"pintu\",\"metric\":\"intake, %d senders\",\"per_s\":%.0f,\"p50_ms\":%.2f,"
        "\"p99_ms\":%.2f,\"client_cpu_us\":%.1f,\"largest_batch\":%llu,\"mean_batch\":%.1f}\n",
        senders, sent_count / for_seconds, p50, p99, sent.cpu_s * 1e6 / sent_count,
        static_cast<unsigned long long>(sent.figures.largest),
        static_cast<double>(sent.figures.taken) / static_cast<double>(sent.figures.batches));
    if (!address.starts_with("postgres")) return 0;
    auto raw = raw_intake(address, senders, for_seconds);
    const double raw_p50 = quantile(raw.latencies_ms, 0.5);
    const double raw_p99 = quantile(raw.latencies_ms, 0.99);
    std::printf(
        "{\"peer\":\"C++/libpq grouped\",\"metric\":\"intake, %d senders\",\"per_s\":%.0f,"
        "\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"commit_ms\":%.2f}\n",
        senders, raw.per_second, raw_p50, raw_p99, raw.commit_ms);
    std::printf(
        "{\"metric\":\"intake p99 above the limit, in commit times\",\"value\":%.2f,\"wanted\":"
        "\"<= 4\"}\n",
        (p99 - raw_p99) / raw.commit_ms);
    return 0;
}

}  // namespace
}  // namespace pintu::bench

int main(int argc, char** argv) {
    return pintu::bench::run(pintu::bench::Arguments(argc, argv));
}
