// Facts of rules as commands get them answered, and what definitions are told of the plugins that
// answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/io.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/plugged/facts.hpp"
#include "engine/bundle/bundle.hpp"

namespace pintu::cli {

// Adds "plugin/NAME" for each plugin that the rules name and that this machine has, as pintu.yaml
// of `directory` says; what those offer. A plugin with a broken manifest is as good as none; what
// is wrong with it goes to `diagnostics`, of those in pintu.yaml to check_plugins()'s.
bundle::PluginOffers add_plugins(const std::string& directory, bundle::Definitions& definitions,
                                 SourceSet& sources, Diagnostics& diagnostics);
// As above, saying nothing.
bundle::PluginOffers add_plugins(const std::string& directory, bundle::Definitions& definitions);

// With the shipped plugins that answer facts, are pure and need no configuration: they run without
// being named in pintu.yaml, until `pintu plugin disable`.
std::vector<plugins::Chosen> with_shipped_facts(std::vector<plugins::Chosen> chosen);

// Answers for a command that is over in a moment: plugins are looked for when the first fact is
// asked. Where their configuration is wrong that is said once, and facts take their `else`. One
// thread's.
class LoneFacts : public ports::FactSource {
  public:
    // All outlive it; `patience_ms` as of plugged::PluginFacts.
    LoneFacts(const Options& options, const Io& io, ports::Log& log, std::int64_t patience_ms)
        : options_(options), io_(io), log_(log), patience_ms_(patience_ms) {}

    ports::FactAnswer ask(const ports::FactQuestion& question) override;
    // What plugins did meanwhile, put before a person.
    void settle(ports::EventStore& store);

  private:
    void open();

    const Options& options_;
    const Io& io_;
    ports::Log& log_;
    std::int64_t patience_ms_;
    bool opened_ = false;
    std::optional<PluginHost> host_;
    std::optional<plugged::PluginFacts> facts_;
};

}  // namespace pintu::cli
