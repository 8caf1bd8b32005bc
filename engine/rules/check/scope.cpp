#include "engine/rules/check/scope.hpp"

#include <algorithm>
#include <cassert>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"
#include "engine/rules/syntax/keywords.hpp"

namespace pintu::rules {

namespace {

std::string join(const std::vector<std::string>& members, const char* between) {
    std::string text;
    for (const auto& member : members) {
        if (!text.empty()) text += between;
        text += member;
    }
    return text;
}

Domain named_type(const syntax::Type& type) {
    static const std::map<std::string, Domain::Kind, std::less<>> kNames = {
        {"yesno", Domain::Kind::yesno},   {"category", Domain::Kind::category},
        {"region", Domain::Kind::region}, {"unit", Domain::Kind::unit},
        {"text", Domain::Kind::text},     {"duration", Domain::Kind::duration},
    };
    const auto found = kNames.find(type.name);
    assert(found != kNames.end());  // the parser knows no others
    Domain domain;
    domain.kind = found->second;
    return domain;
}

std::optional<Domain> range_type(const syntax::Type& type, Diagnostics& diagnostics) {
    Domain domain;
    domain.kind = Domain::Kind::range;
    domain.low = type.low;
    domain.high = type.high;
    const bool narrow =
        type.high >= type.low &&
        static_cast<std::uint64_t>(type.high) - static_cast<std::uint64_t>(type.low) < kWidestRange;
    if (narrow) return domain;
    diagnostics.error("RU158", type.span, std::to_string(type.low), std::to_string(type.high),
                      std::to_string(kWidestRange));
    return {};
}

std::optional<Domain> member_type(const syntax::Type& type, Diagnostics& diagnostics) {
    Domain domain;
    const bool set = type.kind == syntax::Type::Kind::set;
    domain.kind = set ? Domain::Kind::set : Domain::Kind::enumeration;
    domain.ordered = type.kind == syntax::Type::Kind::ordered;
    const std::size_t most = set ? kMostSetMembers : kMostMembers;
    if (type.members.size() > most) {
        diagnostics.error("RU160", type.span, std::to_string(type.members.size()),
                          std::to_string(most));
        return {};
    }
    std::set<std::string> seen;
    bool sound = true;
    for (const auto& member : type.members) {
        if (!seen.insert(member.text).second) {
            diagnostics.error("RU159", member.span, member.text);
            sound = false;
        }
        domain.members.push_back(member.text);
    }
    if (!sound) return {};
    return domain;
}

}  // namespace

std::size_t StackScope::depth_of(const std::string& layer) const {
    for (const ActiveFile& file : files)
        if (file.layer == layer) return file.depth;
    return 0;
}

std::optional<AttributeId> StackScope::find(const syntax::Name& name) {
    const auto found = attributes.find(name.text);
    if (found != attributes.end()) return found->second;
    const std::string near = nearest(name.text, attribute_names());
    if (near.empty())
        diagnostics.error("RU102", name.span, name.text);
    else
        diagnostics.error("RU101", name.span, name.text, near);
    return {};
}

std::optional<std::uint32_t> StackScope::find_decision(const syntax::Name& name) {
    const auto found = attributes.find(name.text);
    if (found != attributes.end()) {
        const Attribute& attribute = program.attributes[found->second];
        if (attribute.source == Attribute::Source::decision) return attribute.index;
    }
    const auto names = names_of(Attribute::Source::decision);
    const std::string near = nearest(name.text, names);
    diagnostics.error("RU135", name.span, name.text, near.empty() ? join(names, ", ") : near);
    return {};
}

std::optional<AttributeId> StackScope::declare(Attribute attribute, const Span& span) {
    if (program.attributes.size() >= kMostAttributes) {
        diagnostics.error("RU160", span, std::to_string(program.attributes.size() + 1),
                          std::to_string(kMostAttributes));
        return {};
    }
    if (syntax::is_reserved(attribute.name)) {
        diagnostics.error("RU124", span, attribute.name);
        return {};
    }
    const auto id = static_cast<AttributeId>(program.attributes.size());
    if (!attributes.emplace(attribute.name, id).second) {
        diagnostics.error("RU123", span, attribute.name);
        return {};
    }
    program.attributes.push_back(std::move(attribute));
    return id;
}

std::vector<std::string> StackScope::names_of(Attribute::Source source) const {
    std::vector<std::string> names;
    for (const auto& attribute : program.attributes)
        if (attribute.source == source) names.push_back(attribute.name);
    return names;
}

std::vector<std::string> StackScope::attribute_names() const {
    std::vector<std::string> names;
    for (const auto& attribute : program.attributes) names.push_back(attribute.name);
    return names;
}

std::optional<Domain> resolve_type(const syntax::Type& type, Diagnostics& diagnostics) {
    switch (type.kind) {
        case syntax::Type::Kind::named: return named_type(type);
        case syntax::Type::Kind::range: return range_type(type, diagnostics);
        default: return member_type(type, diagnostics);
    }
}

}  // namespace pintu::rules
