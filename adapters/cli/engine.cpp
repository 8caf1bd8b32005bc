#include "adapters/cli/engine.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "adapters/cli/in_force.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/clock/entropy.hpp"
#include "adapters/files/blob_files.hpp"
#include "adapters/files/outbox_file.hpp"
#include "adapters/log/log.hpp"
#include "adapters/plugged/connector.hpp"
#include "adapters/plugged/facts.hpp"
#include "adapters/store/postgres/address.hpp"
#include "adapters/store/store.hpp"
#include "engine/base/hash.hpp"
#include "engine/cases/command/codec.hpp"

namespace pintu::cli {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::size_t kSequenced = 10'000;  // events at a time

class LeaveEffects final : public ports::Connector {
  public:
    bool reads(const cases::Effect& /*effect*/) const override { return false; }
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override {
        return std::vector<ports::Performed>(messages.size(),
                                             {ports::Performed::Outcome::later, ""});
    }
};

Result<std::unique_ptr<ports::Connector>> connector_for(const Options& options,
                                                        const EngineSettings& settings) {
    if (settings.effects == Effects::leave)
        return std::unique_ptr<ports::Connector>(std::make_unique<LeaveEffects>());
    const std::string path = settings.outbox.empty() ? outbox_path(options) : settings.outbox;
    std::error_code ignored;  // the file itself says what is wrong
    const auto folder = std::filesystem::path(path).parent_path();
    if (settings.outbox.empty() && !folder.empty())
        std::filesystem::create_directories(folder, ignored);
    auto outbox = files::OutboxFile::open(path, settings.effects == Effects::perform);
    if (!outbox) return outbox.unexpected();
    return std::unique_ptr<ports::Connector>(std::move(*outbox));
}

std::unique_ptr<ports::Entropy> entropy_for(const EngineSettings& settings) {
    if (settings.seed) return std::make_unique<clock::SeededEntropy>(*settings.seed);
    return std::make_unique<clock::KernelEntropy>();
}

ports::FactSource* facts_for(Engine& engine, const Options& options, const EngineSettings& settings,
                             const Io& io) {
    const std::int64_t patience = settings.fact_patience_ms;
    if (settings.plugins == nullptr) {
        engine.lone_facts = std::make_unique<LoneFacts>(options, io, *engine.log, patience);
        return engine.lone_facts.get();
    }
    engine.facts = std::make_unique<plugged::PluginFacts>(*settings.plugins, *engine.log, patience);
    return engine.facts.get();
}

bool is_file(const Options& options) {
    return store::is_file(store_address(options));
}

// Their messages are for a node that runs them.
bool has_connectors(const Options& options, const Io& io) {
    Settings settings;
    if (!read_settings(options, settings, io) || settings.plugins.empty()) return false;
    const auto host = open_plugins(options, settings, io, {{}, nullptr, false});
    if (!host) return true;
    const auto& manifests = host->plugins->manifests();
    return std::any_of(manifests.begin(), manifests.end(),
                       [](const auto& manifest) { return manifest.has(plugins::Kind::connector); });
}

// One round of a short-lived node; false: nothing was to do.
Result<bool> take_turns(const Options& options, runtime::Runtime& runtime, Instant now) {
    const auto stepped = is_file(options) ? runtime.run_until_idle(now) : runtime.decide_step(now);
    if (!stepped) return stepped.unexpected();
    return !is_file(options) && !stepped->idle;
}

}  // namespace

std::string outbox_path(const Options& options) {
    const std::string address = store_address(options);
    if (address.starts_with(kSqlite)) {
        const std::string file = address.substr(kSqlite.size());
        return file == ":memory:" ? "/dev/null" : file + ".outbox.jsonl";
    }
    std::string database;
    if (const auto parsed = postgres::parse_address(address, postgres::Role::writer))
        if (const auto name = parsed->settings.find("dbname"); name != parsed->settings.end())
            database = name->second;
    const auto folder = std::filesystem::path(options.directory) / "var";
    return (folder / ((database.empty() ? "pintu" : database) + ".outbox.jsonl")).string();
}

std::optional<Engine> start_engine(const Options& options, ports::EventStore& store,
                                   const EngineSettings& settings, const Io& io, int& exit,
                                   std::unique_ptr<ports::Log> log) {
    auto connector = connector_for(options, settings);
    if (!connector) {
        say(io, options, connector.error());
        return exit = kFailed, std::nullopt;
    }
    Engine engine;
    engine.connector = std::move(*connector);
    engine.entropy = entropy_for(settings);
    log::Settings to_log;
    to_log.language = options.language;
    engine.log = log ? std::move(log) : log::to_standard_error(to_log);
    engine.blobs = std::make_unique<files::BlobFiles>(blobs_folder(options));
    ports::FactSource* facts = facts_for(engine, options, settings, io);
    runtime::Settings to_run = settings.runtime;
    if (settings.plugins != nullptr && settings.effects == Effects::perform) {
        engine.file = std::move(engine.connector);
        auto carried = std::make_unique<plugged::PluginConnector>(*settings.plugins, *engine.file,
                                                                  *engine.log);
        to_run.send_lease_ms = carried->longest().count();
        engine.connector = std::move(carried);
    }
    ports::EventStore* used = &store;
    if (settings.metrics != nullptr) {
        engine.store = std::make_unique<metrics::MeasuredStore>(store, *settings.metrics);
        used = engine.store.get();
        engine.plugged = std::move(engine.connector);
        engine.connector =
            std::make_unique<metrics::MeasuredConnector>(*engine.plugged, *settings.metrics);
    }
    engine.runtime =
        std::make_unique<runtime::Runtime>(runtime::Ports{*used, *engine.entropy, *engine.connector,
                                                          *engine.log, facts, engine.blobs.get()},
                                           std::move(to_run));
    if (!settle_definitions(options, *used, *engine.runtime, settings.follow, settings.now, io,
                            exit))
        return std::nullopt;
    return engine;
}

EngineSettings lone_settings(const Options& options, Instant now) {
    EngineSettings settings;
    settings.now = now;
    settings.follow = is_file(options) ? Follow::fresh : Follow::store;
    settings.runtime.node = "pintu";
    return settings;
}

std::optional<ports::CommandOutcome> await(const Options& options, ports::EventStore& store,
                                           const CommandId& id, Instant now, std::int64_t wait_s,
                                           const Io& io, int& exit) {
    constexpr auto kPause = std::chrono::milliseconds(20);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(wait_s);
    EngineSettings settings = lone_settings(options, now);
    settings.effects = is_file(options) ? Effects::perform : Effects::leave;
    settings.runtime.sends = !has_connectors(options, io);
    const auto engine = start_engine(options, store, settings, io, exit);
    if (!engine) return std::nullopt;
    for (;;) {
        const auto busy = take_turns(options, *engine->runtime, now);
        if (!busy && !ports::may_pass(busy.error()))
            return exit = store_failed(options, busy.error(), io), std::nullopt;
        const auto outcome = store.outcome(id);
        if (outcome && *outcome) {
            engine->lone_facts->settle(store);
            return sequence_all(store), **outcome;
        }
        const bool late = std::chrono::steady_clock::now() >= give_up;
        if (!outcome && (late || !ports::may_pass(outcome.error())))
            return exit = store_failed(options, outcome.error(), io), std::nullopt;
        if (late) break;
        if (!busy || !*busy) std::this_thread::sleep_for(kPause);
    }
    say(io, options, "CL053");
    return exit = kTryLater, std::nullopt;
}

void sequence_all(ports::EventStore& store) {
    for (;;) {
        const auto placed = store.sequence(kSequenced);
        if (!placed || *placed == 0) return;
    }
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
