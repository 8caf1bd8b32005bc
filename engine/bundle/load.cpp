#include <algorithm>
#include <set>
#include <tuple>

#include "engine/base/nearest.hpp"
#include "engine/bundle/assemble.hpp"

namespace pintu::bundle {
namespace {

// Several agencies stand on the same files: what is wrong in those is told once. Notes with another
// example for each agency are still the same note.
class Told {
  public:
    explicit Told(Diagnostics& all) : all_(all) {}
    void tell(const Diagnostics& some) {
        for (const Diagnostic& d : some.items()) {
            const bool note = d.severity == Severity::note;
            const auto& args = note ? std::vector<std::string>{} : d.args;
            if (seen_.emplace(d.code, d.span.file, d.span.begin, d.span.end, args).second)
                all_.add(d);
        }
    }

  private:
    using Key =
        std::tuple<std::string, FileId, std::uint32_t, std::uint32_t, std::vector<std::string>>;
    Diagnostics& all_;
    std::set<Key> seen_;
};

void tell_of_missing(const Layers& layers, const Definitions& definitions,
                     const LoadOptions& options, Diagnostics& diagnostics) {
    const auto codes = agencies(definitions);
    if (options.only) {
        if (std::find(codes.begin(), codes.end(), *options.only) != codes.end()) return;
        std::vector<std::string> names;
        for (const AgencyCode& code : codes) names.push_back(code.value);
        const std::string close = nearest(options.only->value, names);
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
        diagnostics.error("BU017", Span{}, options.only->value, close.empty() ? list : close);
        return;
    }
    if (codes.empty()) diagnostics.error("BU016", Span{});
    for (const auto& [code, layer] : layers)
        if (!layer.registry && code != "nasional" && !layer.broken)
            diagnostics.note("BU019", layer.first_file, code);
}

Shared shared_of(const Definitions& definitions, const LoadOptions& options,
                 const SourceSet& sources, const Layers& layers) {
    Shared shared;
    shared.definitions = &definitions;
    shared.sources = &sources;
    shared.layers = &layers;
    shared.options = options;
    return shared;
}

}  // namespace

const rules::Ruleset* Bundle::ruleset_on(Date date) const {
    for (const rules::Ruleset& ruleset : rulesets)
        if (ruleset.program->from <= date && date <= ruleset.program->lasts) return &ruleset;
    return nullptr;
}

std::optional<Library> load(const Definitions& definitions, const LoadOptions& options,
                            std::shared_ptr<SourceSet> sources, Diagnostics& diagnostics) {
    Diagnostics all;
    const Layers layers = read_layers(definitions, options.only, *sources, all);
    tell_of_missing(layers, definitions, options, all);
    Shared shared = shared_of(definitions, options, *sources, layers);
    Library library;
    library.sources = sources;
    Told told(all);
    for (const auto& [code, layer] : layers) {
        if (!layer.registry || (options.only && options.only->value != code)) continue;
        Diagnostics own;
        if (auto bundle = assemble(layer, shared, own))
            library.bundles.emplace(AgencyCode(code), std::move(bundle));
        told.tell(own);
    }
    if (options.prove && !all.has_errors())
        rules::report_dead(shared.reports, !options.only.has_value(), all);
    diagnostics.append(all);
    if (all.has_errors()) return std::nullopt;
    return library;
}

std::vector<LayerRules> load_layer_rules(const Definitions& definitions, const LoadOptions& options,
                                         std::shared_ptr<SourceSet> sources,
                                         Diagnostics& diagnostics) {
    Diagnostics all;
    const Layers layers = read_layers(definitions, options.only, *sources, all);
    Shared shared = shared_of(definitions, options, *sources, layers);
    std::vector<LayerRules> rules;
    Told told(all);
    for (const auto& [code, layer] : layers) {
        if (layer.rule_files.empty()) continue;
        Diagnostics own;
        const Ground ground = ground_of(code, shared, own);
        if (ground.schema && !own.has_errors() && !layer.broken)
            rules.push_back({code, rulesets_of(ground, code, shared, own)});
        told.tell(own);
    }
    diagnostics.append(all);
    if (all.has_errors()) rules.clear();
    return rules;
}

}  // namespace pintu::bundle
