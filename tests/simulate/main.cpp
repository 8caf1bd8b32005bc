// pintu_simulate: plays seeds, counts what was reached, and says which promise was broken.
//   --seeds N      how many (default 1,000), --from S the first (default 0)
//   --seed S       one seed; --trace prints what happens, step by step
//   --mode M       safety | liveness; else even seeds play safety, odd ones liveness
//   --jobs J       processes (default: as many as there are processors)
//   --bugs         each planted bug is played until a seed finds it, at most --seeds (10,000)
//   --bug NAME     plays with that bug planted
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/planted.hpp"
#include "tests/simulate/definitions.hpp"
#include "tests/simulate/world.hpp"

namespace pintu::simulate {
namespace {

constexpr std::uint64_t kAllPointsFrom = 10'000;  // seeds: then a point never reached is a failure
constexpr std::uint64_t kAgainEvery = 97;         // a seed is played twice, and must be the same

struct Options {
    std::uint64_t seeds = 0;
    std::uint64_t from = 0;
    bool one = false;
    bool trace = false;
    bool bugs = false;
    std::optional<Mode> mode;
    std::size_t jobs = 0;
    Bug bug = Bug::none;
};

const std::vector<std::pair<Bug, const char*>>& all_bugs() {
    static const std::vector<std::pair<Bug, const char*>> kBugs = {
        {Bug::rejected_from_cache, "rejected_from_cache"},
        {Bug::unknown_taken_for_kept, "unknown_taken_for_kept"},
        {Bug::later_taken_for_done, "later_taken_for_done"},
        {Bug::settled_before_performed, "settled_before_performed"},
        {Bug::effect_key_of_attempt, "effect_key_of_attempt"},
        {Bug::deferred_effect_forgotten, "deferred_effect_forgotten"},
        {Bug::clock_takes_history_back, "clock_takes_history_back"},
        {Bug::timer_not_kept, "timer_not_kept"},
        {Bug::intake_key_of_attempt, "intake_key_of_attempt"},
        {Bug::fence_not_checked, "fence_not_checked"},
        {Bug::expiry_ignored, "expiry_ignored"},
        {Bug::locked_row_claimed, "locked_row_claimed"},
        {Bug::version_not_checked, "version_not_checked"},
        {Bug::intake_key_not_unique, "intake_key_not_unique"},
        {Bug::outbox_row_gone_at_claim, "outbox_row_gone_at_claim"},
        {Bug::timer_added_not_replaced, "timer_added_not_replaced"},
        {Bug::cursor_past_in_flight, "cursor_past_in_flight"},
        {Bug::torn_commit, "torn_commit"},
        {Bug::acknowledged_before_synced, "acknowledged_before_synced"},
        {Bug::outcome_not_kept, "outcome_not_kept"},
        {Bug::pending_lost_at_claim, "pending_lost_at_claim"},
        {Bug::follow_outlives_publish, "follow_outlives_publish"},
        {Bug::sweep_passes_over_outbox, "sweep_passes_over_outbox"},
        {Bug::notice_trusted_alone, "notice_trusted_alone"},
        {Bug::inbox_wake_trusted_alone, "inbox_wake_trusted_alone"},
    };
    return kBugs;
}

Mode mode_of(const Options& options, std::uint64_t seed) {
    return options.mode.value_or(seed % 2 == 0 ? Mode::safety : Mode::liveness);
}

const char* word_of(Mode mode) {
    return mode == Mode::safety ? "safety" : "liveness";
}

// What one process did.
struct Tally {
    std::uint64_t seeds = 0;
    std::uint64_t steps = 0;
    std::uint64_t cases = 0;
    std::uint64_t events = 0;
    std::uint64_t failed = 0;
    std::uint64_t hash = 0;
    std::uint64_t loaded = 0;   // definitions
    std::uint64_t refused = 0;  // that were made and do not load
    Points points;
};

void tell(const Options& options, std::uint64_t seed, const Violation& violation) {
    const char* mode = word_of(mode_of(options, seed));
    std::printf("seed %llu (%s): %s: %s\n  ./dev simulate --seed %llu --mode %s --trace\n",
                static_cast<unsigned long long>(seed), mode, violation.invariant.c_str(),
                violation.what.c_str(), static_cast<unsigned long long>(seed), mode);
}

// Once more, for the last steps before it went wrong.
void tell_last_steps(const Options& options, std::uint64_t seed) {
    std::fflush(stdout);
    Points unused;
    std::string all;
    const Run run{seed, mode_of(options, seed), true};
    set_trace_sink(&all);
    static_cast<void>(play(run, unused));
    set_trace_sink(nullptr);
    std::size_t at = all.size();
    for (int lines = 0; lines <= 40 && at > 0; ++lines) {
        const auto before = all.rfind('\n', at - 1);
        if (before == std::string::npos) break;
        at = before;
    }
    std::printf("  last steps:%s\n", all.substr(at).c_str());
    std::fflush(stdout);
}

Tally play_range(const Options& options, std::uint64_t from, std::uint64_t until) {
    Tally tally;
    for (std::uint64_t seed = from; seed < until; ++seed) {
        const Run run{seed, mode_of(options, seed), false};
        const Played played = play(run, tally.points);
        ++tally.seeds;
        tally.steps += played.steps;
        tally.cases += played.cases;
        tally.events += played.events;
        tally.hash ^= played.hash * (2 * seed + 1);
        if (seed % kAgainEvery == 0) {
            Points unused;
            if (play(run, unused).hash != played.hash) {
                ++tally.failed;
                tell(options, seed, {"the same seed plays the same world", "another hash"});
            }
        }
        if (!played.violation) continue;
        if (++tally.failed > 3) continue;
        tell(options, seed, *played.violation);
        tell_last_steps(options, seed);
    }
    tally.loaded = made().loaded;
    tally.refused = made().refused;
    return tally;
}

// Runs `work(job)` in processes of their own and gives back what each returned.
template <class T, class Work>
std::vector<T> in_processes(std::size_t jobs, Work work) {
    struct Child {
        pid_t id;
        int pipe;
    };
    std::vector<Child> children;
    for (std::size_t job = 0; job < jobs; ++job) {
        int ends[2];
        if (pipe(ends) != 0) std::exit(70);
        std::fflush(stdout);
        const pid_t id = fork();
        if (id == 0) {
            close(ends[0]);
            const T result = work(job);
            std::fflush(stdout);
            const auto written = write(ends[1], &result, sizeof result);
            _exit(written == static_cast<ssize_t>(sizeof result) ? 0 : 70);
        }
        close(ends[1]);
        children.push_back({id, ends[0]});
    }
    std::vector<T> results;
    for (const auto& child : children) {
        T result{};
        const bool whole = read(child.pipe, &result, sizeof result) == sizeof result;
        close(child.pipe);
        int status = 0;
        waitpid(child.id, &status, 0);
        if (!whole) std::exit(70);
        results.push_back(result);
    }
    return results;
}

// Of all processes that have ended.
double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_CHILDREN, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int report(const Tally& all, double seconds) {
    std::printf(
        "%llu seeds, %llu cases, %llu events, %llu steps: %.1f s, %.2f ms of a processor a seed; "
        "hash %016llx; %llu failed\n",
        static_cast<unsigned long long>(all.seeds), static_cast<unsigned long long>(all.cases),
        static_cast<unsigned long long>(all.events), static_cast<unsigned long long>(all.steps),
        seconds,
        1'000.0 * processor_seconds() / static_cast<double>(std::max<std::uint64_t>(all.seeds, 1)),
        static_cast<unsigned long long>(all.hash), static_cast<unsigned long long>(all.failed));
    std::size_t never = 0;
    for (std::size_t i = 0; i < kPoints; ++i) {
        const auto point = static_cast<Point>(i);
        if (all.points.count(point) == 0) ++never;
        std::printf("%12llu  %s\n", static_cast<unsigned long long>(all.points.count(point)),
                    name_of(point));
    }
    if (never > 0) std::printf("%zu points were never reached\n", never);
    return all.failed > 0 || (never > 0 && all.seeds >= kAllPointsFrom) ? 1 : 0;
}

int play_all(const Options& options) {
    const auto began = std::chrono::steady_clock::now();
    const auto cut = [&](std::size_t job) {
        // Neighbours share definitions, so that each process gets a run of them.
        return options.from + options.seeds * job / options.jobs;
    };
    const auto tallies = in_processes<Tally>(
        options.jobs, [&](std::size_t job) { return play_range(options, cut(job), cut(job + 1)); });
    Tally all;
    for (const auto& one : tallies) {
        all.seeds += one.seeds;
        all.steps += one.steps;
        all.cases += one.cases;
        all.events += one.events;
        all.failed += one.failed;
        all.hash ^= one.hash;
        all.loaded += one.loaded;
        all.refused += one.refused;
        for (std::size_t i = 0; i < kPoints; ++i)
            all.points.add(static_cast<Point>(i), one.points.count(static_cast<Point>(i)));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return report(all, took.count());
}

int play_one(const Options& options) {
    Points points;
    const Played played =
        play({options.from, mode_of(options, options.from), options.trace}, points);
    std::printf("seed %llu (%s): %zu cases, %zu events, %llu steps, hash %016llx\n",
                static_cast<unsigned long long>(options.from),
                word_of(mode_of(options, options.from)), played.cases, played.events,
                static_cast<unsigned long long>(played.steps),
                static_cast<unsigned long long>(played.hash));
    if (!played.violation) return 0;
    tell(options, options.from, *played.violation);
    return 1;
}

struct Hunt {
    std::uint64_t seeds = 0;  // that were played until it was found; 0: it was not
    char by[96] = {};
};

Hunt hunt(const Options& options, Bug bug) {
    planted_bug = bug;
    Points unused;
    Hunt found;
    for (std::uint64_t seed = options.from; seed < options.from + options.seeds; ++seed) {
        const Played played = play({seed, mode_of(options, seed), false}, unused);
        if (!played.violation) continue;
        found.seeds = seed - options.from + 1;
        std::strncpy(found.by, played.violation->invariant.c_str(), sizeof found.by - 1);
        return found;
    }
    return found;
}

int play_bugs(const Options& options) {
    const auto& bugs = all_bugs();
    int missed = 0;
    std::printf("%-28s %8s  %s\n", "planted bug", "seeds", "found by");
    for (std::size_t first = 0; first < bugs.size(); first += options.jobs) {
        const std::size_t jobs = std::min(options.jobs, bugs.size() - first);
        const auto hunts = in_processes<Hunt>(
            jobs, [&](std::size_t job) { return hunt(options, bugs[first + job].first); });
        for (std::size_t job = 0; job < jobs; ++job) {
            missed += hunts[job].seeds == 0 ? 1 : 0;
            std::printf("%-28s %8llu  %s\n", bugs[first + job].second,
                        static_cast<unsigned long long>(hunts[job].seeds),
                        hunts[job].seeds == 0 ? "NOT FOUND" : hunts[job].by);
        }
    }
    std::printf("%zu planted bugs, %d not found\n", bugs.size(), missed);
    return missed == 0 ? 0 : 1;
}

std::optional<Options> parse(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const auto value = [&] { return ++i < count ? std::string(words[i]) : std::string(); };
        const auto number = [&] { return std::strtoull(value().c_str(), nullptr, 10); };
        if (word == "--seeds") {
            options.seeds = number();
        } else if (word == "--from") {
            options.from = number();
        } else if (word == "--seed") {
            options.from = number();
            options.one = true;
        } else if (word == "--jobs") {
            options.jobs = number();
        } else if (word == "--trace") {
            options.trace = true;
        } else if (word == "--bugs") {
            options.bugs = true;
        } else if (word == "--mode") {
            options.mode = value() == "safety" ? Mode::safety : Mode::liveness;
        } else if (word == "--bug") {
            const std::string name = value();
            for (const auto& [bug, its] : all_bugs())
                if (name == its) options.bug = bug;
            if (options.bug == Bug::none) return std::nullopt;
        } else {
            return std::nullopt;
        }
    }
    if (options.jobs == 0) options.jobs = std::max(1U, std::thread::hardware_concurrency());
    if (options.seeds == 0) options.seeds = options.bugs ? 10'000 : 1'000;
    return options;
}

int run(int count, char** words) {
    const auto options = parse(count, words);
    if (!options) {
        std::fprintf(stderr,
                     "pintu_simulate [--seeds N] [--from S] [--seed S [--trace]] "
                     "[--mode safety|liveness] [--jobs J] [--bugs] [--bug NAME]\n");
        return 64;
    }
    planted_bug = options->bug;
    if (options->bugs) return play_bugs(*options);
    return options->one ? play_one(*options) : play_all(*options);
}

}  // namespace
}  // namespace pintu::simulate

int main(int count, char** words) {
    return pintu::simulate::run(count, words);
}
