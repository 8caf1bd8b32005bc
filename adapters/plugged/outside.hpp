// What plugins ask of the world outside (http.request, http.route, connection.open): documents in
// and out, the manifest's hosts checked once more, and the work given to whoever it was wired to.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::plugged {

using Headers = std::vector<std::pair<std::string, std::string>>;

// As adapters/http has them; adapters/cli turns the one into the other.
struct OutgoingRequest {
    std::string method;
    std::string url;
    Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{0};
};

struct IncomingRequest {
    std::string method;
    std::string path;  // as it follows "/plugin/NAME"
    std::string query;
    Headers headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
};

using IncomingHandler = std::function<HttpResponse(const IncomingRequest&)>;

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
    // Whom requests that come in are given to; until then they get 503. Nothing: none from now on
    // (before the plugins end).
    void answer_by(plugins::Plugins* plugins);

    plugins::Answer http_request(const plugins::Manifest& plugin,
                                 std::string_view document) override;
    plugins::Answer open_route(const plugins::Manifest& plugin, std::string_view document) override;
    plugins::Services::Connection connect(const plugins::Manifest& plugin, std::string_view host,
                                          std::uint16_t port,
                                          std::chrono::milliseconds timeout) override;

  private:
    HttpResponse handle(const plugins::Manifest& plugin, const IncomingRequest& request);
    World world_;
    std::mutex plugins_mutex_;
    plugins::Plugins* plugins_ = nullptr;
};

}  // namespace pintu::plugged
