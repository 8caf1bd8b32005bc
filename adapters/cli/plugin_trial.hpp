// A plugin by itself, to be tried: in a process behind the sandbox as in a node, with a folder of
// its own for state, spool and log that is gone at the end. What its configuration requires and
// nobody gave is made up: an empty folder, a text, the least number, a secret.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/io.hpp"
#include "adapters/cli/plugin_commands.hpp"
#include "plugins/host/launch.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::cli {

class Trial {
  public:
    // Nothing, said on err, where the plugin or what was given is wrong. `outside` outlives it;
    // nothing: a world where routes can be opened and nobody answers.
    static std::unique_ptr<Trial> open(const Options& options, const PluginTryArgs& args,
                                       plugins::Outside* outside, const Io& io);
    ~Trial();
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    const plugins::Manifest& manifest() const { return manifest_; }
    // With the deadline that its manifest has for such a call.
    Result<plugins::Answer> call(const std::string& method, const std::string& document);
    Result<plugins::Answer> call(const std::string& method, const std::string& document,
                                 plugins::Milliseconds deadline);
    plugins::Milliseconds deadline_of(const std::string& method) const;
    // How long the last call took.
    plugins::Milliseconds took() const { return took_; }

    // As if an hour had passed: whoever crashed may start again.
    void let_time_pass();
    // Folders that were given are copied anew, those made up emptied, whatever was done in them.
    void renew_folders();
    // Ends it and starts it anew over the same state; with one key of its configuration set
    // otherwise, where one is named. False: it cannot be opened so.
    bool begin_again(const std::string& key = "", const std::string& value = "");
    // All that it has logged.
    std::string log() const;

  private:
    Trial();
    bool make_up(const PluginTryArgs& args, const Options& options, const Io& io);
    std::optional<std::string> made_up(const std::string& key, const plugins::ConfigKey& asked);
    bool open_plugins(Diagnostics& diagnostics);

    std::string folder_;                                       // of the trial
    std::vector<std::pair<std::string, std::string>> copies_;  // of folders: from ("": empty), to
    SourceSet sources_;
    plugins::Manifest manifest_;
    plugins::Chosen chosen_;
    plugins::Outside* outside_ = nullptr;
    std::unique_ptr<plugins::Launcher> launcher_;
    std::unique_ptr<plugins::Plugins> plugins_;
    plugins::Milliseconds passed_{0};
    plugins::Milliseconds took_{0};
};

// "channel.poll" -> channel; nothing: no such method.
std::optional<plugins::Kind> kind_of(std::string_view method);

}  // namespace pintu::cli
