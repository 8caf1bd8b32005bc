#include "adapters/cli/outside.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include "adapters/http/client.hpp"
#include "adapters/http/connect.hpp"
#include "adapters/http/listener.hpp"
#include "adapters/plugged/outside.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostBody = 1U << 20;  // of a request for a plugin
constexpr std::chrono::milliseconds kGrace{5'000};

Result<plugged::HttpResponse> sent(const plugged::OutgoingRequest& request) {
    http::Outgoing outgoing;
    outgoing.method = request.method;
    outgoing.url = request.url;
    outgoing.headers = request.headers;
    outgoing.body = request.body;
    outgoing.timeout = request.timeout;
    auto response = http::send(outgoing);
    if (!response) return response.unexpected();
    return plugged::HttpResponse{response->status, std::move(response->headers),
                                 std::move(response->body)};
}

Result<std::pair<std::string, std::uint16_t>> destination(const std::string& url) {
    const auto found = http::destination_of(url);
    if (!found) return found.unexpected();
    return std::pair(found->host, found->port);
}

http::Response answered(const plugged::IncomingHandler& handler, const http::Request& request) {
    auto response =
        handler({request.method, request.path, request.query, request.headers, request.body});
    return {response.status, std::move(response.headers), std::move(response.body)};
}

}  // namespace

struct NodeOutside::Inside {
    std::string wanted;  // address
    messages::Language language;
    std::unique_ptr<http::Listener> listener;
    std::optional<plugged::OutsideWorld> world;
};

NodeOutside::NodeOutside(const Settings& settings, messages::Language language)
    : inside_(std::make_unique<Inside>()) {
    inside_->wanted = settings.http;
    inside_->language = language;
    plugged::World world;
    world.send = sent;
    world.destination = destination;
    world.connect = http::connect;
    world.route = [&inside = *inside_](const std::string& path, plugged::IncomingHandler handler) {
        if (!inside.listener) return false;
        inside.listener->route(
            {path, kMostBody, [handler = std::move(handler)](const http::Request& request) {
                 return answered(handler, request);
             }});
        return true;
    };
    world.say = [language](const Error& error) {
        return messages::render(error, language).message;
    };
    inside_->world.emplace(std::move(world));
}

NodeOutside::~NodeOutside() {
    stop();
}

plugins::Outside& NodeOutside::world() {
    return *inside_->world;
}

Result<void> NodeOutside::listen(plugins::Plugins& plugins) {
    if (!inside_->wanted.empty()) {
        http::ListenerOptions options;
        options.address = inside_->wanted;
        options.language = inside_->language;
        auto listener = http::Listener::open(options);
        if (!listener) return listener.unexpected();
        inside_->listener = std::move(*listener);
    }
    inside_->world->answer_by(&plugins);
    return {};
}

std::string NodeOutside::address() const {
    return inside_->listener ? inside_->listener->address() : std::string();
}

void NodeOutside::stop() {
    if (inside_->listener) inside_->listener->stop(kGrace);
    inside_->world->answer_by(nullptr);
}

}  // namespace pintu::cli
