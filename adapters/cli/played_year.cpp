#include "adapters/cli/played_year.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <ostream>

#include "adapters/cli/board.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/observed_store.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/reports.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/office/office.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostFileBytes = 1U << 30U;
constexpr std::uint64_t kSeed = 2026;
constexpr std::int64_t kFactPatienceMs = 10'000;  // a played second waits for a busy machine
constexpr int kMostTurns = 10'000;                // at one moment; more is a circle

struct Reports {
    std::deque<wire::ReportLine> lines;  // by time of receipt
    std::size_t broken = 0;
};

std::optional<Reports> read_all(const Options& options, const RunArgs& args, Io& io) {
    Reports reports;
    for (const auto& path : args.intake) {
        auto text = files::read_file(path, kMostFileBytes);
        if (!text) return say(io, options, text.error()), std::nullopt;
        SourceSet sources;
        Diagnostics diagnostics;
        auto lines =
            read_reports(path, std::move(*text), path.ends_with(".csv"), sources, diagnostics);
        if (diagnostics.has_errors()) {
            print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
            return std::nullopt;
        }
        for (auto& line : lines) {
            if (!line.report || !line.report->received_at)
                ++reports.broken;
            else
                reports.lines.push_back(std::move(line));
        }
    }
    std::stable_sort(reports.lines.begin(), reports.lines.end(), [](const auto& a, const auto& b) {
        return *a.report->received_at < *b.report->received_at;
    });
    return reports;
}

std::optional<office::Behaviour> read_office(const Options& options, const RunArgs& args, Io& io) {
    if (args.office.empty()) return office::Behaviour{};
    auto text = files::read_file(args.office, kMostFileBytes);
    if (!text) return say(io, options, text.error()), std::nullopt;
    SourceSet sources;
    Diagnostics diagnostics;
    auto behaviour =
        office::read_behaviour(sources.add(args.office, std::move(*text)), diagnostics);
    if (!behaviour)
        print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
    return behaviour;
}

// Everything that happens, in order of time.
class Player {
  public:
    Player(const Options& options, Engine& engine, office::Office& office, Reports reports,
           Instant until)
        : options_(options),
          runtime_(*engine.runtime),
          office_(office),
          reports_(std::move(reports)),
          until_(until) {}

    // The next moment at which something happens, at most `until`.
    Result<std::optional<Instant>> next() {
        const auto due = runtime_.next_due();
        if (!due) return due.unexpected();
        std::optional<Instant> at = *due;
        const auto sooner = [&](Instant other) { at = at ? std::min(*at, other) : other; };
        if (!reports_.lines.empty()) sooner(*reports_.lines.front().report->received_at);
        if (const auto act = office_.next()) sooner(*act);
        if (at && *at > until_) return std::optional<Instant>();
        return at;
    }

    Result<void> play(Instant now) {
        if (const auto done = take_reports(now); !done) return done.unexpected();
        for (const auto& command : office_.due(now)) {
            const auto outcome = runtime_.perform(command, now);
            if (!outcome) return outcome.unexpected();
            ++(outcome->accepted ? acts : refused);
            if (!outcome->accepted) ++refusals[outcome->code];
        }
        const auto stepped = runtime_.run_until_idle(now);
        if (!stepped) return stepped.unexpected();
        return {};
    }

    std::size_t taken = 0;
    std::size_t repeated = 0;
    std::size_t rejected = 0;
    std::size_t acts = 0;
    std::size_t refused = 0;
    std::map<std::string, std::size_t> refusals;

  private:
    Result<void> take_reports(Instant now) {
        std::vector<wire::ReportLine> due;
        while (!reports_.lines.empty() && *reports_.lines.front().report->received_at <= now) {
            due.push_back(std::move(reports_.lines.front()));
            reports_.lines.pop_front();
        }
        if (due.empty()) return {};
        std::vector<const wire::ReportLine*> lines;
        for (const auto& line : due) lines.push_back(&line);
        const auto answers = take_in(runtime_, lines, options_, now);
        if (!answers) return answers.unexpected();
        using Status = runtime::IntakeAnswer::Status;
        for (const auto& answer : *answers) {
            if (answer && answer->status == Status::accepted)
                ++taken;
            else if (answer && answer->status == Status::repeated)
                ++repeated;
            else
                ++rejected;
        }
        return {};
    }

    const Options& options_;
    runtime::Runtime& runtime_;
    office::Office& office_;
    Reports reports_;
    Instant until_;
};

// What operators would have been told, counted: a year has many such lines.
class CountingLog final : public ports::Log {
  public:
    void write(ports::LogLevel level, const std::string& code,
               const std::vector<std::string>&) override {
        if (level >= ports::LogLevel::warning) ++counts[code];
    }
    std::map<std::string, std::size_t> counts;
};

// How to call this program again for the same definitions and store.
std::string program_words(const Options& options) {
    std::string text = "pintu";
    if (options.directory != ".") text += " -C " + options.directory;
    if (!options.store.empty()) text += " --store " + shown_store(options);
    return text;
}

int print_end(const Options& options, ports::EventStore& store, const Player& player,
              const CountingLog& log, Io& io) {
    const auto board = count_cases(store, options.agency);
    if (!board) return store_failed(options, board.error(), io);
    io.out << '\n';
    print_board(io.out, *board, options);
    say(io, options, "CL095",
        {std::to_string(player.taken), std::to_string(player.repeated),
         std::to_string(player.rejected), std::to_string(player.acts),
         std::to_string(player.refused)});
    for (const auto& [code, count] : log.counts)
        say(io, options, "CL098", {std::to_string(count), code});
    if (board->all.interesting.empty()) return kDone;
    io.out << '\n' << words(options, "CL096") << '\n';
    const std::string start = "  " + program_words(options);
    io.out << start << " case why " << board->all.interesting << '\n'
           << start << " case clock " << board->all.interesting << '\n'
           << start << " replay " << board->all.interesting << '\n';
    return kDone;
}

}  // namespace

int play_year(const Options& options, const RunArgs& args, Instant until, Io& io) {
    auto reports = read_all(options, args, io);
    auto behaviour = reports ? read_office(options, args, io) : std::nullopt;
    if (!behaviour) return kFailed;
    int exit = kFailed;
    const auto file_store = open_store(options, Access::play, io, exit);
    if (!file_store) return exit;
    const Instant start =
        reports->lines.empty() ? until : *reports->lines.front().report->received_at;
    office::Office* watching = nullptr;
    ObservedStore store(*file_store, [&](const cases::CaseRow& row) {
        if (watching != nullptr) watching->observe(row);
    });
    auto counting = std::make_unique<CountingLog>();
    const CountingLog* log = counting.get();
    EngineSettings settings;
    settings.now = start;
    settings.effects = Effects::play;
    settings.follow = Follow::folder;
    settings.seed = kSeed;
    settings.fact_patience_ms = kFactPatienceMs;
    auto engine = start_engine(options, store, settings, io, exit, std::move(counting));
    if (!engine) return exit;
    office::Office office(std::move(*behaviour), engine->runtime->library());
    watching = &office;
    Player player(options, *engine, office, std::move(*reports), until);
    Progress progress(io, (until.micros - start.micros) / kMicrosPerSecond);
    Instant last = start;
    for (int still = 0; still < kMostTurns;) {
        const auto next = player.next();
        if (!next) return store_failed(options, next.error(), io);
        if (!*next) {
            engine->lone_facts->settle(store);
            return progress.clear(), print_end(options, *file_store, player, *log, io);
        }
        still = **next > last ? 0 : still + 1;
        last = std::max(last, **next);
        progress.show(((*next)->micros - start.micros) / kMicrosPerSecond, local(**next));
        if (const auto played = player.play(**next); !played)
            return store_failed(options, played.error(), io);
    }
    return say(io, options, "CL097", {local(last)}), kFailed;
}

}  // namespace pintu::cli
