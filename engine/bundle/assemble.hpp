// From layers to one agency's bundle. What agencies share (trees, schemas) is made once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/bundle/bundle.hpp"
#include "engine/bundle/layer.hpp"
#include "engine/rules/analyse/analyse.hpp"
#include "engine/rules/check/check.hpp"

namespace pintu::bundle {

struct Shared {
    const Definitions* definitions = nullptr;
    const SourceSet* sources = nullptr;
    const Layers* layers = nullptr;
    LoadOptions options;

    // By the layers that add to it.
    std::map<std::vector<const Layer*>, std::shared_ptr<const registry::Tree>> categories;
    std::map<std::vector<const Layer*>, std::shared_ptr<const registry::Tree>> regions;
    std::map<std::vector<const Layer*>, std::shared_ptr<const registry::Schema>> schemas;
    std::map<std::string, std::shared_ptr<const calendar::Zone>> zones;
    std::vector<rules::AnalysisReport> reports;  // of every program
};

// What the rules of a stack stand on; the same for an agency and for a layer that is none.
struct Ground {
    std::vector<const Layer*> stack;  // uppermost first, those that exist
    std::shared_ptr<const registry::Tree> categories;
    std::shared_ptr<const registry::Tree> regions;
    std::shared_ptr<const registry::Schema>
        schema;  // nullptr, with a diagnostic, where there is none
    std::vector<const registry::Registry*> registries;  // own first, then upwards
};
Ground ground_of(const std::string& layer, Shared& shared, Diagnostics& diagnostics);

// Programs of the stack, compiled, with the matchers of their probes. Precondition: a schema.
std::vector<rules::Ruleset> rulesets_of(const Ground& ground, const std::string& layer,
                                        const Shared& shared, Diagnostics& diagnostics);

// nullptr where the agency has errors.
std::shared_ptr<const Bundle> assemble(const Layer& layer, Shared& shared,
                                       Diagnostics& diagnostics);

}  // namespace pintu::bundle
