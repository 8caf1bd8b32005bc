#include "engine/rules/check/ground.hpp"

#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"
#include "engine/rules/check/constants.hpp"
#include "engine/rules/syntax/write.hpp"

namespace pintu::rules {

namespace {

// -1 where a row names none; nothing where it names one that is not there (registry/check says so).
std::optional<std::int32_t> node(const registry::Tree& tree, const std::string& name) {
    if (name.empty()) return -1;
    const auto found = tree.find(name);
    if (found < 0) return {};
    return found;
}

void add_competence(StackScope& scope, const std::vector<registry::Competence>& rows,
                    UnitFacts& unit) {
    for (const auto& row : rows) {
        const auto category = node(*scope.stack.categories, row.category);
        const auto region = node(*scope.stack.regions, row.region);
        if (category && region) unit.competent.emplace_back(*category, *region);
    }
}

void add_unit(StackScope& scope, const registry::Unit& unit) {
    UnitFacts facts;
    facts.id = unit.id;
    facts.name = unit.name;
    facts.receives_all = unit.receives_all;
    add_competence(scope, unit.competent, facts);
    add_competence(scope, unit.also_competent, facts);
    for (const auto& period : unit.staffed) facts.staffed.emplace_back(period.from, period.until);
    scope.program.units.push_back(std::move(facts));
}

void add_office_rows(StackScope& scope) {
    auto& offices = scope.program.offices;
    const auto& own = *scope.stack.registries.front();
    for (std::size_t i = 0; i < own.units.size(); ++i) {
        for (const auto& row : own.units[i].competent) {
            const auto category = node(*scope.stack.categories, row.category);
            const auto region = node(*scope.stack.regions, row.region);
            if (category && region) offices.push_back({*category, *region, static_cast<Code>(i)});
        }
    }
    const auto depth = [](const registry::Tree& tree, std::int32_t n) {
        return n < 0 ? -1 : tree.depth(n);
    };
    const auto key = [&](const OfficeRow& row) {
        return std::pair(depth(*scope.stack.categories, row.category),
                         depth(*scope.stack.regions, row.region));
    };
    // Rows of the same place stand side by side, so that a tie between any two of them is seen.
    std::stable_sort(offices.begin(), offices.end(), [&](const auto& a, const auto& b) {
        if (key(a) != key(b)) return key(a) > key(b);
        return std::pair(a.category, a.region) < std::pair(b.category, b.region);
    });
}

Domain domain_of(const registry::Field& field) {
    Domain domain;
    using Type = registry::Field::Type;
    switch (field.type) {
        case Type::text: domain.kind = Domain::Kind::text; break;
        case Type::category: domain.kind = Domain::Kind::category; break;
        case Type::region: domain.kind = Domain::Kind::region; break;
        case Type::yesno: domain.kind = Domain::Kind::yesno; break;
        case Type::enumeration: domain.kind = Domain::Kind::enumeration; break;
        case Type::range: domain.kind = Domain::Kind::range; break;
    }
    domain.members = field.members;
    domain.ordered = field.ordered;
    domain.low = field.low;
    domain.high = field.high;
    return domain;
}

void add_lexicon(StackScope& scope, const syntax::Lexicon& written, const ActiveFile& file) {
    const auto found = scope.lexicons.find(written.name.text);
    const bool exists = found != scope.lexicons.end();
    if (written.also && !exists) {
        std::vector<std::string> names;
        for (const auto& [name, lexicon] : scope.lexicons) names.push_back(name);
        scope.diagnostics.error("RU122", written.name.span, written.name.text,
                                nearest(written.name.text, names));
        return;
    }
    if (!written.also && exists && found->second.layer == file.layer) {
        scope.diagnostics.error("RU121", written.name.span, written.name.text, file.layer);
        return;
    }
    Lexicon& lexicon = scope.lexicons[written.name.text];
    if (!written.also) lexicon.phrases.clear();
    lexicon.layer = file.layer;
    for (const auto& phrase : written.phrases)
        if (std::find(lexicon.phrases.begin(), lexicon.phrases.end(), phrase.text) ==
            lexicon.phrases.end())
            lexicon.phrases.push_back(phrase.text);
    if (lexicon.phrases.size() > kMostPhrases)
        scope.diagnostics.error("RU160", written.span, std::to_string(lexicon.phrases.size()),
                                std::to_string(kMostPhrases));
}

void declare_fact(StackScope& scope, const syntax::Fact& written) {
    const auto domain = resolve_type(written.type, scope.diagnostics);
    if (!domain) return;
    const auto kind = domain->kind;
    const bool counts = std::holds_alternative<syntax::CountFact>(written.source);
    if (kind == Domain::Kind::text || kind == Domain::Kind::set ||
        (counts && kind != Domain::Kind::range)) {
        scope.diagnostics.error("RU161", written.type.span, written.name.text, show_type(*domain));
        return;
    }
    Attribute attribute;
    attribute.name = written.name.text;
    attribute.source = Attribute::Source::fact;
    attribute.domain = *domain;
    attribute.index = static_cast<std::uint32_t>(scope.program.facts.size());
    if (written.otherwise) {
        const auto value = resolve_value(scope, *domain, attribute.name, *written.otherwise);
        if (value) attribute.fallback = *value;
    }
    const auto taken = scope.attributes.find(attribute.name);
    if (taken != scope.attributes.end() &&
        scope.attribute(taken->second).source == Attribute::Source::fact) {
        scope.diagnostics.error("RU120", written.name.span, written.name.text);
        return;
    }
    const auto id = scope.declare(attribute, written.name.span);
    if (!id) return;
    Fact fact;
    fact.name = attribute.name;
    fact.attribute = *id;
    fact.source = written.source;
    fact.definition = syntax::to_text(written);
    scope.program.facts.push_back(std::move(fact));
}

void resolve_fact(StackScope& scope, const syntax::Fact& written, Fact& fact) {
    if (const auto* plugin = std::get_if<syntax::PluginFact>(&written.source)) {
        for (const auto& argument : plugin->arguments)
            if (const auto id = scope.find(argument)) fact.arguments.push_back(*id);
        return;
    }
    const auto& count = std::get<syntax::CountFact>(written.source);
    const auto id = scope.find(count.same);
    if (!id) return;
    if (scope.attribute(*id).domain.kind == Domain::Kind::text)
        scope.diagnostics.error("RU162", count.same.span, count.same.text);
    else
        fact.arguments.push_back(*id);
}

template <class Item, class Visit>
void each(StackScope& scope, const Visit& visit) {
    for (const ActiveFile& file : scope.files)
        for (const auto& item : file.file->items)
            if (const auto* found = std::get_if<Item>(&item)) visit(*found, file);
}

}  // namespace

void add_units_and_offices(StackScope& scope) {
    Program& program = scope.program;
    for (const auto* registry : scope.stack.registries)
        for (const auto& unit : registry->units) add_unit(scope, unit);
    if (scope.stack.registries.empty()) {
        UnitFacts desk;  // stands for the front desk of whatever agency takes the rules up
        desk.id = UnitId(scope.stack.agency.value + "/loket");
        desk.receives_all = true;
        program.units.push_back(std::move(desk));
        return;
    }
    add_office_rows(scope);
    for (std::size_t i = program.units.size(); i-- > 0;)
        if (program.units[i].receives_all) program.front_desk = static_cast<Code>(i);
}

void add_fields(StackScope& scope) {
    for (const auto& field : scope.stack.schema->fields) {
        Attribute attribute;
        attribute.name = field.name;
        attribute.domain = domain_of(field);
        attribute.required = field.required;
        if (field.fallback && attribute.domain.kind != Domain::Kind::text)
            attribute.fallback =
                scope.program.read(attribute.domain, *field.fallback).value_or(kUnknown);
        scope.declare(std::move(attribute), field.span);
    }
}

void add_lexicons(StackScope& scope) {
    // Within a layer a definition comes before what is added to it, whatever the files' order.
    for (std::size_t i = 0; i < scope.files.size(); ++i) {
        if (i > 0 && scope.files[i].depth == scope.files[i - 1].depth) continue;
        for (const bool also : {false, true})
            each<syntax::Lexicon>(scope, [&](const auto& lexicon, const ActiveFile& file) {
                if (file.depth == scope.files[i].depth && lexicon.also == also)
                    add_lexicon(scope, lexicon, file);
            });
    }
}

void declare_facts(StackScope& scope) {
    each<syntax::Fact>(scope,
                       [&](const auto& fact, const ActiveFile&) { declare_fact(scope, fact); });
}

void resolve_facts(StackScope& scope) {
    each<syntax::Fact>(scope, [&](const syntax::Fact& written, const ActiveFile&) {
        const auto found = scope.attributes.find(written.name.text);
        if (found == scope.attributes.end()) return;
        const Attribute& attribute = scope.attribute(found->second);
        if (attribute.source != Attribute::Source::fact) return;
        Fact& fact = scope.program.facts[attribute.index];
        if (fact.arguments.empty()) resolve_fact(scope, written, fact);
    });
}

}  // namespace pintu::rules
