// Pintu as a contender of the peers' rules workload (their README says what is printed).
//
//   pintu-peer-rules --rules FOLDER --facts facts.jsonl --seconds S --out DECISIONS
//                    [--mode strings|codes|matcher] [--explain 1|0] [--analyse 1] [--compare 1]
//
// strings: names become numbers inside the loop, as the hand-written contenders have it; codes:
// when the facts are read, as Pintu's intake does it; matcher: as the engine decides a case, all
// probes of the text in one pass and decide() on what is recorded of them.
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "engine/rules/analyse/analyse.hpp"
#include "engine/rules/compile/compile.hpp"
#include "engine/rules/evaluate/fast.hpp"
#include "engine/text/matcher.hpp"
#include "tests/bench/peers/definitions.hpp"
#include "tests/bench/peers/facts.hpp"

namespace pintu::bench {
namespace {

using rules::Code;

double wall_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double cpu_s() {
    timespec at{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + static_cast<double>(at.tv_nsec) * 1e-9;
}

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double resident_mb() {
    long pages = 0;
    long resident = 0;
    FILE* in = std::fopen("/proc/self/statm", "r");
    if (in == nullptr || std::fscanf(in, "%ld %ld", &pages, &resident) != 2) std::exit(1);
    std::fclose(in);
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) /
           (1024 * 1024);
}

std::string option(int count, char** values, const char* name, const char* otherwise) {
    for (int i = 1; i + 1 < count; ++i)
        if (std::strcmp(values[i], name) == 0) return values[i + 1];
    return otherwise;
}

struct Fields {
    explicit Fields(const rules::Program& program)
        : isi(program.find("isi")),
          kategori(program.find("kategori")),
          wilayah(program.find("wilayah")),
          ada_foto(program.find("ada_foto")),
          keparahan(program.find("keparahan")),
          penduduk(program.find("penduduk")) {}
    rules::AttributeId isi, kategori, wilayah, ada_foto, keparahan, penduduk;
};

// Everything that stands ready before the clock runs.
struct Contender {
    explicit Contender(const rules::Ruleset& ruleset)
        : program(*ruleset.program),
          compiled(*ruleset.compiled),
          fields(program),
          categories(*program.categories),
          regions(*program.regions),
          width(program.attributes.size()) {}

    void write(const Fact& fact, Code* values) const {
        values[fields.kategori] = categories.find(fact.category);
        values[fields.wilayah] = regions.find(fact.region);
        values[fields.ada_foto] = fact.photo ? 1 : 0;
        values[fields.keparahan] = fact.severity;
        values[fields.penduduk] = fact.population;
    }

    const rules::Program& program;
    const rules::Compiled& compiled;
    Fields fields;
    NameTable categories;
    NameTable regions;
    std::size_t width;
};

// The last few explanations, as a caller would take them away one by one.
struct Taken {
    rules::Trace traces[64];
    std::size_t next = 0;
    rules::Trace& slot() { return traces[next++ & 63]; }
};

template <bool explained>
rules::RuleId decide_text(const Contender& contender, const Code* values, const std::string& text,
                          rules::Scratch& scratch, Taken& taken) {
    const std::span<const Code> all(values, contender.width);
    if constexpr (explained)
        return rules::trace(contender.compiled, 0, all, text, scratch, taken.slot());
    else
        return rules::fired(contender.compiled, 0, all, text, scratch);
}

// Decides the facts in order, round and round, for so many seconds.
struct Measured {
    std::size_t decisions = 0;
    double wall = 0;
    double cpu = 0;
    std::vector<rules::RuleId> first_round;
};

template <class Decide>
Measured measure(std::size_t facts, double seconds, Decide&& decide) {
    Measured result;
    result.first_round.reserve(facts);
    const double wall = wall_s();
    const double cpu = cpu_s();
    std::size_t at = 0;
    for (;;) {
        const rules::RuleId rule = decide(at);
        if (result.first_round.size() < facts) result.first_round.push_back(rule);
        ++result.decisions;
        if (++at == facts) at = 0;
        if ((result.decisions & 63) == 0 && (result.wall = wall_s() - wall) >= seconds) break;
    }
    result.cpu = cpu_s() - cpu;
    return result;
}

template <bool explained>
Measured run_text(const Contender& contender, const std::vector<Fact>& facts, bool codes,
                  double seconds) {
    rules::Scratch scratch;
    Taken taken;
    std::vector<Code> decoded(codes ? facts.size() * contender.width : 0, rules::kUnknown);
    for (std::size_t i = 0; codes && i < facts.size(); ++i)
        contender.write(facts[i], &decoded[i * contender.width]);
    if (codes)
        return measure(facts.size(), seconds, [&](std::size_t i) {
            return decide_text<explained>(contender, &decoded[i * contender.width], facts[i].text,
                                          scratch, taken);
        });
    std::vector<Code> values(contender.width, rules::kUnknown);
    return measure(facts.size(), seconds, [&](std::size_t i) {
        contender.write(facts[i], values.data());
        return decide_text<explained>(contender, values.data(), facts[i].text, scratch, taken);
    });
}

Measured run_matcher(const Contender& contender, const rules::Ruleset& ruleset,
                     const std::vector<Fact>& facts, double seconds) {
    text::Matcher::Scratch scratch;
    rules::Input input;
    input.values.assign(contender.width, rules::kUnknown);
    input.probes.assign(contender.program.probes.size(), 0);
    return measure(facts.size(), seconds, [&](std::size_t i) {
        contender.write(facts[i], input.values.data());
        ruleset.matcher->match(facts[i].text, scratch, input.probes);
        return rules::decide(ruleset, 0, input).rules.at(0);
    });
}

std::shared_ptr<const text::Matcher> matcher_of(const rules::Program& program) {
    std::vector<text::Probe> probes;
    for (const auto& probe : program.probes)
        probes.push_back({probe.kind == rules::Probe::Kind::contains ? text::Probe::Kind::contains
                                                                     : text::Probe::Kind::mentions,
                          probe.phrases});
    return std::make_shared<const text::Matcher>(probes);
}

// Compiling and proving alone, in CPU milliseconds: what `pintu check` adds to reading the files.
void print_analysis(const std::string& folder) {
    const rules::Ruleset ruleset = load_program(folder);
    const auto matcher = matcher_of(*ruleset.program);
    double start = cpu_s();
    const auto compiled = rules::compile(*ruleset.program);
    const double compile_ms = (cpu_s() - start) * 1e3;
    rules::AnalyseOptions options;
    options.matcher = matcher.get();
    options.compiled = compiled.get();
    Diagnostics diagnostics;
    start = cpu_s();
    const auto report = rules::analyse(*ruleset.program, options, diagnostics);
    const double dead_ms = (cpu_s() - start) * 1e3;
    start = cpu_s();
    const std::size_t overlaps = rules::count_overlaps(*ruleset.program, 0, *matcher);
    const double overlap_ms = (cpu_s() - start) * 1e3;
    const auto size = rules::size_of(*compiled);
    std::printf(
        "{\"n\":%zu,\"compile_ms\":%.1f,\"analyse_ms\":%.1f,\"dead\":%zu,"
        "\"not_proved\":%zu,\"overlap_ms\":%.1f,\"overlaps\":%zu,\"compiled_mb\":%.2f,"
        "\"blocks\":%zu,\"literals\":%zu,\"rss_mb\":%.1f}\n",
        ruleset.program->rules.size() - 1, compile_ms, dead_ms, report.dead.size(),
        report.not_proved, overlap_ms, overlaps, static_cast<double>(size.bytes) / (1024 * 1024),
        size.blocks, size.literals, peak_mb());
}

// What the explanation costs: short turns with and without it in one process, so that a busy
// machine slows both alike.
void print_cost(const Contender& contender, const std::vector<Fact>& facts, bool codes,
                double seconds) {
    constexpr int kTurns = 40;
    std::vector<double> costs;
    for (int turn = 0; turn < kTurns; ++turn) {
        const Measured with = run_text<true>(contender, facts, codes, seconds / kTurns / 2);
        const Measured without = run_text<false>(contender, facts, codes, seconds / kTurns / 2);
        costs.push_back(with.cpu / static_cast<double>(with.decisions) /
                        (without.cpu / static_cast<double>(without.decisions)));
    }
    std::sort(costs.begin(), costs.end());
    std::printf("{\"cost\":%.3f}\n", costs[costs.size() / 2]);
}

void write_decisions(const std::string& path, const rules::Program& program,
                     const std::vector<std::string>& answers, const Measured& measured) {
    FILE* out = std::fopen(path.c_str(), "w");
    if (out == nullptr) std::exit(1);
    for (const auto rule : measured.first_round)
        std::fprintf(
            out, "%s\n",
            answers.at(static_cast<std::size_t>(program.rules[rule].answer.value)).c_str());
    std::fclose(out);
}

int run(int count, char** values) {
    const std::string folder = option(count, values, "--rules", "");
    if (option(count, values, "--analyse", "0") == "1") {
        print_analysis(folder);
        return 0;
    }
    const auto facts = read_facts(option(count, values, "--facts", ""));
    const std::string mode = option(count, values, "--mode", "strings");
    const bool explained = option(count, values, "--explain", "1") == "1";
    const double seconds = std::atof(option(count, values, "--seconds", "2").c_str());
    const double facts_mb = resident_mb();
    const double start = wall_s();
    rules::Ruleset ruleset = load_program(folder);
    ruleset.compiled = rules::compile(*ruleset.program);
    if (mode == "matcher") ruleset.matcher = matcher_of(*ruleset.program);
    const Contender contender(ruleset);
    const auto go = [&](double for_s) {
        if (mode == "matcher") return run_matcher(contender, ruleset, facts, for_s);
        return explained ? run_text<true>(contender, facts, mode == "codes", for_s)
                         : run_text<false>(contender, facts, mode == "codes", for_s);
    };
    if (option(count, values, "--compare", "0") == "1") {
        print_cost(contender, facts, mode == "codes", seconds);
        return 0;
    }
    go(0);
    const double load_ms = (wall_s() - start) * 1e3;
    const Measured measured = go(seconds);
    write_decisions(option(count, values, "--out", "/dev/null"), *ruleset.program,
                    lines_of(folder + "/answers.tsv"), measured);
    std::size_t hits = 0;
    for (const auto rule : measured.first_round)
        if (ruleset.program->rules[rule].name != "otherwise") ++hits;
    std::printf(
        "{\"peer\":\"pintu-%s%s\",\"version\":\"0.1.0\",\"n\":%zu,\"load_ms\":%.2f,"
        "\"decisions\":%zu,\"wall_s\":%.4f,\"cpu_s\":%.4f,\"hit\":%.4f,"
        "\"rss_facts_mb\":%.1f,\"rss_mb\":%.1f}\n",
        mode.c_str(), explained ? "" : "-unexplained", ruleset.program->rules.size() - 1, load_ms,
        measured.decisions, measured.wall, measured.cpu,
        static_cast<double>(hits) / static_cast<double>(measured.first_round.size()), facts_mb,
        peak_mb());
    return 0;
}

}  // namespace
}  // namespace pintu::bench

int main(int count, char** values) {
    return pintu::bench::run(count, values);
}
