#include "adapters/plugged/outside.hpp"

#include <algorithm>
#include <array>
#include <mutex>

#include "adapters/wire/json_writer.hpp"

namespace pintu::plugged {
namespace {

using plugins::Answer;
using plugins::Status;

// An answer must come, a wait of half as long for its turn included, before the listener gives up
// (ListenerLimits::handler).
constexpr std::chrono::milliseconds kMostHandling{19'000};
constexpr std::size_t kMostRoutes = 16;  // of one plugin

// What may be otherwise another time, by itself or by what a person mends at the other end.
bool passes(const Error& error) {
    static constexpr std::array kPassing = {"HT022", "HT023", "HT024", "HT025", "HT027"};
    return std::find(kPassing.begin(), kPassing.end(), error.code) != kPassing.end();
}

}  // namespace

OutsideWorld::OutsideWorld(World world) : world_(std::move(world)) {}

void OutsideWorld::answer_by(plugins::Plugins* plugins) {
    const std::unique_lock lock(plugins_mutex_);
    plugins_ = plugins;
}

bool OutsideWorld::may_open(const std::string& plugin, const std::string& path) {
    const std::lock_guard lock(routes_mutex_);
    auto& paths = routes_[plugin];
    if (paths.size() >= kMostRoutes && !paths.contains(path)) return false;
    paths.insert(path);
    return true;
}

Answer OutsideWorld::refused(const Error& error) const {
    return {passes(error) ? Status::later : Status::refused, world_.say(error), ""};
}

Answer OutsideWorld::http_request(const plugins::Manifest& plugin, std::string_view document,
                                  std::chrono::milliseconds most) {
    auto request = outgoing_request(document);
    if (!request) return refused({"HT030", {plugin.name, request.error()}});
    request->timeout = std::min(request->timeout, most);
    const auto where = world_.destination(request->url);
    if (!where) return refused(where.error());
    if (plugin.hosts.empty()) return refused({"HT031", {plugin.name, where->first}});
    const auto response = world_.send(*request);
    if (!response) return refused(response.error());
    return {Status::ok, outgoing_answer(*response), ""};
}

Answer OutsideWorld::open_route(const plugins::Manifest& plugin, plugins::Kind kind,
                                std::string_view document) {
    const auto path = route_path(document);
    if (!path) return refused({"HT030", {plugin.name, "path"}});
    if (!may_open(plugin.name, *path))
        return refused({"HT035", {plugin.name, std::to_string(kMostRoutes)}});
    const Answering by{plugin.name, kind,
                       std::min(std::chrono::milliseconds(plugin.http_ms), kMostHandling)};
    const bool opened =
        world_.route("/plugin/" + plugin.name + (*path == "/" ? "" : *path),
                     [this, by](const IncomingRequest& request) { return handle(by, request); });
    if (!opened) return refused({"HT032", {plugin.name}});
    return {Status::ok, "{}", ""};
}

HttpResponse OutsideWorld::handle(const Answering& by, const IncomingRequest& request) {
    const std::shared_lock lock(plugins_mutex_);
    if (plugins_ == nullptr) return unanswered(503, "HT033", by.plugin);
    IncomingRequest inside = request;
    inside.path = request.path.substr(std::string("/plugin/").size() + by.plugin.size());
    if (inside.path.empty()) inside.path = "/";
    const auto answer =
        plugins_->call(by.plugin, by.kind, "http.handle", handle_document(inside), by.deadline);
    if (!answer || answer->status == Status::later) return unanswered(503, "HT033", by.plugin);
    auto response = answer->status == Status::ok ? handled(answer->document) : std::nullopt;
    return response ? std::move(*response) : unanswered(502, "HT034", by.plugin);
}

// As the listener's own: {"code":"...","message":"..."}.
HttpResponse OutsideWorld::unanswered(int status, const char* code,
                                      const std::string& plugin) const {
    wire::JsonWriter json;
    json.begin_object().field("code", code);
    json.field("message", world_.say({code, {plugin}})).end_object();
    HttpResponse response{status, {{"Content-Type", "application/json"}}, json.text() + "\n"};
    if (status == 503) response.headers.emplace_back("Retry-After", "2");
    return response;
}

plugins::Services::Connection OutsideWorld::connect(const plugins::Manifest& plugin,
                                                    std::string_view host, std::uint16_t port,
                                                    std::chrono::milliseconds timeout) {
    const std::string name(host);
    if (plugin.hosts.empty())
        return {Status::refused, world_.say({"HT031", {plugin.name, name}}), -1};
    const auto socket = world_.connect(name, port, std::max(timeout, std::chrono::milliseconds(1)));
    if (socket) return {Status::ok, "", *socket};
    const Answer why = refused(socket.error());
    return {why.status, why.document, -1};
}

}  // namespace pintu::plugged
