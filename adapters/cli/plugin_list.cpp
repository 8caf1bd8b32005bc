#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <ostream>
#include <sstream>

#include "adapters/cli/plugin_commands.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/wire/json_writer.hpp"
#include "plugins/host/marks.hpp"

namespace pintu::cli {
namespace {

namespace fs = std::filesystem;
using plugins::Health;

// The manifests of pintu.yaml's plugins, checked, and none started.
std::optional<PluginHost> looked_at(const Options& options, const Settings& settings,
                                    const Io& io) {
    PluginNeeds needs;
    needs.call = false;
    return open_plugins(options, settings, io, needs);
}

std::optional<PluginHost> opened(const Options& options, Settings& settings, const Io& io) {
    if (!read_settings(options, settings, io)) return std::nullopt;
    return looked_at(options, settings, io);
}

std::string directory_of(const Options& options) {
    return (fs::path(var_folder(options)) / "plugins").string();
}

std::string kinds_of(const plugins::Manifest& manifest) {
    std::string all;
    for (const auto kind : manifest.kinds)
        all += (all.empty() ? "" : ", ") + std::string(plugins::kind_name(kind));
    return all;
}

const char* health_code(const std::optional<plugins::PluginStatus>& status, bool disabled) {
    if (disabled) return "CL652";
    if (!status) return "CL653";
    switch (status->health) {
        case Health::running: return "CL654";
        case Health::waiting_to_restart: return "CL655";
        case Health::quarantined: return "CL656";
        default: return "CL657";
    }
}

std::string error_words(const Options& options, const Error& error) {
    auto args = error.args;
    for (auto& arg : args) arg = shown_argument(options, arg);
    return words(options, error.code, std::move(args));
}

struct Row {
    const plugins::Manifest* manifest;
    std::optional<plugins::PluginStatus> status;
    bool disabled = false;
};

void write(wire::JsonWriter& json, const Row& row) {
    json.begin_object().field("plugin", row.manifest->name);
    json.field("version", row.manifest->version).key("kinds").begin_array();
    for (const auto kind : row.manifest->kinds) json.value(plugins::kind_name(kind));
    const auto health = row.status ? plugins::health_name(row.status->health) : "never_ran";
    json.end_array().field("health", row.disabled ? "disabled" : health);
    json.field("sandbox", row.status ? row.status->sandbox : std::string());
    json.field("identity", row.manifest->identity).key("last_error");
    if (row.status && row.status->last_error)
        json.value(row.status->last_error->code);
    else
        json.null();
    json.end_object();
}

void print(const Options& options, const std::vector<Row>& rows, Io& io) {
    Table table({words(options, "CL645"), words(options, "CL646"), words(options, "CL647"),
                 words(options, "CL648"), words(options, "CL649")});
    for (const Row& row : rows)
        table.add({row.manifest->name, row.manifest->version, kinds_of(*row.manifest),
                   words(options, health_code(row.status, row.disabled)),
                   row.status ? row.status->sandbox : ""});
    table.print(io.out, options.output);
    for (const Row& row : rows)
        if (row.status && row.status->last_error)
            io.err << row.manifest->name << ": " << error_words(options, *row.status->last_error)
                   << '\n';
}

// A line of log.jsonl for people; one that is none as it stands.
std::string log_words(const Options& options, const std::string& line) {
    boost::system::error_code failed;
    const auto value = boost::json::parse(line, failed);
    const auto* object = failed ? nullptr : value.if_object();
    if (!object) return line;
    const auto text = [&](const char* member) {
        const auto* found = object->if_contains(member);
        return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    std::string said = text("line");
    if (!text("code").empty()) {
        Error error{text("code"), {}};
        if (const auto* args = object->if_contains("args"); args && args->is_array())
            for (const auto& arg : args->get_array())
                if (arg.is_string()) error.args.emplace_back(arg.get_string());
        said = error.code + " " + error_words(options, error);
    }
    return text("ts") + "  " + text("level") + "  " + text("kind") + "  " + said;
}

bool is_known(const Options& options, const std::string& name, const Io& io) {
    Settings settings;
    const auto host = opened(options, settings, io);
    if (!host) return false;
    if (host->plugins->find(name) != nullptr) return true;
    return say(io, options, "CL632", {name}), false;
}

// A folder by itself: there is no configuration to hold it to.
int check_folder(const Options& options, const std::string& folder, const Io& io) {
    SourceSet sources;
    Diagnostics diagnostics;
    std::error_code failed;
    const auto manifest = plugins::read_manifest(
        fs::absolute(folder, failed).lexically_normal().string(), sources, diagnostics);
    print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
    if (!manifest) return kFailed;
    say(io, options, "CL634", {manifest->name, manifest->identity});
    return kDone;
}

}  // namespace

int plugin_list(const Options& options, Io& io) {
    Settings settings;
    const auto host = opened(options, settings, io);
    if (!host) return kFailed;
    const std::string directory = directory_of(options);
    std::vector<Row> rows;
    for (const auto& manifest : host->plugins->manifests())
        rows.push_back({&manifest, plugins::read_status(directory, manifest.name),
                        plugins::is_disabled(directory, manifest.name)});
    if (options.output == Output::json) {
        wire::JsonWriter json;
        json.begin_array();
        for (const Row& row : rows) write(json, row);
        io.out << json.end_array().text() << '\n';
    } else if (rows.empty()) {
        say(io, options, "CL633");
    } else {
        print(options, rows, io);
    }
    return kDone;
}

int plugin_check(const Options& options, const PluginArgs& args, Io& io) {
    if (args.name.find('/') != std::string::npos) return check_folder(options, args.name, io);
    Settings settings;
    if (!read_settings(options, settings, io)) return kFailed;
    if (!args.name.empty())
        std::erase_if(settings.plugins, [&](const auto& one) { return one.name != args.name; });
    std::error_code failed;
    if (settings.plugins.empty() && !args.name.empty() &&
        fs::is_regular_file(fs::path(args.name) / plugins::kManifestFile, failed))
        return check_folder(options, args.name, io);
    const auto host = looked_at(options, settings, io);
    if (!host) return kFailed;
    bool any = false;
    for (const auto& manifest : host->plugins->manifests())
        if (args.name.empty() || manifest.name == args.name)
            any = true, say(io, options, "CL634", {manifest.name, manifest.identity});
    if (!any && !args.name.empty()) return say(io, options, "CL632", {args.name}), kFailed;
    if (!any) say(io, options, "CL633");
    return kDone;
}

int plugin_logs(const Options& options, const PluginArgs& args, Io& io) {
    if (!is_known(options, args.name, io)) return kFailed;
    std::vector<std::string> lines;
    for (const auto* file : {"/log.1.jsonl", "/log.jsonl"}) {
        const auto text =
            files::read_file(directory_of(options) + "/" + args.name + file, 16U << 20U);
        std::istringstream in(text ? *text : "");
        for (std::string line; std::getline(in, line);) lines.push_back(line);
    }
    if (lines.empty()) return say(io, options, "CL637", {args.name}), kDone;
    const auto most = static_cast<std::size_t>(args.limit);
    const bool raw = options.output == Output::json || options.output == Output::jsonl;
    for (auto i = lines.size() - std::min(most, lines.size()); i < lines.size(); ++i)
        io.out << (raw ? lines[i] : log_words(options, lines[i])) << '\n';
    return kDone;
}

int plugin_enable(const Options& options, const PluginArgs& args, Io& io) {
    if (!is_known(options, args.name, io)) return kFailed;
    const auto done = plugins::enable(directory_of(options), args.name);
    if (!done) return say(io, options, done.error()), kFailed;
    say(io, options, "CL630", {args.name});
    return kDone;
}

int plugin_disable(const Options& options, const PluginArgs& args, Io& io) {
    if (!is_known(options, args.name, io)) return kFailed;
    const auto done = plugins::disable(directory_of(options), args.name);
    if (!done) return say(io, options, done.error()), kFailed;
    say(io, options, "CL631", {args.name});
    return kDone;
}

}  // namespace pintu::cli
