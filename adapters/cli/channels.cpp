#include "adapters/cli/channels.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include "adapters/cli/evidence_sweep.hpp"
#include "adapters/cli/patience.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/plugged/channel.hpp"
#include "engine/runtime/evidence.hpp"

namespace pintu::cli {
namespace {

using metrics::Metric;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{20};
constexpr std::chrono::seconds kAround{1};
constexpr std::chrono::hours kBetweenSweeps{24};
constexpr std::chrono::minutes kSweepAgain{1};
constexpr std::chrono::hours kKeptUnclaimed{24};
constexpr std::size_t kCasesAtOnce = 64;
constexpr std::chrono::milliseconds kFollow{300};

void wait(std::chrono::milliseconds pause, const std::function<bool()>& stopping) {
    const auto until = Steady::now() + pause;
    while (Steady::now() < until && !stopping()) std::this_thread::sleep_for(kLook);
}

// The plugin's, or the disk's where evidence goes: the plugin is asked again later.
bool is_tried_again(const Error& error) {
    return error.code.starts_with("PL") || error.code == "BL001" || error.code == "BL003" ||
           error.code == "EV004";
}

// What a call came to, the plugins have told by themselves.
bool is_told(const Error& error) {
    return error.code.starts_with("PL0") || error.code.starts_with("PL1");
}

AgencyCode office_of(const Options& options, const EngineSettings& engine) {
    return options.agency.empty() ? engine.runtime.province : AgencyCode(options.agency);
}

}  // namespace

void Pace::nothing() {
    pause_ = std::min(std::max(pause_ * 2, kShortest), kIdle);
}

void Pace::wrong() {
    pause_ = std::min(std::max(pause_ * 2, kIdle), kWrong);
}

struct Channels::One {
    std::string plugin;
    std::unique_ptr<ports::EventStore> store;
    Engine engine;
    std::unique_ptr<plugged::Evidence> evidence;
    std::unique_ptr<plugged::Channel> channel;
};

Channels::Channels(ChannelNeeds needs)
    : needs_(std::move(needs)), blobs_(blobs_folder(needs_.options)) {}

std::unique_ptr<Channels> Channels::start(ChannelNeeds needs, const Io& io, int& exit) {
    auto channels = std::unique_ptr<Channels>(new Channels(std::move(needs)));
    const auto& of = channels->needs_;
    plugins::Plugins& plugins = *of.host.plugins;
    if (plugins.manifests().empty()) return channels;
    for (const auto& manifest : plugins.manifests()) {
        if (!manifest.has(plugins::Kind::channel)) continue;
        auto one = std::make_unique<One>();
        one->plugin = manifest.name;
        one->store = open_store(of.options, Access::write, io, exit);
        if (!one->store) return nullptr;
        auto engine = start_engine(of.options, *one->store, of.engine, io, exit, of.tell.log());
        if (!engine) return nullptr;
        one->engine = std::move(*engine);
        ports::EventStore& store = one->engine.store ? *one->engine.store : *one->store;
        one->evidence =
            std::make_unique<plugged::Evidence>(plugins, channels->blobs_, *one->engine.log);
        plugged::ChannelSettings settings;
        settings.plugin = manifest.name;
        settings.rejected = var_folder(of.options) + "/plugins/" + manifest.name + "/rejected";
        settings.agency = AgencyCode(of.options.agency);
        settings.incidents = office_of(of.options, of.engine);
        settings.most_file_bytes = of.settings.most_file_bytes;
        settings.most_report_bytes = of.settings.most_report_bytes;
        settings.language = of.options.language;
        one->channel = std::make_unique<plugged::Channel>(
            std::move(settings),
            plugged::ChannelPorts{plugins, *one->engine.runtime, store, *one->evidence,
                                  *one->engine.log, files::write_private});
        channels->channels_.push_back(std::move(one));
    }
    channels->store_ = open_store(of.options, Access::write, io, exit);
    if (!channels->store_) return nullptr;
    of.workers.start([all = channels.get()] { all->look_after(); });
    for (const auto& one : channels->channels_)
        of.workers.start([all = channels.get(), &one = *one] { all->bring(one); });
    return channels;
}

Channels::~Channels() {
    needs_.workers.end();
}

// Errors of the plugin are told once until it goes well again, and are a person's too.
void Channels::bring(One& one) {
    clock::SystemClock clock;
    Patience patience(needs_.tell);
    Pace pace;
    std::string told;
    auto followed = Steady::time_point();
    while (!needs_.stopping()) {
        const Instant now = clock.now();
        if (Steady::now() - followed >= kFollow) {
            followed = Steady::now();
            const auto fresh = one.engine.runtime->refresh(local_date(now));
            if (!fresh && !patience.bears(fresh.error())) return needs_.fail(fresh.error());
        }
        const auto brought = one.channel->poll(now);
        if (brought) {
            patience.relieved();
            told.clear();
            const bool came = brought->taken > 0 || (brought->more && brought->refused() == 0);
            came ? pace.came() : pace.nothing();
            needs_.metrics.add(Metric::intake, brought->repeated, "repeated");
            needs_.metrics.add(Metric::intake, brought->conflicts, "conflict");
            needs_.metrics.add(Metric::intake, brought->rejected, "rejected");
        } else if (is_tried_again(brought.error())) {
            const Error& error = brought.error();
            if (error.code != told && !is_told(error)) {
                needs_.host.troubles->add({one.plugin, error, false}, now);
                needs_.tell(ports::LogLevel::warning, error);
            }
            told = error.code;
            pace.wrong();
        } else if (!patience.bears(brought.error())) {
            return needs_.fail(brought.error());
        } else {
            pace.wrong();
        }
        wait(pace.pause(), needs_.stopping);
    }
}

void Channels::look_after() {
    needs_.host.plugins->start_all();
    auto forgotten = Steady::now(), unclaimed = forgotten;  // looked for then
    while (!needs_.stopping()) {
        needs_.host.plugins->look_around();
        keep_troubles();
        measure();
        if (Steady::now() >= forgotten) {
            release_forgotten();
            forgotten = Steady::now() + kBetweenSweeps;
        }
        if (Steady::now() >= unclaimed) {
            const bool swept = sweep_unclaimed();
            unclaimed = Steady::now() + (swept ? kBetweenSweeps : kSweepAgain);
        }
        wait(kAround, needs_.stopping);
    }
    keep_troubles();
}

void Channels::keep_troubles() {
    ports::Commit commit;
    commit.incidents = needs_.host.troubles->take(office_of(needs_.options, needs_.engine));
    if (commit.incidents.empty()) return;
    const auto kept = store_->commit(commit);
    if (!kept) needs_.host.troubles->put_back(std::move(commit.incidents));
}

void Channels::release_forgotten() {
    std::set<CaseId> claiming;
    const auto look = [&] {
        const std::vector<CaseId> ids(claiming.begin(), claiming.end());
        claiming.clear();
        const auto cases = store_->load(ids);
        if (!cases) return;  // at the next sweep
        std::vector<CaseId> erased;
        for (std::size_t i = 0; i < ids.size(); ++i)
            if (!(*cases)[i].events.empty() && (*cases)[i].key.empty()) erased.push_back(ids[i]);
        if (erased.empty()) return;
        const auto released = runtime::release_files(*store_, blobs_, erased);
        if (!released) needs_.tell(ports::LogLevel::warning, released.error());
    };
    blobs_.each_claim([&](const Digest&, const CaseId& by) {
        claiming.insert(by);
        if (claiming.size() == kCasesAtOnce) look();
        return !needs_.stopping();
    });
    if (!claiming.empty()) look();
}

// False: soon again.
bool Channels::sweep_unclaimed() {
    const auto swept =
        sweep_evidence(needs_.options, *store_, blobs_, kKeptUnclaimed, needs_.stopping);
    if (!swept) needs_.tell(ports::LogLevel::warning, swept.error());
    return !swept || *swept;
}

void Channels::measure() {
    for (const auto& plugin : needs_.host.plugins->status()) {
        const auto set = [&](Metric metric, double value) {
            needs_.metrics.set(metric, value, plugin.name);
        };
        set(Metric::plugin_calls, static_cast<double>(plugin.calls));
        set(Metric::plugin_restarts, static_cast<double>(plugin.restarts));
        set(Metric::plugin_quarantined, plugin.health == plugins::Health::quarantined ? 1 : 0);
    }
}

}  // namespace pintu::cli
