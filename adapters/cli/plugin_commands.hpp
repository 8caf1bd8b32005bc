// `pintu plugin ...`: for those who write plugins and those who run them. One file a command or
// two.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/cli/io.hpp"

namespace pintu::cli {

struct PluginNewArgs {
    std::string name;
    std::string language = "python";  // cpp | python | php | node
    std::string kind = "channel";     // channel | connector | fact
    std::string directory = ".";      // NAME is made in there
};
int plugin_new(const Options& options, const PluginNewArgs& args, Io& io);

// A plugin by itself, in a process of its own, with a folder of its own that is thrown away.
struct PluginTryArgs {
    std::string folder;              // with plugin.yaml
    std::string input;               // run: {"method": ..., "document": {...}}
    std::vector<std::string> given;  // "key=value": its configuration
};
int plugin_test(const Options& options, const PluginTryArgs& args, Io& io);
int plugin_run(const Options& options, const PluginTryArgs& args, Io& io);

struct PluginArgs {
    std::string name;  // of pintu.yaml; check: or a folder, "" = all
    std::int64_t limit = 100;
};
int plugin_list(const Options& options, Io& io);
int plugin_check(const Options& options, const PluginArgs& args, Io& io);
int plugin_logs(const Options& options, const PluginArgs& args, Io& io);
int plugin_enable(const Options& options, const PluginArgs& args, Io& io);
int plugin_disable(const Options& options, const PluginArgs& args, Io& io);

}  // namespace pintu::cli
