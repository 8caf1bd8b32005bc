#include "engine/rules/check/constants.hpp"

#include <algorithm>
#include <charconv>

#include "engine/base/nearest.hpp"
#include "engine/registry/names.hpp"

namespace pintu::rules {

namespace {

using syntax::Literal;

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

std::optional<std::pair<Code, Code>> bounds(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return {};
    const auto low = integer(text.substr(0, dots));
    const auto high = integer(text.substr(dots + 2));
    if (!low || !high) return {};
    return std::pair(*low, *high);
}

// A stack without a registry takes unit names on trust (check.hpp).
Code trusted_unit(StackScope& scope, const std::string& name) {
    UnitFacts unit;
    const bool absolute = name.find('/') != std::string::npos;
    unit.id = UnitId(absolute ? name : scope.stack.agency.value + "/" + name);
    unit.name = name;
    scope.program.units.push_back(std::move(unit));
    return static_cast<Code>(scope.program.units.size()) - 1;
}

std::optional<Constant> in_range(const Domain& domain, const std::string& text) {
    if (const auto range = bounds(text)) {
        const auto [low, high] = *range;
        if (low > high || low < domain.low || high > domain.high) return {};
        return Constant{kUnknown, range};
    }
    const auto value = integer(text);
    if (!value || *value < domain.low || *value > domain.high) return {};
    return Constant{*value, {}};
}

std::vector<std::string> values_of(const StackScope& scope, const Domain& domain) {
    switch (domain.kind) {
        case Domain::Kind::yesno: return {"yes", "no"};
        case Domain::Kind::category: return scope.stack.categories->names();
        case Domain::Kind::region: return scope.stack.regions->names();
        case Domain::Kind::unit: {
            std::vector<std::string> names;
            for (std::size_t i = 0; i < scope.program.units.size(); ++i)
                names.push_back(scope.program.show(domain, static_cast<Code>(i)));
            return names;
        }
        default: return domain.members;
    }
}

// "jalan_berlubang" was meant as "pekerjaan_umum/jalan_berlubang".
std::string by_last_part(const std::string& word, const std::vector<std::string>& names) {
    for (const auto& name : names)
        if (name.size() > word.size() && name.ends_with(word) &&
            name[name.size() - word.size() - 1] == '/')
            return name;
    return {};
}

// Where the values of a type are listed, or what they look like.
std::string where(const Domain& domain) {
    switch (domain.kind) {
        case Domain::Kind::category: return "categories.csv";
        case Domain::Kind::region: return "regions.csv";
        case Domain::Kind::unit: return "registry.yaml";
        case Domain::Kind::yesno: return "yes, no";
        case Domain::Kind::duration: return "5 working days, 30 days, 72 hours";
        default: return show_type(domain);
    }
}

void report(StackScope& scope, const Domain& domain, const std::string& whose,
            const Literal& literal) {
    const std::string type = show_type(domain);
    if (domain.kind == Domain::Kind::range &&
        (integer(literal.text).has_value() || bounds(literal.text).has_value())) {
        scope.diagnostics.error("RU105", literal.span, literal.text, whose, type);
        return;
    }
    const auto names = values_of(scope, domain);
    std::string near = by_last_part(literal.text, names);
    if (near.empty()) near = nearest(literal.text, names);
    if (near.empty())
        scope.diagnostics.error("RU104", literal.span, literal.text, whose, type, where(domain));
    else
        scope.diagnostics.error("RU103", literal.span, literal.text, whose, type, near);
}

bool fits_kind(const Domain& domain, const Literal& literal) {
    switch (literal.kind) {
        case Literal::Kind::string: return false;
        case Literal::Kind::date: return false;
        case Literal::Kind::duration: return domain.kind == Domain::Kind::duration;
        case Literal::Kind::range: return domain.kind == Domain::Kind::range;
        default: return true;
    }
}

}  // namespace

std::optional<Constant> try_constant(StackScope& scope, const Domain& domain,
                                     const Literal& literal) {
    if (!fits_kind(domain, literal)) return {};
    if (domain.kind == Domain::Kind::range) return in_range(domain, literal.text);
    if (literal.text == "unknown" || domain.kind == Domain::Kind::set) return {};
    if (const auto value = scope.program.read(domain, literal.text)) return Constant{*value, {}};
    const bool trusted =
        domain.kind == Domain::Kind::unit && scope.stack.registries.empty() &&
        registry::is_category_path(literal.text.substr(literal.text.find('/') + 1));
    if (trusted) return Constant{trusted_unit(scope, literal.text), {}};
    return {};
}

std::optional<Constant> resolve_constant(StackScope& scope, const Domain& domain,
                                         const std::string& whose, const Literal& literal) {
    const auto constant = try_constant(scope, domain, literal);
    if (!constant) report(scope, domain, whose, literal);
    return constant;
}

std::optional<Code> resolve_value(StackScope& scope, const Domain& domain, const std::string& whose,
                                  const Literal& literal) {
    const auto constant = resolve_constant(scope, domain, whose, literal);
    if (!constant) return {};
    if (constant->range) {
        scope.diagnostics.error("RU106", literal.span, literal.text, whose);
        return {};
    }
    return constant->value;
}

std::optional<Code> resolve_set(StackScope& scope, const Domain& domain, const std::string& whose,
                                const std::vector<Literal>& literals) {
    Code set = 0;
    bool sound = true;
    for (const Literal& literal : literals) {
        const auto at = std::find(domain.members.begin(), domain.members.end(), literal.text);
        if (at == domain.members.end()) {
            report(scope, domain, whose, literal);
            sound = false;
        } else {
            set |= Code{1} << (at - domain.members.begin());
        }
    }
    if (!sound) return {};
    return set;
}

}  // namespace pintu::rules
