// What a node does about its plugins beside deciding and sending: one thread for each channel
// plugin brings its reports in, over a connection and a runtime of its own, so that a slow one
// holds up nobody; another looks after all plugins.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/cli/engine.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/cli/teller.hpp"
#include "adapters/cli/workers.hpp"
#include "adapters/files/blob_files.hpp"
#include "adapters/metrics/metrics.hpp"

namespace pintu::cli {

// Pauses of a loop that polls: short after something came, longer while nothing does, much longer
// while something is wrong.
class Pace {
  public:
    void came() { pause_ = kShortest; }
    void nothing();
    void wrong();
    std::chrono::milliseconds pause() const { return pause_; }

  private:
    static constexpr std::chrono::milliseconds kShortest{20};
    static constexpr std::chrono::milliseconds kIdle{500};
    static constexpr std::chrono::milliseconds kWrong{10'000};
    std::chrono::milliseconds pause_ = kShortest;
};

struct ChannelNeeds {
    const Options& options;
    const Settings& settings;
    PluginHost& host;
    Workers& workers;       // its threads; ended before this is
    EngineSettings engine;  // of the runtimes
    Teller& tell;
    metrics::Metrics& metrics;
    std::function<bool()> stopping;
    std::function<void(const Error&)> fail;  // an error of the store that does not pass
};

class Channels {
  public:
    // Opens what the threads need, says what is wrong, and starts them. Nothing where a store or
    // runtime cannot be had (then `exit` is set).
    static std::unique_ptr<Channels> start(ChannelNeeds needs, const Io& io, int& exit);
    ~Channels();  // Workers::end(), once `stopping` says so
    Channels(const Channels&) = delete;
    Channels& operator=(const Channels&) = delete;

  private:
    struct One;  // a channel plugin's
    explicit Channels(ChannelNeeds needs);
    void bring(One& one);
    void look_after();
    void keep_troubles();
    void measure();
    // Files that a case has though its personal data are gone: whoever erased it was stopped.
    void release_forgotten();
    bool sweep_unclaimed();

    ChannelNeeds needs_;
    files::BlobFiles blobs_;
    std::vector<std::unique_ptr<One>> channels_;
    std::unique_ptr<ports::EventStore> store_;  // of the thread that looks after plugins
};

}  // namespace pintu::cli
