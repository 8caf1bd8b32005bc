#include <algorithm>

#include "engine/bundle/assemble.hpp"
#include "engine/bundle/extend.hpp"
#include "engine/registry/check.hpp"
#include "engine/rules/compile/compile.hpp"
#include "engine/text/matcher.hpp"

namespace pintu::bundle {
namespace {

using Stack = std::vector<const Layer*>;

Stack stack_in(const Layers& layers, const std::string& code) {
    Stack stack;
    for (const std::string& layer : stack_of(AgencyCode(code)))
        if (const auto it = layers.find(layer); it != layers.end()) stack.push_back(&it->second);
    return stack;
}

template <class Has>
Stack those_with(const Stack& stack, Has has) {
    Stack some;
    std::copy_if(stack.begin(), stack.end(), std::back_inserter(some), has);
    return some;
}

std::shared_ptr<const registry::Tree> tree_of(
    const Stack& stack, std::vector<registry::NamedRow> Layer::*rows, registry::TreeKind kind,
    std::map<Stack, std::shared_ptr<const registry::Tree>>& known, const SourceSet& sources,
    Diagnostics& diagnostics) {
    const auto adding = those_with(stack, [&](const Layer* l) { return !(l->*rows).empty(); });
    auto& tree = known[adding];
    if (tree) return tree;
    std::vector<const std::vector<registry::NamedRow>*> lists;
    for (const Layer* layer : adding) lists.push_back(&(layer->*rows));
    tree = std::make_shared<const registry::Tree>(
        registry::join_names(lists, kind, sources, diagnostics));
    if (adding.empty())
        diagnostics.error(
            "BU020", stack.empty() ? Span{} : stack.front()->first_file,
            kind == registry::TreeKind::categories ? "categories.csv" : "regions.csv");
    return tree;
}

std::shared_ptr<const registry::Schema> schema_of(const Ground& ground, Shared& shared,
                                                  Diagnostics& diagnostics) {
    const auto with = those_with(ground.stack, [](const Layer* l) { return !l->schemas.empty(); });
    if (const auto it = shared.schemas.find(with); it != shared.schemas.end()) return it->second;
    auto& schema = shared.schemas[with];
    Extends extends(ground.stack, &Layer::schemas, *shared.sources, diagnostics);
    const auto names = extends.names();
    if (names.empty()) {
        diagnostics.error("BU012", ground.stack.back()->first_file, ground.stack.back()->code);
        return schema;
    }
    if (names.size() > 1) {
        const auto& documents = with.back()->schemas;
        diagnostics.error("BU015", documents.back().heading.span, names[0], names[1]);
        return schema;
    }
    const auto node = extends.resolve(names.front());
    if (!node) return schema;
    const auto errors = diagnostics.count(Severity::error);
    auto read = registry::read_schema(*node, diagnostics);
    if (!read || diagnostics.count(Severity::error) != errors) return schema;
    registry::check_schema(*read, *ground.categories, *ground.regions, diagnostics);
    return schema = std::make_shared<const registry::Schema>(std::move(*read));
}

std::shared_ptr<const text::Matcher> matcher_of(const rules::Program& program) {
    std::vector<text::Probe> probes;
    for (const rules::Probe& probe : program.probes) {
        const bool literal = probe.kind == rules::Probe::Kind::contains;
        probes.push_back(
            {literal ? text::Probe::Kind::contains : text::Probe::Kind::mentions, probe.phrases});
    }
    return std::make_shared<const text::Matcher>(probes);
}

bool same_probes(const rules::Program& a, const rules::Program& b) {
    return std::equal(a.probes.begin(), a.probes.end(), b.probes.begin(), b.probes.end(),
                      [](const rules::Probe& x, const rules::Probe& y) {
                          return x.kind == y.kind && x.phrases == y.phrases;
                      });
}

}  // namespace

Ground ground_of(const std::string& layer, Shared& shared, Diagnostics& diagnostics) {
    Ground ground;
    ground.stack = stack_in(*shared.layers, layer);
    ground.categories = tree_of(ground.stack, &Layer::categories, registry::TreeKind::categories,
                                shared.categories, *shared.sources, diagnostics);
    ground.regions = tree_of(ground.stack, &Layer::regions, registry::TreeKind::regions,
                             shared.regions, *shared.sources, diagnostics);
    ground.schema = schema_of(ground, shared, diagnostics);
    for (auto it = ground.stack.rbegin(); it != ground.stack.rend(); ++it)
        if ((*it)->registry) ground.registries.push_back(&*(*it)->registry);
    return ground;
}

std::vector<rules::Ruleset> rulesets_of(const Ground& ground, const std::string& layer,
                                        const Shared& shared, Diagnostics& diagnostics) {
    rules::Stack stack;
    stack.agency = AgencyCode(layer);
    for (const Layer* part : ground.stack) {
        rules::LayerFiles files;
        files.code = part->code;
        for (const auto& file : part->rule_files) files.files.push_back(&file);
        files.tables = part->tables;
        stack.layers.push_back(std::move(files));
    }
    if (ground.stack.back()->registry) stack.registries = ground.registries;
    stack.categories = ground.categories;
    stack.regions = ground.regions;
    stack.schema = ground.schema.get();
    stack.today = shared.options.today;
    stack.sources = shared.sources;
    const auto errors = diagnostics.count(Severity::error);
    auto programs = rules::check(stack, diagnostics);
    std::vector<rules::Ruleset> rulesets;
    if (diagnostics.count(Severity::error) != errors) return rulesets;
    for (rules::Program& program : programs) {
        rules::Ruleset ruleset;
        ruleset.program = std::make_shared<const rules::Program>(std::move(program));
        ruleset.compiled = rules::compile(*ruleset.program);
        const auto like = std::find_if(rulesets.begin(), rulesets.end(), [&](const auto& other) {
            return same_probes(*other.program, *ruleset.program);
        });
        ruleset.matcher = like != rulesets.end() ? like->matcher : matcher_of(*ruleset.program);
        rulesets.push_back(std::move(ruleset));
    }
    return rulesets;
}

}  // namespace pintu::bundle
