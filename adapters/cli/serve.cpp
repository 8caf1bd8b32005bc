#include "adapters/cli/serve.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <mutex>
#include <ostream>
#include <thread>

#include "adapters/cli/backlog.hpp"
#include "adapters/cli/channels.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/in_force.hpp"
#include "adapters/cli/outside.hpp"
#include "adapters/cli/patience.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/service_manager.hpp"
#include "adapters/cli/teller.hpp"
#include "adapters/cli/workers.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/files/definitions.hpp"
#include "adapters/metrics/responder.hpp"

namespace pintu::cli {
namespace {

using metrics::Metric;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t kPauseMs = 50;     // where nothing is to do
constexpr std::int64_t kFollowMs = 300;   // between two looks at what is in force
constexpr std::int64_t kEditedMs = 1000;  // between two looks at the folder
constexpr std::size_t kSequenced = 10'000;

volatile std::sig_atomic_t stop_asked = 0;

void ask_to_stop(int) {
    stop_asked = 1;
}

// True once every so often; the first time at once.
class Every {
  public:
    explicit Every(std::int64_t ms) : ms_(ms) {}
    bool due() {
        const auto now = Steady::now();
        if (now < next_) return false;
        next_ = now + ms_;
        return true;
    }

  private:
    std::chrono::milliseconds ms_;
    Steady::time_point next_;
};

// What both threads share.
struct Shared {
    explicit Shared(Teller& says) : tell(says) {}
    Teller& tell;
    metrics::Metrics metrics;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::optional<Error> failure;  // of the thread that sends

    bool stopping() const { return stop || stop_asked != 0; }
    void fail(const Error& error) {
        const std::lock_guard guard(mutex);
        failure = error;
        stop = true;
    }
};

// Follows what another node published; edited definitions are the decider's to publish.
Result<void> follow(Engine& engine, Shared& shared, Instant now, bool say_so) {
    const auto fresh = engine.runtime->refresh(local_date(now));
    if (!fresh) return fresh.unexpected();
    if (*fresh && say_so)
        shared.tell(ports::LogLevel::info, "CL128", {short_id(engine.runtime->definitions_id())});
    shared.metrics.set_only(Metric::definitions, engine.runtime->definitions_id());
    return {};
}

// Performs effects, turn by turn.
class Sender {
  public:
    Sender(Engine engine, Shared& shared) : engine_(std::move(engine)), shared_(shared) {}

    void run() {
        clock::SystemClock clock;
        Patience patience(shared_.tell);
        Every look(kFollowMs);
        while (!shared_.stopping()) {
            const auto sent = turn(clock.now(), look);
            if (!sent && !patience.bears(sent.error())) return shared_.fail(sent.error());
            if (sent) patience.relieved();
            if (!sent)
                patience.pause([&] { return shared_.stopping(); });
            else if (*sent)
                std::this_thread::sleep_for(std::chrono::milliseconds(kPauseMs));
        }
    }

  private:
    // True: nothing was to do.
    Result<bool> turn(Instant now, Every& look) {
        if (look.due())
            if (auto followed = follow(engine_, shared_, now, false); !followed)
                return followed.unexpected();
        const auto sent = engine_.runtime->send_step(now);
        if (!sent) return sent.unexpected();
        return sent->idle;
    }
    Engine engine_;
    Shared& shared_;
};

class Decider {
  public:
    Decider(const Options& options, ports::EventStore& store, Engine engine,
            const plugins::Plugins& plugins, Shared& shared, const Io& io)
        : options_(options),
          store_(store),
          engine_(std::move(engine)),
          shared_(shared),
          io_(io),
          plugins_(plugins),
          stamp_(stamp().value_or("")),
          content_(content()) {}

    int run(std::optional<Instant> until, ServiceManager& manager) {
        clock::SystemClock clock;
        Patience patience(shared_.tell);
        while (!shared_.stopping()) {
            const Instant now = clock.now();
            if (until && now >= *until) return kDone;
            const auto idle = turn(now);
            manager.alive(since_start());
            shared_.metrics.add(Metric::steps);
            if (idle) {
                patience.relieved();
                manager.status(words(options_, "CL094", {shown_store(options_)}));
                if (*idle) pause();
                continue;
            }
            if (!patience.bears(idle.error())) return failed(idle.error());
            manager.status(messages::render(idle.error(), options_.language).message);
            patience.pause([&] { return shared_.stopping(); });
        }
        const std::lock_guard guard(shared_.mutex);
        return shared_.failure ? failed(*shared_.failure) : kInterrupted;
    }

  private:
    static std::int64_t since_start() {
        const auto since = Steady::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
    }

    int failed(const Error& error) {
        shared_.tell(ports::LogLevel::error, error);
        return error.code.starts_with("HI") ? kBroken
                                            : (ports::may_pass(error) ? kTryLater : kFailed);
    }

    // One turn at each kind of work but sending. True: nothing was to do.
    Result<bool> turn(Instant now) {
        if (edited_.due())
            if (auto taken = take_edited(now); !taken) return taken.unexpected();
        if (follow_.due())
            if (auto followed = follow_all(now); !followed) return followed.unexpected();
        const auto decided = engine_.runtime->decide_step(now);
        if (!decided) return decided.unexpected();
        shared_.metrics.add(Metric::timers, decided->timers);
        const auto followed = engine_.runtime->follow_step(now);
        if (!followed) return followed.unexpected();
        const auto placed = engine_.store->sequence(kSequenced);
        if (!placed) return placed.unexpected();
        return decided->idle && followed->idle && *placed == 0;
    }

    // What is in force may count with plugins that this node lacks: said of each definitions once.
    Result<void> follow_all(Instant now) {
        if (auto followed = follow(engine_, shared_, now, true); !followed) return followed;
        const std::string& id = engine_.runtime->definitions_id();
        if (id == looked_at_) return {};
        std::vector<std::string> installed;
        for (const auto& manifest : plugins_.manifests()) installed.push_back(manifest.name);
        const auto lacking = lacking_plugins(store_, id, installed);
        if (!lacking) return lacking.unexpected();
        for (const auto& name : *lacking) shared_.tell(ports::LogLevel::warning, "CL139", {name});
        looked_at_ = id;
        return {};
    }

    // Of plugins that count into the definitions.
    std::string versions() const {
        std::string versions;
        for (const auto& manifest : plugins_.manifests())
            if (manifest.has(plugins::Kind::fact)) versions += manifest.identity + '\n';
        return versions;
    }

    // Differs whenever definitions would, and where files were only touched.
    Result<std::string> stamp() const {
        auto stamp = files::definitions_stamp(options_.directory);
        if (stamp) *stamp += versions();
        return stamp;
    }

    // Empty where the files cannot be read.
    std::string content() const {
        const auto read = files::read_definitions(options_.directory);
        return read ? bundle::definitions_id(*read) + versions() : "";
    }

    // Edited definitions are published; bad ones are refused with their diagnostics and those in
    // force stay. What the store cannot take now is tried again. Files that hold what they held
    // replace nothing that was published elsewhere meanwhile.
    Result<void> take_edited(Instant now) {
        const auto fresh = stamp();
        if (!fresh || *fresh == stamp_) return {};
        const std::string edited = content();
        if (!edited.empty() && edited == content_) {
            stamp_ = *fresh;
            return {};
        }
        auto definitions = load_all(options_, now, io_);
        if (!definitions) {
            stamp_ = *fresh;
            shared_.tell(ports::LogLevel::error, "CL091");
            return {};
        }
        const std::string before = engine_.runtime->definitions_id();
        auto used =
            publish_folder(options_, store_, *engine_.runtime, std::move(*definitions), now, io_);
        if (!used) return used;
        stamp_ = *fresh;
        content_ = edited;
        if (engine_.runtime->definitions_id() != before)
            shared_.tell(ports::LogLevel::info, "CL092");
        return {};
    }

    // Until something is submitted or published, as far as the store can tell.
    void pause() {
        const auto until = Steady::now() + std::chrono::milliseconds(kPauseMs);
        const auto told = store_.wait(kPauseMs);
        if (!told || !*told) std::this_thread::sleep_until(until);
    }

    const Options& options_;
    ports::EventStore& store_;
    Engine engine_;
    Shared& shared_;
    const Io& io_;
    const plugins::Plugins& plugins_;
    std::string stamp_;
    std::string content_;
    std::string looked_at_;  // id of definitions
    Every edited_{kEditedMs};
    Every follow_{kFollowMs};
};

EngineSettings engine_settings(const RunArgs& args, const Settings& settings, Instant now,
                               Shared& shared) {
    EngineSettings engine;
    engine.now = now;
    engine.effects = Effects::perform;
    engine.outbox = args.outbox.empty() ? settings.outbox : args.outbox;
    engine.metrics = &shared.metrics;
    engine.runtime.node = args.node;
    engine.runtime.batch = static_cast<std::size_t>(settings.batch);
    engine.runtime.lease_ms = args.lease_ms > 0 ? args.lease_ms : settings.lease_ms;
    engine.runtime.per_minute = settings.per_minute;
    engine.runtime.quiet = settings.quiet;
    return engine;
}

// Answers scrapes, and looks at what waits while somebody may ask.
struct Scraped {
    std::unique_ptr<Backlog> backlog;
    std::unique_ptr<metrics::Responder> responder;
};

Result<Scraped> start_metrics(const Options& options, const std::string& address, Shared& shared) {
    Scraped scraped;
    if (address.empty()) return scraped;
    shared.metrics.set_only(Metric::build, PINTU_VERSION);
    shared.metrics.set(Metric::started, static_cast<double>(clock::SystemClock().now().micros) /
                                            static_cast<double>(kMicrosPerSecond));
    auto responder = metrics::Responder::open(address, [&shared] { return shared.metrics.text(); });
    if (!responder) return responder.unexpected();
    scraped.responder = std::move(*responder);
    scraped.backlog = std::make_unique<Backlog>(options, shared.metrics);
    shared.tell(ports::LogLevel::info, "CL126", {scraped.responder->address()});
    return scraped;
}

}  // namespace

std::string default_node_name() {
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    return std::string(host) + ':' + std::to_string(getpid());
}

int serve(const Options& options, const RunArgs& args, const Settings& settings,
          std::optional<Instant> until, const Io& terminal) {
    std::signal(SIGINT, ask_to_stop);
    std::signal(SIGTERM, ask_to_stop);
    Teller tell(options, args, terminal);
    const Io& io = tell.io();
    Shared shared(tell);
    int exit = kFailed;
    NodeOutside outside(settings, options.language);
    auto host = open_plugins(
        options, settings, io,
        {[&tell](const auto& trouble) { tell(ports::LogLevel::warning, trouble.error); },
         &outside.world()});
    if (!host) return exit;
    const auto store = open_store(options, Access::set_up, io, exit);
    const auto senders = store ? open_store(options, Access::write, io, exit) : nullptr;
    if (!senders) return exit;
    auto engine_with = engine_settings(args, settings, clock::SystemClock().now(), shared);
    engine_with.plugins = host->plugins.get();
    auto engine = start_engine(options, *store, engine_with, io, exit, tell.log());
    if (!engine) return exit;
    engine_with.follow = Follow::kept;
    auto sending = start_engine(options, *senders, engine_with, io, exit, tell.log());
    if (!sending) return exit;
    const auto scraped =
        start_metrics(options, args.metrics.empty() ? settings.metrics : args.metrics, shared);
    if (!scraped) return tell(ports::LogLevel::error, scraped.error()), kFailed;
    if (auto listening = outside.listen(*host->plugins); !listening)
        return tell(ports::LogLevel::error, listening.error()), kFailed;
    if (!outside.address().empty()) tell(ports::LogLevel::info, "CL570", {outside.address()});
    auto manager = ServiceManager::from_environment();
    Workers workers(*host);
    auto channels = Channels::start({options, settings, *host, workers, engine_with, tell,
                                     shared.metrics, [&shared] { return shared.stopping(); },
                                     [&shared](const Error& error) { shared.fail(error); }},
                                    io, exit);
    if (!channels) return outside.stop(), exit;
    Sender sender(std::move(*sending), shared);
    Decider decider(options, *store, std::move(*engine), *host->plugins, shared, io);
    tell(ports::LogLevel::info, "CL094", {shown_store(options)});
    manager.ready(words(options, "CL094", {shown_store(options)}));
    workers.start([&sender] { sender.run(); });
    const int done = decider.run(until, manager);
    manager.stopping();
    shared.stop = true;
    outside.stop();
    workers.end();
    return done;
}

}  // namespace pintu::cli
