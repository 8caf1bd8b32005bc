#include "tests/simulate/node.hpp"

#include <algorithm>

#include "engine/base/planted.hpp"
#include "tests/simulate/faults.hpp"

namespace pintu::simulate {
namespace {

constexpr Micros kLatestNotice = 20 * kMillisecond;

runtime::Settings settings_of(Chance& chance, int number) {
    runtime::Settings settings;
    settings.batch = chance.any_of(std::vector<std::size_t>{1, 2, 4, 256});
    settings.cached = chance.any_of(std::vector<std::size_t>{1, 3, 4'096});
    settings.retry_s = chance.any_of(std::vector<std::int64_t>{1, 60});
    settings.lease_ms = chance.any_of(std::vector<std::int64_t>{500, 3'000, 10'000});
    settings.node = "node-" + std::to_string(number);
    return settings;
}

template <class T>
std::optional<Error> error_of(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

std::uint64_t mixed(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

}  // namespace

std::vector<ports::Performed> FarSide::perform(const std::vector<ports::Message>& messages) {
    std::vector<ports::Performed> performed;
    auto& chance = world_.network.chance;
    for (const auto& message : messages) {
        Micros takes = chance.between(kMillisecond, 20 * kMillisecond);
        if (!world_.calm && chance.permille(world_.network.weather.very_slow)) {
            takes = chance.between(kSecond, 20 * kSecond);
            if (takes > condition_.holds_turn_until - world_.scheduler.now())
                world_.points.reach(Point::effect_took_longer_than_the_lease);
        }
        world_.scheduler.sleep(takes);
        performed.push_back(perform_one(message.effect));
    }
    return performed;
}

ports::Performed FarSide::perform_one(const cases::Effect& effect) {
    using Outcome = ports::Performed::Outcome;
    auto& chance = world_.network.chance;
    world_.trace.step("effect", condition_.owner, mixed(effect.key.value),
                      [&] { return effect.key.value + " " + effect.kind; });
    if (mixed(effect.key.value) % 29 == 0) {
        world_.ledger.refused(effect.key);
        return {Outcome::refused, "unknown to us"};
    }
    if (!world_.calm && chance.permille(150)) return {Outcome::later, "busy"};
    world_.ledger.arrived(effect);
    if (world_.calm || !chance.permille(80)) return {};
    world_.points.reach(Point::effect_answer_lost);
    return {Outcome::later, ""};
}

void NodeLog::write(ports::LogLevel, const std::string& code,
                    const std::vector<std::string>& args) {
    world_.trace.step("log", number_, mixed(code), [&] {
        std::string words = code;
        for (const auto& arg : args) words += " " + arg;
        return words;
    });
}

Node::Node(World& world, int number)
    : world_(world),
      number_(number),
      chance_(world.chance.split()),
      condition_{number},
      connection_(world.network, condition_),
      entropy_(world.chance.split()),
      far_side_(world, condition_),
      log_(world, number),
      settings_(settings_of(chance_, number)) {
    if (chance_.percent(30)) settings_.per_minute = {{"sms", 2}, {"internal", 3}};
    if (chance_.percent(30)) clock_offset_ = chance_.between(-5 * kSecond, 5 * kSecond);
}

void Node::start() {
    condition_ = Condition{number_};
    seen_changes_ = 0;
    seen_publications_ = 0;
    world_.trace.step("start", number_, 0, [] { return ""; });
    task_ = world_.scheduler.spawn([this] { live(); });
}

void Node::kill() {
    if (!alive()) return;
    world_.points.reach(Point::node_killed);
    if (condition_.holds_turn_until > world_.scheduler.now())
        world_.points.reach(Point::node_killed_holding_a_turn);
    if (condition_.committing) world_.points.reach(Point::node_killed_in_mid_commit);
    world_.trace.step("kill", number_, 1, [] { return ""; });
    Task* task = task_;
    task_ = nullptr;
    resting_ = 0;
    reports_.clear();
    commands_.clear();
    world_.scheduler.kill(task);
}

void Node::stop(Micros length) {
    if (!alive()) return;
    const Micros until = world_.scheduler.now() + length;
    const Micros holds = condition_.holds_turn_until;
    if (holds > world_.scheduler.now() && holds < until)
        world_.points.reach(Point::node_stopped_past_its_lease);
    world_.trace.step("stop", number_, static_cast<std::uint64_t>(length),
                      [&] { return std::to_string(length / kMillisecond) + " ms"; });
    world_.scheduler.stop(task_, until);
}

void Node::receive(ReportRequest request) {
    if (!alive()) return;
    reports_.push_back(std::move(request));
    came_in();
}

void Node::receive(CommandRequest request) {
    if (!alive()) return;
    commands_.push_back(std::move(request));
    came_in();
}

void Node::came_in() {
    if (resting_ == 0) return;
    if (!chance_.permille(world_.lost_wakes.of_inbox))
        return world_.scheduler.wake(task_, resting_);
    world_.points.reach(Point::inbox_wake_missed);
    world_.trace.step("not woken", number_, 0, [] { return "for its inbox"; });
    plan_poll();
}

void Node::told() {
    if (resting_ == 0) return;
    if (chance_.permille(world_.lost_wakes.notices) ||
        condition_.cut_off_until > world_.scheduler.now()) {
        world_.points.reach(Point::notice_lost);
        return world_.trace.step("not woken", number_, 1, [] { return "by the store's notice"; });
    }
    world_.scheduler.wake(task_, resting_, chance_.between(0, kLatestNotice));
}

void Node::store_changed() {
    if (!planted(Bug::notice_trusted_alone)) plan_poll();
}

void Node::set_clock(Micros offset) {
    clock_offset_ = offset;
    plan_poll();
}

std::optional<std::uint64_t> Node::served_before_what_waits() const {
    return inbox_waits() ? std::optional(served_) : std::nullopt;
}

bool Node::fine(const std::optional<Error>& error) {
    if (!error) return true;
    if (!ports::may_pass(*error))
        world_.ledger.violated("what fails may pass", error->code + " on a node");
    world_.scheduler.sleep(chance_.between(10 * kMillisecond, kSecond));
    return false;
}

void Node::live() {
    runtime::Runtime runtime({connection_, entropy_, far_side_, log_}, settings_);
    while (!fine(
        error_of(runtime.use(chance_.percent(70) ? *world_.newest : world_.definitions->first)))) {
    }
    for (;;) {
        const bool served = serve(runtime);
        refresh(runtime);
        if (take_turns(runtime) && !served && !inbox_waits()) rest();
    }
}

// What was published is asked for several times a second; here, whenever something changed. A
// node that rests is woken for it as by a poll.
void Node::refresh(runtime::Runtime& runtime) {
    const std::uint64_t changes = world_.server.changes();
    const std::uint64_t publications = world_.server.publications();
    if (changes == seen_changes_) return;
    const Instant today = now();
    const Date date{static_cast<std::int32_t>(today.micros / kDay)};
    if (!fine(error_of(runtime.refresh(date)))) return;
    seen_changes_ = changes;
    seen_publications_ = publications;
}

bool Node::serve(runtime::Runtime& runtime) {
    if (!inbox_waits()) return false;
    take_reports(runtime);
    take_commands(runtime);
    ++served_;
    return true;
}

void Node::take_reports(runtime::Runtime& runtime) {
    if (reports_.empty()) return;
    const AgencyCode intake = reports_.front().intake;
    std::vector<ReportRequest> taken;
    while (!reports_.empty() && reports_.front().intake == intake) {
        taken.push_back(std::move(reports_.front()));
        reports_.pop_front();
    }
    std::vector<cases::Report> reports;
    for (const auto& one : taken) reports.push_back(one.report);
    const auto answers = runtime.intake(reports, {intake, ""}, now());
    for (std::size_t i = 0; i < taken.size(); ++i)
        taken[i].answer(answers ? Result<runtime::IntakeAnswer>((*answers)[i])
                                : Result<runtime::IntakeAnswer>(answers.unexpected()));
    fine(error_of(answers));
}

void Node::take_commands(runtime::Runtime& runtime) {
    if (commands_.empty()) return;
    std::vector<CommandRequest> taken(std::make_move_iterator(commands_.begin()),
                                      std::make_move_iterator(commands_.end()));
    commands_.clear();
    std::vector<cases::Command> commands;
    for (const auto& one : taken) commands.push_back(one.command);
    const auto outcomes = runtime.perform(commands, now());
    for (std::size_t i = 0; i < taken.size(); ++i)
        taken[i].answer(outcomes ? Result<ports::CommandOutcome>((*outcomes)[i])
                                 : Result<ports::CommandOutcome>(outcomes.unexpected()));
    fine(error_of(outcomes));
}

bool Node::take_turns(runtime::Runtime& runtime) {
    const auto stepped = runtime.step(now());
    world_.trace.step("step", number_, stepped ? stepped->events : 1'000'000, [&] {
        return stepped ? std::to_string(stepped->timers) + " timers, " +
                             std::to_string(stepped->commands) + " commands, " +
                             std::to_string(stepped->effects) + " effects, " +
                             std::to_string(stepped->events) + " events"
                       : stepped.error().code;
    });
    return fine(error_of(stepped)) && stepped->idle;
}

// Until it is told of something, or polls.
void Node::rest() {
    resting_ = world_.scheduler.prepare();
    polls_at_ = kNever.micros;
    plan_poll();
    world_.scheduler.block();
    resting_ = 0;
}

// A node that rests polls several times a second. Polls that find nothing are not played; when the
// next one finds something is worked out here, anew whenever something has changed.
void Node::plan_poll() {
    if (resting_ == 0) return;
    const Micros at = world_.scheduler.now();
    const bool waits = inbox_waits() && !planted(Bug::inbox_wake_trusted_alone);
    const bool published = seen_publications_ != world_.server.publications();
    const auto next = waits || published ? at : world_.server.next_found(clock_offset_);
    if (!next || *next >= polls_at_) return;
    polls_at_ = std::max(*next, at);
    world_.scheduler.wake(task_, resting_,
                          polls_at_ - at + chance_.between(50 * kMillisecond, kSecond));
}

}  // namespace pintu::simulate
