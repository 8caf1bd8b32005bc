#include <filesystem>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/files/definitions.hpp"
#include "adapters/files/whole_file.hpp"
#include "engine/rules/format/format.hpp"
#include "engine/rules/syntax/parse.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;

enum class Outcome { same, changed, failed };

Outcome format_file(const Options& options, const FormatArgs& args, const std::string& path,
                    Io& io) {
    const auto text = files::read_file(path, kMostBytes);
    if (!text) {
        say(io, options, text.error());
        return Outcome::failed;
    }
    SourceSet sources;
    Diagnostics diagnostics;
    const Source& source = sources.add(path, *text);
    const auto file = rules::syntax::parse(source, diagnostics);
    if (!file || diagnostics.has_errors()) {
        print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
        return Outcome::failed;
    }
    const std::string formatted = rules::format(source, *file);
    if (formatted == *text) return Outcome::same;
    if (args.only_check) return Outcome::changed;
    if (const auto written = files::write_file(path, formatted); !written) {
        say(io, options, written.error());
        return Outcome::failed;
    }
    return Outcome::changed;
}

std::optional<std::vector<std::string>> all_rule_files(const Options& options, const Io& io) {
    const auto definitions = files::read_definitions(options.directory);
    if (!definitions) {
        say(io, options, definitions.error());
        return std::nullopt;
    }
    std::vector<std::string> paths;
    for (const auto& file : definitions->files)
        if (file.path.ends_with(".rules"))
            paths.push_back(
                (std::filesystem::path(options.directory) / file.path).lexically_normal().string());
    return paths;
}

}  // namespace

int format(const Options& options, const FormatArgs& args, Io& io) {
    const auto paths = args.files.empty() ? all_rule_files(options, io) : std::optional(args.files);
    if (!paths) return kFailed;
    bool changed = false;
    bool failed = false;
    for (const auto& path : *paths) {
        const Outcome outcome = format_file(options, args, path, io);
        failed = failed || outcome == Outcome::failed;
        if (outcome != Outcome::changed) continue;
        changed = true;
        io.out << path << '\n';
    }
    return failed || (changed && args.only_check) ? kFailed : kDone;
}

}  // namespace pintu::cli
