#include "adapters/cli/plugin_trial.hpp"

#include <cstdlib>
#include <filesystem>

#include "adapters/cli/setup.hpp"
#include "adapters/clock/system_clock.hpp"
#include "adapters/files/whole_file.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;
using plugins::Kind;
using plugins::Milliseconds;

constexpr Milliseconds kAnHour{3'600'000};

std::string absolute_path(const std::string& path) {
    std::error_code ignored;
    return fs::absolute(path, ignored).lexically_normal().string();
}

// Nobody listens and nobody is there: routes are opened, whatever goes out must wait.
class NoWorld : public plugins::Outside {
    plugins::Answer http_request(const plugins::Manifest&, std::string_view,
                                 plugins::Milliseconds) override {
        return {plugins::Status::later, "", ""};
    }
    plugins::Answer open_route(const plugins::Manifest&, Kind, std::string_view) override {
        return {plugins::Status::ok, "{}", ""};
    }
    plugins::Services::Connection connect(const plugins::Manifest&, std::string_view, std::uint16_t,
                                          Milliseconds) override {
        return {plugins::Status::later, "", -1};
    }
};

NoWorld& no_world() {
    static NoWorld world;
    return world;
}

std::string host_key(const std::string& host) {
    const std::string start = "config.";
    return host.starts_with(start) ? host.substr(start.size(), host.find(':') - start.size()) : "";
}

}  // namespace

std::optional<Kind> kind_of(std::string_view method) {
    if (method.starts_with("channel.")) return Kind::channel;
    if (method.starts_with("connector.")) return Kind::connector;
    if (method.starts_with("fact.")) return Kind::fact;
    if (method.starts_with("evidence.")) return Kind::evidence;
    return std::nullopt;
}

Trial::Trial() = default;

Trial::~Trial() {
    plugins_.reset();
    launcher_.reset();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::unique_ptr<Trial> Trial::open(const Options& options, const PluginTryArgs& args,
                                   plugins::Outside* outside, const Io& io) {
    std::unique_ptr<Trial> trial(new Trial);
    Diagnostics diagnostics;
    const auto tell = [&] {
        print_diagnostics(io.err, diagnostics, trial->sources_, options, Output::pretty, io.color);
    };
    auto manifest =
        plugins::read_manifest(absolute_path(args.folder), trial->sources_, diagnostics);
    if (!manifest) return tell(), nullptr;
    trial->manifest_ = std::move(*manifest);
    trial->outside_ = outside != nullptr ? outside : &no_world();
    std::string folder = (fs::temp_directory_path() / "pintu-plugin.XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) return say(io, options, "CL530", {folder}), nullptr;
    trial->folder_ = folder;
    if (!trial->make_up(args, options, io)) return nullptr;
    auto launcher = plugins::Launcher::start();
    if (!launcher) return say(io, options, launcher.error()), nullptr;
    trial->launcher_ = std::move(*launcher);
    const bool opened = trial->open_plugins(diagnostics);
    tell();
    return opened ? std::move(trial) : nullptr;
}

bool Trial::make_up(const PluginTryArgs& args, const Options& options, const Io& io) {
    std::error_code failed;
    chosen_.name = manifest_.name;
    chosen_.folder = absolute_path(args.folder);
    for (const auto& each : args.given) {
        const auto equal = each.find('=');
        if (equal == std::string::npos) return say(io, options, "CL636", {each}), false;
        const std::string key = each.substr(0, equal);
        std::string value = each.substr(equal + 1);
        const auto asked = manifest_.config.find(key);
        if (asked != manifest_.config.end() && fs::exists(value, failed))
            value = absolute_path(value);
        if (asked != manifest_.config.end() && fs::is_directory(value, failed)) {
            copies_.emplace_back(value, folder_ + "/given-" + key);
            value = copies_.back().second;
        }
        chosen_.config[key] = {value, {}};
    }
    for (const auto& [key, asked] : manifest_.config) {
        if (chosen_.config.contains(key) || !asked.required) continue;
        const auto value = made_up(key, asked);
        if (value) chosen_.config[key] = {*value, {}};
    }
    renew_folders();
    for (const auto& secret : manifest_.secrets) {
        const std::string file = folder_ + "/secret-" + secret;
        if (!files::write_file(file, "rahasia-percobaan")) return false;
        chosen_.secrets[secret] = {"file:" + file, {}};
    }
    return true;
}

std::optional<std::string> Trial::made_up(const std::string& key, const plugins::ConfigKey& asked) {
    using Type = plugins::ConfigKey::Type;
    const std::string path = folder_ + "/" + key;
    switch (asked.type) {
        case Type::integer: return std::to_string(asked.low);
        case Type::yes_no: return "no";
        case Type::choice: return asked.choices.empty() ? "" : asked.choices.front();
        case Type::folder: copies_.emplace_back("", path); return path;
        case Type::file:
            if (!files::write_file(path, "")) return std::nullopt;
            return path;
        default: break;
    }
    for (const auto& host : manifest_.hosts)
        if (host_key(host) == key) return "localhost";
    return "percobaan";
}

bool Trial::open_plugins(Diagnostics& diagnostics) {
    plugins_.reset();
    plugins::PluginsOptions open;
    open.chosen = {chosen_};
    open.directory = folder_ + "/plugins";
    open.base = absolute_path(".");
    open.now = [] { return clock::SystemClock().now(); };
    open.trouble = [](const plugins::Trouble&) {};  // whoever called has it as its error
    open.outside = outside_;
    open.launcher = launcher_.get();
    open.steady = [this] { return plugins::Steady::now() + passed_; };
    plugins_ = plugins::Plugins::open(open, sources_, diagnostics);
    return plugins_ != nullptr;
}

Milliseconds Trial::deadline_of(const std::string& method) const {
    if (method.starts_with("channel.")) return Milliseconds(manifest_.poll_ms);
    if (method.starts_with("fact.")) return Milliseconds(manifest_.fact_ms);
    return Milliseconds(manifest_.send_ms);
}

Result<plugins::Answer> Trial::call(const std::string& method, const std::string& document) {
    return call(method, document, deadline_of(method));
}

Result<plugins::Answer> Trial::call(const std::string& method, const std::string& document,
                                    Milliseconds deadline) {
    const auto kind = kind_of(method);
    if (!kind) return fail("CL635", method);
    const auto began = plugins::Steady::now();
    auto answer = plugins_->call(manifest_.name, *kind, method, document, deadline);
    took_ = std::chrono::duration_cast<Milliseconds>(plugins::Steady::now() - began);
    return answer;
}

void Trial::let_time_pass() {
    passed_ += kAnHour;
}

void Trial::renew_folders() {
    std::error_code ignored;
    for (const auto& [from, to] : copies_) {
        fs::remove_all(to, ignored);
        if (from.empty())
            fs::create_directories(to, ignored);
        else
            fs::copy(from, to, fs::copy_options::recursive, ignored);
    }
}

bool Trial::begin_again(const std::string& key, const std::string& value) {
    const auto kept = chosen_;
    if (!key.empty()) chosen_.config[key] = {value, {}};
    Diagnostics unsaid;
    const bool opened = open_plugins(unsaid);
    chosen_ = kept;
    return opened;
}

std::string Trial::log() const {
    std::string all;
    const std::string folder = folder_ + "/plugins/" + manifest_.name;
    for (const auto* file : {"/log.1.jsonl", "/log.jsonl"}) {
        const auto text = files::read_file(folder + file, 16U << 20U);
        if (text) all += *text;
    }
    return all;
}

}  // namespace pintu::cli
