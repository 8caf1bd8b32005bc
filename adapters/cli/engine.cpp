#include "adapters/cli/engine.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "adapters/clock/entropy.hpp"
#include "adapters/files/outbox_file.hpp"
#include "adapters/log/log.hpp"
#include "engine/base/hash.hpp"
#include "engine/cases/command/codec.hpp"

namespace pintu::cli {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

// The store's file; "" of a store that is not a file.
std::string file_of(const std::string& store_address) {
    if (store_address.rfind(kSqlite, 0) != 0) return {};
    const std::string file = store_address.substr(kSqlite.size());
    return file == ":memory:" ? std::string() : file;
}

class LeaveEffects final : public ports::Connector {
  public:
    std::vector<ports::Performed> perform(const std::vector<cases::Effect>& effects) override {
        return std::vector<ports::Performed>(effects.size(),
                                             {ports::Performed::Outcome::later, ""});
    }
};

Result<std::unique_ptr<ports::Connector>> connector_for(const Options& options, Effects effects) {
    if (effects == Effects::leave)
        return std::unique_ptr<ports::Connector>(std::make_unique<LeaveEffects>());
    auto outbox =
        files::OutboxFile::open(outbox_path(store_address(options)), effects == Effects::perform);
    if (!outbox) return outbox.unexpected();
    return std::unique_ptr<ports::Connector>(std::move(*outbox));
}

}  // namespace

std::optional<EngineLock> EngineLock::take(const std::string& store_address) {
    const std::string file = file_of(store_address);
    if (file.empty()) return EngineLock(-1);
    const int lock = open((file + ".engine").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (lock < 0) return std::nullopt;
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) return EngineLock(lock);
    close(lock);
    return std::nullopt;
}

EngineLock::~EngineLock() {
    if (file_ >= 0) close(file_);
}

std::string outbox_path(const std::string& store_address) {
    const std::string file = file_of(store_address);
    return file.empty() ? "/dev/null" : file + ".outbox.jsonl";
}

std::optional<Engine> start_engine(const Options& options, ports::EventStore& store, Instant now,
                                   Effects effects, std::optional<std::uint64_t> seed, const Io& io,
                                   std::unique_ptr<ports::Log> log) {
    auto definitions = load_definitions(options, now, io);
    if (!definitions) return std::nullopt;
    auto connector = connector_for(options, effects);
    if (!connector) return say(io, options, connector.error()), std::nullopt;
    Engine engine;
    engine.connector = std::move(*connector);
    engine.log =
        log ? std::move(log) : log::to_standard_error(options.language, ports::LogLevel::warning);
    if (seed)
        engine.entropy = std::make_unique<clock::SeededEntropy>(*seed);
    else
        engine.entropy = std::make_unique<clock::KernelEntropy>();
    engine.runtime = std::make_unique<runtime::Runtime>(
        runtime::Ports{store, *engine.entropy, *engine.connector, *engine.log});
    const auto used = engine.runtime->use(
        {std::move(definitions->files),
         std::make_shared<const bundle::Library>(std::move(definitions->library)),
         Date{static_cast<std::int32_t>(now.micros / kMicrosPerSecond / kSecondsPerDay)}});
    if (!used) return say(io, options, used.error()), std::nullopt;
    return engine;
}

std::optional<ports::CommandOutcome> await(const Options& options, ports::EventStore& store,
                                           const CommandId& id, Instant now, std::int64_t wait_s,
                                           const Io& io, int& exit) {
    constexpr auto kPause = std::chrono::milliseconds(20);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(wait_s);
    for (;;) {
        const auto outcome = store.outcome(id);
        if (!outcome) return exit = store_failed(options, outcome.error(), io), std::nullopt;
        if (*outcome) return **outcome;
        if (const auto lock = EngineLock::take(store_address(options))) {
            auto engine = start_engine(options, store, now, Effects::perform, std::nullopt, io);
            if (!engine) return exit = kFailed, std::nullopt;
            const auto stepped = engine->runtime->run_until_idle(now);
            if (!stepped) return exit = store_failed(options, stepped.error(), io), std::nullopt;
            continue;
        }
        if (std::chrono::steady_clock::now() >= give_up) break;
        std::this_thread::sleep_for(kPause);
    }
    say(io, options, "CL053");
    return exit = kTryLater, std::nullopt;
}

cases::Actor actor_named(const std::string& name) {
    if (name == "pelapor" || name == "reporter") return {cases::Actor::Kind::reporter, ""};
    return {cases::Actor::Kind::person, name};
}

std::optional<ports::CommandOutcome> send(const Options& options, ports::EventStore& store,
                                          const cases::CaseRow& row, const cases::Actor& actor,
                                          cases::Body body, std::int64_t wait_s, const Io& io,
                                          int& exit) {
    clock::KernelEntropy entropy;
    cases::Command command;
    command.id = CommandId(row.id.value + "-cli-" + to_hex(bytes_of(entropy.draw())).substr(0, 32));
    command.case_id = row.id;
    command.actor = actor;
    command.body = std::move(body);
    const Instant now = moment(options);
    const auto submitted =
        store.submit({command.id, row.agency, row.id, now, cases::encode(command)});
    if (!submitted) return exit = store_failed(options, submitted.error(), io), std::nullopt;
    return await(options, store, command.id, now, wait_s, io, exit);
}

void print_refusal(const Options& options, const ports::CommandOutcome& outcome,
                   const std::string& actor, const Io& io) {
    say(io, options, Error{outcome.code, outcome.args});
    const bool english = options.language == messages::Language::english;
    std::string allowed;
    for (const auto& event : outcome.allowed) {
        allowed += allowed.empty() ? "" : ", ";
        if (event == "approve" && !english)
            allowed += "setujui";
        else if (event == "refuse" && !english)
            allowed += "tolak";
        else
            allowed += event;
    }
    if (allowed.empty())
        say(io, options, "CL054", {actor});
    else
        say(io, options, "CL052", {allowed});
}

}  // namespace pintu::cli
