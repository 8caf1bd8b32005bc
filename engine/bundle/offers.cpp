#include "engine/bundle/offers.hpp"

#include <algorithm>
#include <set>

#include "engine/base/nearest.hpp"

namespace pintu::bundle {
namespace {

using rules::syntax::PluginFact;

std::string joined(const std::vector<std::string>& words) {
    std::string list;
    for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
    return list;
}

class OfferCheck {
  public:
    OfferCheck(const rules::Program& program, const registry::Schema& schema,
               Diagnostics& diagnostics)
        : program_(program), schema_(schema), diagnostics_(diagnostics) {}

    void check(const rules::Fact& fact, const PluginFact& asked, const PluginOffers& plugins) {
        const std::string& function = asked.function.text;
        const std::string name = plugin_of(function);
        const auto plugin = plugins.find(name);
        if (plugin == plugins.end()) {
            diagnostics_.warning("BU025", asked.function.span, name, fact.name);
            return;
        }
        const auto& facts = plugin->second.facts;
        const auto offer = facts.find(function.substr(std::min(name.size() + 1, function.size())));
        if (offer == facts.end()) return no_such_fact(asked, name, facts);
        check_arguments(asked, offer->second);
        check_values(fact, asked, offer->second);
        check_personal(fact, asked, name, plugin->second);
    }

  private:
    void no_such_fact(const PluginFact& asked, const std::string& name,
                      const std::map<std::string, PluginOffer::Fact>& facts) {
        std::vector<std::string> names;
        for (const auto& [fact, offer] : facts) names.push_back(name + "." + fact);
        const std::string close = nearest(asked.function.text, names);
        diagnostics_.error("BU026", asked.function.span, asked.function.text,
                           close.empty() ? joined(names) : close);
    }

    void check_arguments(const PluginFact& asked, const PluginOffer::Fact& offer) {
        std::set<std::string> given;
        for (const auto& argument : asked.arguments) given.insert(argument.text);
        if (given == std::set(offer.arguments.begin(), offer.arguments.end())) return;
        diagnostics_.error("BU027", asked.function.span, asked.function.text,
                           joined(offer.arguments));
    }

    void check_values(const rules::Fact& fact, const PluginFact& asked,
                      const PluginOffer::Fact& offer) {
        const auto& domain = program_.attributes[fact.attribute].domain;
        for (const auto& value : offer.gives) {
            const auto code = program_.read(domain, value);
            if (code && *code != rules::kUnknown) continue;
            diagnostics_.error("BU028", asked.function.span, asked.function.text, value, fact.name);
            return;
        }
    }

    void check_personal(const rules::Fact& fact, const PluginFact& asked, const std::string& name,
                        const PluginOffer& offer) {
        for (std::size_t i = 0; i < asked.arguments.size() && i < fact.arguments.size(); ++i) {
            const auto& attribute = program_.attributes[fact.arguments[i]];
            const auto* field = schema_.find(attribute.name);
            if (attribute.domain.kind != rules::Domain::Kind::text || field == nullptr) continue;
            const std::string path = personal_path(field->from);
            const auto& may = offer.personal;
            if (std::find(may.begin(), may.end(), path) == may.end())
                diagnostics_.error("BU029", asked.arguments[i].span, attribute.name, name, path);
        }
    }

    const rules::Program& program_;
    const registry::Schema& schema_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_offers(const rules::Program& program, const registry::Schema& schema,
                  const PluginOffers& plugins, Diagnostics& diagnostics) {
    OfferCheck offers(program, schema, diagnostics);
    for (const auto& fact : program.facts)
        if (const auto* asked = std::get_if<PluginFact>(&fact.source))
            offers.check(fact, *asked, plugins);
}

std::string personal_path(std::string from) {
    if (from.starts_with("fields.")) return "as_sent";
    std::replace(from.begin(), from.end(), '.', '_');
    return from;
}

}  // namespace pintu::bundle
