#include "tests/bench/durable/work.hpp"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "adapters/clock/entropy.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/store/store.hpp"
#include "engine/messages/messages.hpp"

namespace pintu::bench {
namespace {

class Forgetful final : public ports::Connector {
  public:
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override {
        return std::vector<ports::Performed>(messages.size());
    }
};

class ToStandardError final : public ports::Log {
  public:
    void write(ports::LogLevel level, const std::string& code,
               const std::vector<std::string>& args) override {
        if (level < ports::LogLevel::error) return;
        const auto words = messages::render(code, args, messages::Language::english);
        std::fprintf(stderr, "%s: %s\n", code.c_str(), words.message.c_str());
    }
};

class AheadClock final : public ports::Clock {
  public:
    explicit AheadClock(std::int64_t ahead_s) : ahead_s_(ahead_s) {}
    Instant now() override { return plus_seconds(clock_.now(), ahead_s_); }

  private:
    clock::SystemClock clock_;
    std::int64_t ahead_s_;
};

}  // namespace

Arguments::Arguments(int count, char** values) {
    for (int i = 1; i + 1 < count; i += 2) given_[std::string(values[i]).substr(2)] = values[i + 1];
}

std::string Arguments::text(const std::string& name, const std::string& otherwise) const {
    const auto it = given_.find(name);
    return it == given_.end() ? otherwise : it->second;
}

std::int64_t Arguments::number(const std::string& name, std::int64_t otherwise) const {
    const auto it = given_.find(name);
    return it == given_.end() ? otherwise : std::stoll(it->second);
}

void give_up(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

void give_up(const Error& error) {
    give_up(error.code + ": " +
            messages::render(error.code, error.args, messages::Language::english).message);
}

node::Equipment equip(const std::string& address, std::int64_t ahead_s) {
    node::Equipment made;
    made.store = must(store::open_store(address));
    made.entropy = std::make_unique<clock::KernelEntropy>();
    made.connector = std::make_unique<Forgetful>();
    made.log = std::make_unique<ToStandardError>();
    made.clock = std::make_unique<AheadClock>(ahead_s);
    return made;
}

runtime::Runtime make_runtime(node::Equipment& equipment, runtime::Settings settings,
                              const runtime::Loadout& loadout) {
    runtime::Runtime made(
        {*equipment.store, *equipment.entropy, *equipment.connector, *equipment.log},
        std::move(settings));
    must(made.use(loadout));
    return made;
}

runtime::Settings batches_of(std::size_t batch) {
    runtime::Settings settings;
    settings.batch = batch;
    settings.cached = 4 * batch + 64;
    return settings;
}

Date today() {
    return Date{
        static_cast<std::int32_t>(clock::SystemClock().now().micros / kMicrosPerSecond / 86'400)};
}

std::vector<Fact> some_facts() {
    const char* work = std::getenv("WORK");
    const std::string path = std::string(work == nullptr ? "." : work) + "/facts.jsonl";
    if (std::filesystem::exists(path)) return read_facts(path);
    Fact fact;
    fact.text =
        "jalan rusak depan pasar sudah lama belum ada petugas datang mohon segera diperbaiki";
    fact.category = "jalan";
    return {fact};
}

cases::Report report_of(const std::vector<Fact>& facts, const std::vector<AgencyCode>& agencies,
                        std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    const Fact& fact = facts[at % facts.size()];
    cases::Report report;
    report.channel = "sms";
    report.external_id = "LPR-" + std::to_string(number);
    report.isi = fact.text;
    report.kategori_pelapor = fact.category;
    report.region = agencies[at % agencies.size()].value;
    return report;
}

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double cpu_seconds() {
    timespec spent{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

double peak_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

double quantile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

}  // namespace pintu::bench
