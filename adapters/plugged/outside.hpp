// What plugins ask of the world outside (http.request, http.route, connection.open): documents in
// and out, the manifest's hosts checked once more, and the work given to whoever it was wired to.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/plugged/outside_documents.hpp"
#include "engine/base/result.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugged {

struct World {
    std::function<Result<HttpResponse>(const OutgoingRequest&)> send;
    // Host and port of a URL; nothing where it is none.
    std::function<Result<std::pair<std::string, std::uint16_t>>(const std::string&)> destination;
    std::function<Result<int>(const std::string&, std::uint16_t, std::chrono::milliseconds)>
        connect;
    // Opens a path of the listener ("/plugin/NAME/masuk"); false: there is no listener.
    std::function<bool(const std::string& path, IncomingHandler)> route;
    // How an error is said to a plugin.
    std::function<std::string(const Error&)> say;
};

// Any thread. Outlives the plugins and the listener's handlers.
class OutsideWorld : public plugins::Outside {
  public:
    explicit OutsideWorld(World world);
    // Whom requests that come in are given to; until then they get 503. Nothing: none from now on,
    // and those under way have been answered when it returns (before the plugins end).
    void answer_by(plugins::Plugins* plugins);

    plugins::Answer http_request(const plugins::Manifest& plugin, std::string_view document,
                                 std::chrono::milliseconds most) override;
    plugins::Answer open_route(const plugins::Manifest& plugin, plugins::Kind kind,
                               std::string_view document) override;
    plugins::Services::Connection connect(const plugins::Manifest& plugin, std::string_view host,
                                          std::uint16_t port,
                                          std::chrono::milliseconds timeout) override;

  private:
    // A plugin's guest that answers a path.
    struct Answering {
        std::string plugin;
        plugins::Kind kind;
        std::chrono::milliseconds deadline;
    };
    plugins::Answer refused(const Error& error) const;
    bool may_open(const std::string& plugin, const std::string& path);
    HttpResponse unanswered(int status, const char* code, const std::string& plugin) const;
    HttpResponse handle(const Answering& by, const IncomingRequest& request);

    World world_;
    std::shared_mutex plugins_mutex_;
    plugins::Plugins* plugins_ = nullptr;
    std::mutex routes_mutex_;
    std::map<std::string, std::set<std::string>> routes_;  // plugin -> its paths
};

}  // namespace pintu::plugged
