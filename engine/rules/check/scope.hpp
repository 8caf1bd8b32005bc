// Inside the check room: what is known while one program is made from its files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/rules/check/check.hpp"
#include "engine/rules/check/versions.hpp"

namespace pintu::rules {

struct Lexicon {
    std::vector<std::string> phrases;
    std::string layer;  // of the last that defined or added
};

struct StackScope {
    const Stack& stack;
    const std::vector<ActiveFile>& files;  // uppermost layer first
    Program& program;
    Diagnostics& diagnostics;
    std::map<std::string, AttributeId, std::less<>> attributes;
    std::map<std::string, Lexicon, std::less<>> lexicons;
    std::map<std::tuple<Probe::Kind, AttributeId, std::string>, ProbeId> probes;

    // "rules/.../disposisi.rules:12"
    std::string place(const Span& span) const { return stack.sources->place(span); }
    // The more local, the more.
    std::size_t depth_of(const std::string& layer) const;
    Attribute& attribute(AttributeId id) { return program.attributes[id]; }
    // Reports RU101 with the nearest name where there is none.
    std::optional<AttributeId> find(const syntax::Name& name);
    // The index in Program::decisions; reports RU135 with the nearest name.
    std::optional<std::uint32_t> find_decision(const syntax::Name& name);
    // Takes a name for a new attribute; reports RU123 where it is taken, RU160 where there are too
    // many, RU124 where it is a word of the language.
    std::optional<AttributeId> declare(Attribute attribute, const Span& span);
    std::vector<std::string> names_of(Attribute::Source source) const;
    std::vector<std::string> attribute_names() const;
};

// A written type; reports RU158, RU159, RU160 and gives nothing.
std::optional<Domain> resolve_type(const syntax::Type& type, Diagnostics& diagnostics);

}  // namespace pintu::rules
