#include "adapters/cli/sandbox.hpp"

#include "adapters/cli/setup.hpp"
#include "plugins/host/launch.hpp"

namespace pintu::cli {

std::vector<Finding> check_sandbox(const Options& options) {
    const auto launcher = plugins::Launcher::start();
    if (!launcher)
        return {
            {"pintu-host", false, messages::render(launcher.error(), options.language).message}};
    const auto sandbox = (*launcher)->sandbox();
    const bool calls = sandbox.seccomp && sandbox.no_new_privileges;
    const bool files = sandbox.landlock > 0;
    const bool apart = sandbox.network_namespace && sandbox.user_namespaces;
    return {{"seccomp", calls, words(options, calls ? "CL590" : "CL591")},
            {"landlock", files, words(options, files ? "CL592" : "CL593")},
            {"namespaces", true, words(options, apart ? "CL594" : "CL595")}};
}

}  // namespace pintu::cli
