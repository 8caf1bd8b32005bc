#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/facts.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/definitions.hpp"

namespace pintu::cli {
namespace {

// Who has mistakes to mend is not shown remarks about the rest.
Diagnostics without_notes(const Diagnostics& diagnostics) {
    Diagnostics grave;
    for (const auto& d : diagnostics.items())
        if (d.severity != Severity::note) grave.add(d);
    return grave;
}

void print_summary(const Options& options, const Diagnostics& diagnostics,
                   const std::optional<bundle::Library>& library, const Io& io) {
    const auto count = [&](Severity severity) {
        return std::to_string(diagnostics.count(severity));
    };
    if (!library) {
        say(io, options, "CL014", {count(Severity::error), count(Severity::warning)});
        return;
    }
    std::size_t rules = 0;
    for (const auto& [code, bundle] : library->bundles)
        for (const auto& ruleset : bundle->rulesets) rules += ruleset.program->rules.size();
    say(io, options, "CL015",
        {std::to_string(library->bundles.size()), std::to_string(rules), count(Severity::warning),
         count(Severity::note)});
}

// What would keep `pintu run` from starting.
Diagnostics of_pintu_yaml(Options options, const std::string& directory, SourceSet& sources) {
    options.directory = directory;
    Diagnostics diagnostics;
    const Settings settings = read_settings(directory, sources, diagnostics);
    // What was misread would be told a second time, as something else.
    if (!diagnostics.has_errors()) check_plugins(options, settings, sources, diagnostics);
    return diagnostics;
}

}  // namespace

int check(const Options& options, const CheckArgs& args, Io& io) {
    const std::string& directory = args.directory.empty() ? options.directory : args.directory;
    auto files = files::read_definitions(directory);
    if (!files) {
        say(io, options, files.error());
        return kFailed;
    }
    bundle::LoadOptions load;
    if (!options.agency.empty()) load.only = AgencyCode(options.agency);
    load.today = local_date(moment(options));
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    Diagnostics of_plugins;
    load.plugins = add_plugins(directory, *files, *sources, of_plugins);
    auto library = bundle::load(*files, load, sources, diagnostics);
    const Diagnostics of_settings = of_pintu_yaml(options, directory, *sources);
    diagnostics.append(of_settings);
    diagnostics.append(of_plugins);
    const bool text = options.output == Output::table || options.output == Output::csv;
    const Output output = text ? Output::pretty : options.output;
    const bool brief = output == Output::pretty && diagnostics.has_errors();
    print_diagnostics(io.out, brief ? without_notes(diagnostics) : diagnostics, *sources, options,
                      output, io.color);
    if (output == Output::pretty) print_summary(options, diagnostics, library, io);
    if (!of_settings.has_errors()) return library && !of_plugins.has_errors() ? kDone : kFailed;
    say(io, options, "CL136", {std::to_string(of_settings.count(Severity::error))});
    return kFailed;
}

}  // namespace pintu::cli
