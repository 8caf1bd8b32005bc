#include "guest.hpp"

#include <chrono>
#include <filesystem>
#include <stdexcept>

#include "adapters/http/connect.hpp"
#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

std::string words_of(const Error& error) {
    std::string text = error.code;
    for (const auto& arg : error.args) text += " " + arg;
    return text;
}

std::string codes_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const auto& each : diagnostics.items()) text += each.code + " ";
    return text;
}

Instant machine_now() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

class World : public plugins::Outside {
  public:
    plugins::Answer http_request(const plugins::Manifest&, std::string_view,
                                 plugins::Milliseconds) override {
        return {plugins::Status::refused, "", ""};
    }
    plugins::Answer open_route(const plugins::Manifest&, plugins::Kind, std::string_view) override {
        return {plugins::Status::refused, "", ""};
    }
    plugins::Services::Connection connect(const plugins::Manifest&, std::string_view host,
                                          std::uint16_t port,
                                          plugins::Milliseconds timeout) override {
        const auto socket = http::connect(std::string(host), port, timeout);
        if (!socket) return {plugins::Status::later, words_of(socket.error()), -1};
        return {plugins::Status::ok, "", *socket};
    }
};

}  // namespace

struct BundledGuest::Inside {
    Settings settings;
    plugins::Manifest manifest;
    plugins::Config config;
    World world;
    std::unique_ptr<plugins::State> state;
    std::unique_ptr<plugins::PluginLog> log;
    std::unique_ptr<plugins::PluginServices> services;
    std::unique_ptr<plugins::Launcher> launcher;
    std::unique_ptr<plugins::Guest> guest;
};

BundledGuest::BundledGuest(Settings settings)
    : inside_(std::make_unique<Inside>()), folder_(settings.folder) {
    fs::create_directories(spool());
    inside_->settings = std::move(settings);
    SourceSet sources;
    Diagnostics diagnostics;
    const std::string folder = std::string(PINTU_PLUGINS) + "/" + inside_->settings.name;
    auto manifest = plugins::read_manifest(folder, sources, diagnostics);
    if (!manifest) throw std::runtime_error("manifest: " + codes_of(diagnostics));
    inside_->manifest = std::move(*manifest);
    std::map<std::string, yaml::Word> given;
    for (const auto& [key, value] : inside_->settings.config) given[key] = {value, {}};
    auto config = plugins::check_config(inside_->manifest, given, folder_, {}, diagnostics);
    if (!config) throw std::runtime_error("config: " + codes_of(diagnostics));
    inside_->config = std::move(*config);
    inside_->state = std::make_unique<plugins::State>(folder_ + "/state");
    inside_->log = std::make_unique<plugins::PluginLog>(folder_ + "/log");
    start();
}

BundledGuest::~BundledGuest() {
    inside_->guest->stop(plugins::Milliseconds(5000));
}

void BundledGuest::start() {
    Inside& in = *inside_;
    plugins::ServiceSettings services;
    services.manifest = &in.manifest;
    services.kind = in.settings.kind;
    services.config = in.config;
    services.config_document =
        plugins::config_document(in.manifest, in.config, in.settings.kind, spool());
    for (const auto& [name, value] : in.settings.secrets) {
        write_file(folder_ + "/secret-" + name, value);
        services.secrets[name] = "file:" + folder_ + "/secret-" + name;
    }
    services.now = in.settings.now ? in.settings.now : machine_now;
    services.state = in.state.get();
    services.log = in.log.get();
    services.outside = &in.world;
    const std::string document = services.config_document;
    in.services = std::make_unique<plugins::PluginServices>(std::move(services));
    auto launcher = plugins::Launcher::start(PINTU_HOST);
    if (!launcher) throw std::runtime_error(words_of(launcher.error()));
    in.launcher = std::move(*launcher);
    plugins::Launch launch;
    launch.name = in.manifest.name;
    launch.folder = in.manifest.folder;
    launch.file = in.manifest.folder + "/" + in.manifest.run;
    launch.confinement.memory_mb = in.manifest.memory_mb;
    launch.confinement.open_files = in.manifest.open_files;
    launch.confinement.readable = {in.manifest.folder};
    launch.confinement.writable = {spool()};
    for (const auto& folder : plugins::allowed_folders(in.manifest, in.config))
        if (fs::exists(folder.path))
            (folder.write ? launch.confinement.writable : launch.confinement.readable)
                .push_back(folder.path);
    auto guest = in.launcher->launch(launch, *in.services);
    if (!guest) throw std::runtime_error(words_of(guest.error()));
    in.guest = std::move(*guest);
    auto started = in.guest->start(document, plugins::Milliseconds(20'000));
    if (!started) throw std::runtime_error(words_of(started.error()));
}

std::string BundledGuest::call(const std::string& method, const std::string& document) {
    static const char* kStatus[] = {"ok", "refused", "later", "unknown", "failed", "too_large"};
    auto answer = inside_->guest->call(method, document, plugins::Milliseconds(60'000));
    if (!answer) return words_of(answer.error());
    if (answer->status == plugins::Status::ok) return answer->document;
    return std::string(kStatus[static_cast<int>(answer->status)]) + ": " + answer->document;
}

std::string BundledGuest::log() const {
    std::string text;
    if (!fs::exists(folder_ + "/log")) return text;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ + "/log"))
        if (entry.is_regular_file()) text += read_file(entry.path().string());
    return text;
}

void BundledGuest::crash() {
    inside_->guest.reset();
    start();
}

}  // namespace pintu::testing
