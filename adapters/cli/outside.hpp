// A node's HTTP and its connections, wired to its plugins:
//
//     NodeOutside outside(settings, options.language);              // no thread yet
//     auto host = open_plugins(options, settings, io, {tell, &outside.world()});
//     if (auto listening = outside.listen(*host->plugins); !listening) ...   // threads from here
//     ...
//     outside.stop();                                               // before the plugins end
#pragma once

#include <memory>
#include <string>

#include "adapters/cli/settings.hpp"
#include "engine/base/result.hpp"
#include "engine/messages/messages.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::cli {

class NodeOutside {
  public:
    NodeOutside(const Settings& settings, messages::Language language);
    ~NodeOutside();  // stop()
    NodeOutside(const NodeOutside&) = delete;
    NodeOutside& operator=(const NodeOutside&) = delete;

    // What plugins ask; lives as this does, so make this before the plugins.
    plugins::Outside& world();
    // Opens the listener where `http:` names an address; HT001, HT002. Call before plugins are
    // first called: a route that is asked for without a listener is refused.
    Result<void> listen(plugins::Plugins& plugins);
    // The address as bound; "": no listener.
    std::string address() const;
    // No more requests; those under way have a few seconds. Once it returns no plugin is called
    // from here.
    void stop();

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace pintu::cli
