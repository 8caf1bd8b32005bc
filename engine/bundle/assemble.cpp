#include "engine/bundle/assemble.hpp"

#include <set>

#include <algorithm>

#include "engine/bundle/extend.hpp"
#include "engine/bundle/hash.hpp"
#include "engine/bundle/offers.hpp"
#include "engine/registry/check.hpp"
#include "engine/workflow/load.hpp"
#include "engine/workflow/templates/check_templates.hpp"
#include "engine/workflow/templates/read_templates.hpp"

namespace pintu::bundle {
namespace {

class Assembly {
  public:
    Assembly(const Layer& layer, Shared& shared, Diagnostics& diagnostics)
        : layer_(layer), shared_(shared), diagnostics_(diagnostics) {}

    std::shared_ptr<const Bundle> run() {
        bundle_->agency = AgencyCode(layer_.code);
        ground_ = ground_of(layer_.code, shared_, diagnostics_);
        take_registry();
        make_calendar();
        const bool whole = ground_.schema && !diagnostics_.has_errors() && !broken();
        if (!whole) return nullptr;
        bundle_->schema = ground_.schema;
        bundle_->categories = ground_.categories;
        bundle_->regions = ground_.regions;
        bundle_->rulesets = rulesets_of(ground_, layer_.code, shared_, diagnostics_);
        if (bundle_->rulesets.empty() && !diagnostics_.has_errors())
            diagnostics_.error("BU021", layer_.registry->span, layer_.code);
        if (diagnostics_.has_errors()) return nullptr;
        check_plugins();
        prove();
        load_workflows();
        load_templates();
        if (diagnostics_.has_errors()) return nullptr;
        bundle_->pinned = hash_of(ground_.stack, Part::pinned, {});
        add_plugin_files();
        bundle_->current = hash_of(ground_.stack, Part::current, system_files_);
        return bundle_;
    }

  private:
    bool broken() const {
        for (const Layer* layer : ground_.stack)
            if (layer->broken) return true;
        return false;
    }

    void take_registry() {
        bundle_->registry = *layer_.registry;
        auto& name = bundle_->registry.name;
        const auto home = ground_.regions->find(layer_.code);
        if (name.empty() && home >= 0) name = ground_.regions->title(home);
        if (home < 0 && layer_.code != "nasional" && ground_.regions->size() > 0)
            diagnostics_.error("BU023", layer_.registry->span, layer_.code);
        const std::vector<const registry::Registry*> above(ground_.registries.begin() + 1,
                                                           ground_.registries.end());
        for (const auto* registry : above) {
            const auto& people = shared_.layers->at(registry->agency.value).people;
            bundle_->registries_above.push_back(*registry);
            bundle_->people_above.push_back(
                people.value_or(registry::People{registry->agency, {}}));
        }
        if (ground_.categories->size() > 0 && ground_.regions->size() > 0)
            registry::check_registry(bundle_->registry, above, *ground_.categories,
                                     *ground_.regions, diagnostics_);
        if (!layer_.people) {
            diagnostics_.error("BU018", layer_.registry->span, layer_.code);
            return;
        }
        bundle_->people = *layer_.people;
        registry::check_people(bundle_->people, bundle_->registry, diagnostics_);
    }

    void make_calendar() {
        std::optional<calendar::CalendarDocument> document;
        for (const Layer* layer : ground_.stack) {
            if (!layer->calendar) continue;
            if (layer->calendar->extends) check_extends(*layer->calendar->extends, *layer);
            document = document ? calendar::merge(*document, *layer->calendar, diagnostics_)
                                : *layer->calendar;
        }
        if (!document) {
            diagnostics_.error("BU013", layer_.registry->span, layer_.code);
            return;
        }
        document->agency = bundle_->agency;
        if (document->zone && !read_zone(*document->zone)) return;
        if (auto made = calendar::make_calendar(*document, shared_.zones, diagnostics_))
            bundle_->calendar = std::move(*made);
    }

    // Calendars follow the stack by themselves; saying so must be true.
    void check_extends(const calendar::Said<std::string>& extends, const Layer& of) {
        for (const Layer* layer : ground_.stack) {
            if (layer == &of) break;
            if (layer->code == extends.value && layer->calendar) return;
        }
        diagnostics_.error("BU014", extends.span, extends.value, of.code);
    }

    // False, with a diagnostic, for a zone file that is broken; one that is missing is the
    // calendar's to tell.
    bool read_zone(const calendar::Said<std::string>& named) {
        for (const DefinitionFile& file : shared_.definitions->files) {
            if (file.path != "zoneinfo/" + named.value) continue;
            system_files_.push_back(&file);
            if (shared_.zones.count(named.value) != 0) return true;
            auto zone = calendar::Zone::read(named.value, file.bytes);
            if (!zone) {
                diagnostics_.add(
                    {Severity::error, zone.error().code, named.span, zone.error().args});
                return false;
            }
            shared_.zones[named.value] = std::make_shared<const calendar::Zone>(std::move(*zone));
        }
        return true;
    }

    // The plugins that the stack's rules name, where the definitions say which ones answer.
    void add_plugin_files() {
        std::set<std::string> named;
        for (const Layer* layer : ground_.stack)
            for (const auto& file : layer->rule_files)
                for (const auto& item : file.items)
                    if (const auto* fact = std::get_if<rules::syntax::Fact>(&item))
                        if (const auto* plugin =
                                std::get_if<rules::syntax::PluginFact>(&fact->source))
                            named.insert("plugin/" + plugin_of(plugin->function.text));
        for (const DefinitionFile& file : shared_.definitions->files)
            if (named.count(file.path) != 0) system_files_.push_back(&file);
    }

    void check_plugins() {
        if (!shared_.options.plugins) return;
        for (const rules::Ruleset& ruleset : bundle_->rulesets)
            check_offers(*ruleset.program, *bundle_->schema, *shared_.options.plugins,
                         diagnostics_);
    }

    void prove() {
        if (!shared_.options.prove) return;
        for (const rules::Ruleset& ruleset : bundle_->rulesets) {
            rules::AnalyseOptions options;
            options.matcher = ruleset.matcher.get();
            shared_.reports.push_back(rules::analyse(*ruleset.program, options, diagnostics_));
        }
    }

    void load_workflows() {
        workflow::Surroundings surroundings;
        surroundings.schema = ground_.schema.get();
        surroundings.offices.registries.assign(ground_.registries.begin(),
                                               ground_.registries.end());
        surroundings.offices.people.push_back(&bundle_->people);
        for (const auto& people : bundle_->people_above)
            surroundings.offices.people.push_back(&people);
        for (const auto& ruleset : bundle_->rulesets)
            surroundings.programs.push_back(ruleset.program.get());
        surroundings.today = shared_.options.today;
        Extends extends(ground_.stack, &Layer::workflows, *shared_.sources, diagnostics_);
        const auto names = extends.names();
        if (names.empty()) diagnostics_.error("BU022", layer_.registry->span, layer_.code);
        for (const std::string& name : names) {
            const auto node = extends.resolve(name);
            if (!node) continue;
            if (auto loaded = workflow::load(*node, surroundings, diagnostics_))
                bundle_->workflows.emplace(name, std::move(*loaded));
        }
    }

    // Where no layer has any, effects go out without words: to a file, that is.
    void load_templates() {
        Extends extends(ground_.stack, &Layer::messages, *shared_.sources, diagnostics_);
        const auto names = extends.names();
        if (names.empty()) return;
        const auto node = extends.resolve(names.front());
        if (!node) return;
        if (names.size() > 1) diagnostics_.error("DL109", node->span, names[0], names[1]);
        auto templates = workflow::read_templates(*node, diagnostics_);
        if (!templates || diagnostics_.has_errors()) return;
        const auto own = [&](const Span& span) {
            return std::any_of(layer_.messages.begin(), layer_.messages.end(),
                               [&](const auto& d) { return d.heading.span.file == span.file; });
        };
        workflow::check_templates(*templates, bundle_->workflows, own, diagnostics_);
        bundle_->templates = std::move(*templates);
    }

    const Layer& layer_;
    Shared& shared_;
    Diagnostics& diagnostics_;
    Ground ground_;
    std::vector<const DefinitionFile*> system_files_;
    std::shared_ptr<Bundle> bundle_ = std::make_shared<Bundle>();
};

}  // namespace

std::shared_ptr<const Bundle> assemble(const Layer& layer, Shared& shared,
                                       Diagnostics& diagnostics) {
    return Assembly(layer, shared, diagnostics).run();
}

}  // namespace pintu::bundle
