// One agency's definitions, checked, compiled and pinned by hash: everything that a decision reads.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bundle_hash.hpp"
#include "engine/base/diagnostic.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/source.hpp"
#include "engine/calendar/calendar.hpp"
#include "engine/registry/registry.hpp"
#include "engine/registry/schema.hpp"
#include "engine/registry/tree.hpp"
#include "engine/rules/ruleset.hpp"
#include "engine/workflow/model/model.hpp"
#include "engine/workflow/templates/template.hpp"

namespace pintu::bundle {

// One file of a definitions folder, or of the system that decisions depend on
// ("zoneinfo/Asia/Makassar", "plugin/teks": the plugin's version and hash). Paths use '/', relative
// to the folder.
struct DefinitionFile {
    std::string path;
    std::string bytes;
};

struct Definitions {
    std::vector<DefinitionFile> files;  // sorted by path, unique
};

// What one agency decides with. Immutable once made; shared by whoever still needs this version.
struct Bundle {
    AgencyCode agency;
    // L8: what a case keeps from its receipt (rules, workflow, schema, text data) and what it
    // follows as it changes (registry, people, calendars). Each "sha256:...".
    BundleHash pinned;
    BundleHash current;
    std::shared_ptr<const registry::Schema> schema;
    std::shared_ptr<const registry::Tree> categories;
    std::shared_ptr<const registry::Tree> regions;
    registry::Registry registry;
    registry::People people;
    calendar::Calendar calendar;
    // Of the layers above that have a registry, nearest first (L9); both of the same length.
    std::vector<registry::Registry> registries_above;
    std::vector<registry::People> people_above;
    // Words of outgoing messages, layered; none where no layer has them.
    workflow::Templates templates;
    // Workflows by name; each already layered.
    std::map<std::string, workflow::Workflow> workflows;
    // Compiled rules for each date interval, in order; find by date of receipt.
    std::vector<rules::Ruleset> rulesets;
    const rules::Ruleset* ruleset_on(Date date) const;
};

// All agencies of a definitions folder.
struct Library {
    std::shared_ptr<SourceSet> sources;
    std::map<AgencyCode, std::shared_ptr<const Bundle>> bundles;
};

// What a plugin says that it answers, for rules to be held against.
struct PluginOffer {
    struct Fact {
        std::vector<std::string> arguments;
        std::vector<std::string> gives;  // empty: any value of the rule's type
    };
    std::map<std::string, Fact> facts;
    std::vector<std::string> personal;  // fields of reports that it may be given
};
using PluginOffers = std::map<std::string, PluginOffer>;  // by plugin

// What load() may leave out to answer sooner.
struct LoadOptions {
    std::optional<AgencyCode> only;  // with the layers above it
    Date today;                      // start of the horizon of R13
    // False only for definitions that load() has proved before (found again by their hash): their
    // proofs are not repeated.
    bool prove = true;
    // The plugins that are installed here; nothing: rules are not held against any.
    std::optional<PluginOffers> plugins;
};

// Reads, layers, checks, proves and compiles. Errors in the diagnostics (BU0xx and those of every
// room): no library at all; nothing is ever half loaded. A file that several agencies share is read
// once and told about once.
std::optional<Library> load(const Definitions& definitions, const LoadOptions& options,
                            std::shared_ptr<SourceSet> sources, Diagnostics& diagnostics);

// The rules of each layer as they stand there, agency or not: what `pintu test` runs. A layer
// without rule files is left out. Not proved.
struct LayerRules {
    std::string layer;                     // "nasional", "64", "64.09"
    std::vector<rules::Ruleset> rulesets;  // for each date interval, in order
};
std::vector<LayerRules> load_layer_rules(const Definitions& definitions, const LoadOptions& options,
                                         std::shared_ptr<SourceSet> sources,
                                         Diagnostics& diagnostics);

// Layers above an agency and its own, uppermost first: nasional, 64, 64.09 (L1).
std::vector<std::string> stack_of(const AgencyCode& agency);
// Layers that have a registry document, by code. Looks at file names and first keys only.
std::vector<AgencyCode> agencies(const Definitions& definitions);
// Time zones that calendars name ("Asia/Makassar"), sorted: what must be added as
// "zoneinfo/Asia/Makassar" before load().
std::vector<std::string> zones_named(const Definitions& definitions);
// Plugins that rules name, sorted: what may be added as "plugin/teks" before load(), where it is
// installed.
std::vector<std::string> plugins_named(const Definitions& definitions);
// "teks" of "teks.bahaya".
std::string plugin_of(std::string_view function);
// SHA-256 over paths and bytes, hex: equal only for the same files.
std::string definitions_id(const Definitions& definitions);
// L8: rules, workflows, schemas and name lists of `then`; registries, people, calendars, zones,
// plugins and message texts of `now`.
Definitions with_current(const Definitions& then, const Definitions& now);

}  // namespace pintu::bundle
