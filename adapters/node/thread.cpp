#include "adapters/node/thread.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pintu::node {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kTurnKinds = 4;       // decide, send, follow, sequence
constexpr std::size_t kSequenced = 10'000;  // events that get their places at one go
// A batch waits for those whom the last one answered, beside those who waited already, an eighth of
// what that took.
constexpr int kGathering = 8;
constexpr milliseconds kLongestGathering{2};
constexpr milliseconds kFirstPause{5};
constexpr milliseconds kLongestPause{250};

runtime::Settings runtime_settings(const Settings& settings, bool decides) {
    runtime::Settings made = settings.runtime;
    if (decides) {
        made.batch = settings.batch;
        made.cached = std::max(made.cached, 2 * settings.batch);
    }
    return made;
}

Date local_day(Instant now, std::int64_t offset_s) {
    return Date{static_cast<std::int32_t>(plus_seconds(now, offset_s).micros / kMicrosPerSecond /
                                          kSecondsPerDay)};
}

}  // namespace

Node::Thread::Thread(const Settings& settings, Role role, Equipment equipment)
    : settings_(settings),
      role_(role),
      equipment_(std::move(equipment)),
      runtime_({*equipment_.store, *equipment_.entropy, *equipment_.connector, *equipment_.log},
               runtime_settings(settings, role != Role::turns)),
      inbox_(settings.inbox),
      looked_(Clock::now()) {}

void Node::Thread::start() {
    thread_ = std::thread([this] { role_ == Role::turns ? run_turner() : run_worker(); });
}

void Node::Thread::join() {
    if (thread_.joinable()) thread_.join();
}

void Node::Thread::put(Job job) {
    const auto put = inbox_.put(job);
    if (put == Inbox::Put::taken) return;
    if (put == Inbox::Put::full) ++refused_;
    const auto refusal =
        put == Inbox::Put::full ? fail("ND001", std::to_string(settings_.inbox)) : fail("ND002");
    std::visit([&](auto& one) { one.answer(refusal); }, job);
}

void Node::Thread::run_worker() {
    bool busy = false;  // with turns: then the inbox is only looked into
    while (!inbox_.finished()) {
        follow_definitions();  // while those who were answered come back
        const milliseconds wait(busy ? 0 : settings_.pause_ms);
        auto jobs = inbox_.take(settings_.batch, wait, gathering_);
        if (!jobs.empty()) {
            const auto took = Clock::now();
            gathering_.enough = 0;
            serve(std::move(jobs));
            const auto served = Clock::now();
            gathering_.until =
                served + std::min<Clock::duration>((served - took) / kGathering, kLongestGathering);
        }
        busy = role_ == Role::both && take_turn();
    }
}

void Node::Thread::run_turner() {
    while (!inbox_.closed_within(milliseconds(0))) {
        follow_definitions();
        bool busy = false;
        for (std::size_t i = 0; i < kTurnKinds; ++i) busy = take_turn() || busy;
        if (!busy) pause();
    }
}

// The store may wake us when something was submitted; one that cannot is asked after a pause.
void Node::Thread::pause() {
    const auto started = Clock::now();
    const auto woken = equipment_.store->wait(settings_.pause_ms);
    if (woken && *woken) return;
    const auto rest = milliseconds(settings_.pause_ms) - (Clock::now() - started);
    inbox_.closed_within(std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(rest)));
}

void Node::Thread::serve(std::vector<Job> jobs) {
    std::vector<CommandJob> commands;
    std::vector<std::pair<runtime::IntakeOptions, std::vector<ReportJob>>> intakes;
    for (auto& job : jobs) {
        if (auto* command = std::get_if<CommandJob>(&job)) {
            commands.push_back(std::move(*command));
            continue;
        }
        auto& report = std::get<ReportJob>(job);
        const auto same = [&](const auto& one) {
            return one.first.agency == report.options.agency &&
                   one.first.workflow == report.options.workflow;
        };
        auto it = std::find_if(intakes.begin(), intakes.end(), same);
        if (it == intakes.end())
            it = intakes.insert(it, {report.options, std::vector<ReportJob>()});
        it->second.push_back(std::move(report));
    }
    for (auto& [options, reports] : intakes) serve_reports(options, std::move(reports));
    if (!commands.empty()) serve_commands(std::move(commands));
}

void Node::Thread::serve_reports(const runtime::IntakeOptions& options,
                                 std::vector<ReportJob> jobs) {
    std::vector<cases::Report> reports;
    reports.reserve(jobs.size());
    for (auto& job : jobs) reports.push_back(std::move(job.report));
    give(jobs,
         patiently([&] { return runtime_.intake(reports, options, equipment_.clock->now()); }));
}

void Node::Thread::serve_commands(std::vector<CommandJob> jobs) {
    std::vector<cases::Command> commands;
    commands.reserve(jobs.size());
    for (auto& job : jobs) commands.push_back(std::move(job.command));
    give(jobs, patiently([&] { return runtime_.perform(commands, equipment_.clock->now()); }));
}

template <class Ask>
auto Node::Thread::patiently(const Ask& ask) -> decltype(ask()) {
    const auto give_up = Clock::now() + milliseconds(settings_.patience_ms);
    for (auto wait = kFirstPause;; wait = std::min(2 * wait, kLongestPause)) {
        auto answer = ask();
        if (answer) {
            note_well();
            return answer;
        }
        note(answer.error());
        if (!ports::may_pass(answer.error()) || Clock::now() + wait > give_up) return answer;
        std::this_thread::sleep_for(wait);
    }
}

template <class Jobs, class Answers>
void Node::Thread::give(Jobs& jobs, Answers answers) {
    ++batches_;
    largest_ = std::max<std::uint64_t>(largest_, jobs.size());
    (answers ? taken_ : failed_) += jobs.size();
    if (gathering_.enough == 0) gathering_.enough = inbox_.size();
    gathering_.enough += jobs.size();
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        jobs[i].way.end();
        if (answers)
            jobs[i].answer(std::move((*answers)[i]));
        else
            jobs[i].answer(answers.unexpected());
    }
}

bool Node::Thread::take_turn() {
    auto done = turn_at(next_turn_++ % kTurnKinds);
    if (!done) {
        note(done.error());
        return false;
    }
    note_well();
    if (*done) ++turns_;
    return *done;
}

Result<bool> Node::Thread::turn_at(std::size_t kind) {
    if (kind + 1 == kTurnKinds) {
        auto sequenced = equipment_.store->sequence(kSequenced);
        if (!sequenced) return sequenced.unexpected();
        return *sequenced > 0;
    }
    const Instant now = equipment_.clock->now();
    auto stepped = kind == 0   ? runtime_.decide_step(now)
                   : kind == 1 ? runtime_.send_step(now)
                               : runtime_.follow_step(now);
    if (!stepped) return stepped.unexpected();
    timers_ += stepped->timers;
    effects_ += stepped->effects;
    return !stepped->idle;
}

void Node::Thread::follow_definitions() {
    if (Clock::now() - looked_ < milliseconds(settings_.look_ms)) return;
    looked_ = Clock::now();
    const auto followed =
        runtime_.refresh(local_day(equipment_.clock->now(), settings_.day_offset_s));
    if (!followed) note(followed.error());
}

// Said once, until it is well again.
void Node::Thread::note(const Error& error) {
    const std::lock_guard lock(trouble_mutex_);
    if (trouble_ && trouble_->code == error.code) return;
    trouble_ = error;
    equipment_.log->write(
        ports::may_pass(error) ? ports::LogLevel::warning : ports::LogLevel::error, error.code,
        error.args);
}

void Node::Thread::note_well() {
    const std::lock_guard lock(trouble_mutex_);
    trouble_.reset();
}

void Node::Thread::add_to(Figures& figures) const {
    figures.batches += batches_;
    figures.taken += taken_;
    figures.largest = std::max<std::uint64_t>(figures.largest, largest_);
    figures.refused += refused_;
    figures.failed += failed_;
    figures.turns += turns_;
    figures.timers += timers_;
    figures.effects += effects_;
}

std::optional<Error> Node::Thread::trouble() const {
    const std::lock_guard lock(trouble_mutex_);
    return trouble_;
}

}  // namespace pintu::node
