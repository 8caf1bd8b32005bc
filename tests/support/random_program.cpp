#include "tests/support/random_program.hpp"

#include <algorithm>
#include <set>

namespace pintu::testing {

namespace {

using namespace pintu::rules;  // NOLINT: this file speaks of little else
using syntax::Comparison;
using syntax::Policy;

std::shared_ptr<const registry::Tree> random_tree(Random& random, char separator,
                                                  const std::string& prefix) {
    std::vector<registry::Tree::Entry> entries;
    const auto roots = 2 + random.below(2);
    for (std::size_t i = 0; i < roots; ++i) {
        const std::string root = prefix + std::to_string(i);
        entries.push_back({root, root});
        for (std::size_t j = random.below(4); j > 0; --j) {
            const std::string child = root + separator + std::to_string(j);
            entries.push_back({child, child});
            for (std::size_t k = random.below(3); k > 0; --k)
                entries.push_back({child + separator + std::to_string(k), ""});
        }
    }
    return std::make_shared<registry::Tree>(registry::Tree::build(entries, separator));
}

class Maker {
  public:
    Maker(std::uint64_t seed, const RandomShape& shape) : random_(seed), shape_(shape) {}

    Program make() {
        program_.agency = AgencyCode("64.09");
        program_.from = {20454};
        program_.until = {20819};
        program_.categories = random_tree(random_, '/', "k");
        program_.regions = random_tree(random_, '.', "6");
        program_.agency_region = 0;
        for (int i = 0; i < 5; ++i)
            program_.units.push_back({UnitId("64.09/u" + std::to_string(i)), "", i == 0, {}, {}});
        if (shape_.offices) make_offices();
        for (std::size_t i = 0; i < shape_.fields; ++i) add_field(i);
        for (std::size_t i = 0; i < shape_.facts; ++i) add_fact(i);
        make_probes();
        for (std::size_t i = 0; i < shape_.decisions; ++i) add_decision(i);
        return std::move(program_);
    }

  private:
    template <class T>
    const T& any_of(const std::vector<T>& from) {
        return from[random_.below(from.size())];
    }

    void make_offices() {
        std::set<std::pair<std::int32_t, std::int32_t>> seen;
        for (int i = 0; i < 6; ++i) {
            OfficeRow row;
            if (!random_.chance(20)) row.category = node(*program_.categories);
            if (!random_.chance(30)) row.region = node(*program_.regions);
            row.unit = static_cast<Code>(random_.below(program_.units.size()));
            if (seen.insert({row.category, row.region}).second) program_.offices.push_back(row);
        }
        const auto depth = [](const registry::Tree& tree, std::int32_t n) {
            return n < 0 ? -1 : tree.depth(n);
        };
        std::stable_sort(program_.offices.begin(), program_.offices.end(),
                         [&](const OfficeRow& a, const OfficeRow& b) {
                             const auto key = [&](const OfficeRow& r) {
                                 return std::pair(depth(*program_.categories, r.category),
                                                  depth(*program_.regions, r.region));
                             };
                             return key(a) > key(b);
                         });
    }

    std::int32_t node(const registry::Tree& tree) {
        return static_cast<std::int32_t>(random_.below(tree.size()));
    }

    Domain domain_of(Domain::Kind kind) {
        Domain domain;
        domain.kind = kind;
        if (kind == Domain::Kind::enumeration || kind == Domain::Kind::set) {
            for (std::size_t i = 2 + random_.below(4); i > 0; --i)
                domain.members.push_back("m" + std::to_string(domain.members.size()));
            domain.ordered = kind == Domain::Kind::enumeration && random_.chance(50);
        }
        if (kind == Domain::Kind::range) {
            domain.low = static_cast<std::int64_t>(random_.below(3));
            domain.high = domain.low + 1 + static_cast<std::int64_t>(random_.below(40));
        }
        return domain;
    }

    void add_field(std::size_t i) {
        using Kind = Domain::Kind;
        static const std::vector<Kind> kKinds = {Kind::text,        Kind::category, Kind::region,
                                                 Kind::enumeration, Kind::range,    Kind::yesno};
        Attribute field;
        field.name = "f" + std::to_string(i);
        // The first three give the probes and office_for something to read.
        field.domain = domain_of(i < 3 ? kKinds[i] : kKinds[1 + random_.below(kKinds.size() - 1)]);
        field.required = field.domain.kind != Kind::text && random_.chance(25);
        if (field.required) field.fallback = value(field.domain);
        program_.attributes.push_back(field);
    }

    void add_fact(std::size_t i) {
        Attribute fact;
        fact.name = "fakta" + std::to_string(i);
        fact.source = Attribute::Source::fact;
        fact.domain =
            domain_of(random_.chance(50) ? Domain::Kind::range : Domain::Kind::enumeration);
        fact.fallback = value(fact.domain);
        fact.index = static_cast<std::uint32_t>(i);
        const auto id = static_cast<AttributeId>(program_.attributes.size());
        program_.facts.push_back({fact.name, id, syntax::PluginFact{}, {}, fact.name});
        program_.order.push_back(id);
        program_.attributes.push_back(fact);
    }

    void make_probes() {
        for (std::size_t i = 0; i < shape_.probes; ++i) {
            Probe probe;
            probe.kind = random_.chance(50) ? Probe::Kind::contains : Probe::Kind::mentions;
            probe.name = "kata" + std::to_string(i);
            probe.phrases = {probe.name};
            program_.probes.push_back(probe);
        }
    }

    Code value(const Domain& domain) {
        const auto pick = [&](std::size_t n) { return static_cast<Code>(random_.below(n)); };
        switch (domain.kind) {
            case Domain::Kind::yesno: return pick(2);
            case Domain::Kind::enumeration: return pick(domain.members.size());
            case Domain::Kind::range:
                return domain.low + pick(static_cast<std::size_t>(domain.high - domain.low + 1));
            case Domain::Kind::category: return node(*program_.categories);
            case Domain::Kind::region: return node(*program_.regions);
            case Domain::Kind::unit: return pick(program_.units.size());
            case Domain::Kind::duration: {
                const auto unit = static_cast<calendar::DurationUnit>(random_.below(3));
                const bool hours = unit == calendar::DurationUnit::hours;
                return duration_code({static_cast<std::int32_t>(pick(6) * (hours ? 24 : 1)), unit});
            }
            case Domain::Kind::set: return pick(std::size_t{1} << domain.members.size());
            case Domain::Kind::text: break;
        }
        return kUnknown;
    }

    Atom compare_atom(AttributeId id) {
        const Domain& domain = program_.attributes[id].domain;
        Atom atom;
        atom.attribute = id;
        const bool can_order = domain.kind == Domain::Kind::range || domain.ordered ||
                               domain.kind == Domain::Kind::duration;
        atom.comparison = static_cast<Comparison>(random_.below(can_order ? 8 : 4));
        const bool many =
            atom.comparison == Comparison::in || atom.comparison == Comparison::not_in;
        for (std::size_t i = many ? 1 + random_.below(3) : 1; i > 0; --i)
            atom.operands.push_back(value(domain));
        std::sort(atom.operands.begin(), atom.operands.end());
        atom.operands.erase(std::unique(atom.operands.begin(), atom.operands.end()),
                            atom.operands.end());
        if (many && domain.kind == Domain::Kind::range && random_.chance(50)) {
            const Code a = value(domain), b = value(domain);
            atom.ranges.emplace_back(std::min(a, b), std::max(a, b));
            if (random_.chance(50)) atom.operands.clear();
        }
        return atom;
    }

    Atom random_atom() {
        if (!program_.probes.empty() && random_.chance(20)) {
            Atom atom;
            atom.kind = Atom::Kind::probe;
            atom.probe = static_cast<ProbeId>(random_.below(program_.probes.size()));
            return atom;
        }
        AttributeId id = 0;
        while (program_.attributes[id].domain.kind == Domain::Kind::text)
            id = static_cast<AttributeId>(random_.below(program_.attributes.size()));
        Atom atom = program_.attributes[id].domain.kind == Domain::Kind::set ? includes_atom(id)
                                                                             : compare_atom(id);
        if (random_.chance(15)) {
            atom = Atom{};
            atom.attribute = id;
            atom.kind = random_.chance(50) ? Atom::Kind::known : Atom::Kind::unknown;
        }
        return atom;
    }

    Atom includes_atom(AttributeId id) {
        Atom atom;
        atom.kind = Atom::Kind::includes;
        atom.attribute = id;
        atom.operands = {Code{1} << random_.below(program_.attributes[id].domain.members.size())};
        return atom;
    }

    Condition condition(std::size_t depth) {
        Condition made;
        if (depth == 0 || random_.chance(40)) {
            made.kind = Condition::Kind::atom;
            made.atom = random_atom();
            made.atom.text = "atom " + std::to_string(++atoms_);
            return made;
        }
        const auto shape = random_.below(10);
        made.kind = shape < 5   ? Condition::Kind::all
                    : shape < 9 ? Condition::Kind::any
                                : Condition::Kind::negation;
        const auto children = made.kind == Condition::Kind::negation ? 1 : 2 + random_.below(2);
        for (std::size_t i = 0; i < children; ++i) made.children.push_back(condition(depth - 1));
        return made;
    }

    Condition when() {
        if (random_.chance(4)) return {};
        return condition(shape_.depth);
    }

    AttributeId find_kind(Domain::Kind kind) {
        std::vector<AttributeId> found;
        for (std::size_t i = 0; i < program_.attributes.size(); ++i)
            if (program_.attributes[i].domain.kind == kind)
                found.push_back(static_cast<AttributeId>(i));
        return found.empty() ? kNone : any_of(found);
    }

    Answer answer(const Decision& decision) {
        Answer made;
        made.value = value(decision.domain);
        if (decision.domain.kind == Domain::Kind::unit && shape_.offices && random_.chance(25)) {
            made.kind = Answer::Kind::office_for;
            made.category = find_kind(Domain::Kind::category);
            made.region = find_kind(Domain::Kind::region);
        } else if (random_.chance(15)) {
            for (std::size_t i = 0; i < program_.attributes.size(); ++i) {
                if (!(program_.attributes[i].domain == decision.domain)) continue;
                made.kind = Answer::Kind::attribute;
                made.attribute = static_cast<AttributeId>(i);
            }
        }
        return made;
    }

    RuleId add_rule(Decision& decision, std::uint32_t layer, Condition condition,
                    const std::string& name) {
        Rule rule;
        rule.name = name;
        rule.when = std::move(condition);
        rule.answer = answer(decision);
        rule.decision = static_cast<std::uint32_t>(program_.decisions.size());
        rule.layer = layer;
        rule.at = decision.name + ":" + std::to_string(program_.rules.size());
        program_.rules.push_back(rule);
        return static_cast<RuleId>(program_.rules.size() - 1);
    }

    void add_layer(Decision& decision, std::uint32_t layer) {
        DecisionLayer made;
        made.layer = "L" + std::to_string(layer);
        for (std::size_t i = random_.below(shape_.rules + 1); i > 0; --i) {
            const auto id =
                add_rule(decision, layer, when(), "r" + std::to_string(made.rules.size()));
            const bool may_override = decision.policy != Policy::first && !made.rules.empty();
            if (may_override && random_.chance(25))  // only earlier ones: acyclic
                program_.rules[id].overrides.push_back(any_of(made.rules));
            made.rules.push_back(id);
        }
        if (random_.chance(60)) {
            made.otherwise = add_rule(decision, layer, {}, "otherwise");
            made.even_if_unknown = random_.chance(50);
        }
        decision.layers.push_back(made);
    }

    Policy policy_for(const Domain& domain) {
        if (domain.kind == Domain::Kind::set) return Policy::collect;
        std::vector<Policy> fitting = {Policy::unique, Policy::first};
        if (domain.ordered || domain.kind == Domain::Kind::range)
            fitting.insert(fitting.end(), {Policy::highest, Policy::lowest});
        if (domain.kind == Domain::Kind::duration)
            fitting.insert(fitting.end(), {Policy::shortest, Policy::longest});
        return any_of(fitting);
    }

    void add_limits(Decision& decision) {
        const Domain& domain = decision.domain;
        const bool set = domain.kind == Domain::Kind::set;
        if (!set && !domain.ordered && domain.kind != Domain::Kind::range &&
            domain.kind != Domain::Kind::duration)
            return;
        for (std::size_t i = random_.below(3); i > 0; --i) {
            Limit limit;
            limit.bound = set                  ? syntax::Bound::includes
                          : random_.chance(50) ? syntax::Bound::at_most
                                               : syntax::Bound::at_least;
            limit.value = value(domain);
            if (random_.chance(50)) limit.when = when();
            decision.limits.push_back(limit);
        }
    }

    void add_decision(std::size_t i) {
        using Kind = Domain::Kind;
        static const std::vector<Kind> kKinds = {Kind::unit,  Kind::enumeration, Kind::duration,
                                                 Kind::set,   Kind::category,    Kind::range,
                                                 Kind::yesno, Kind::enumeration, Kind::region};
        Decision decision;
        decision.name = "d" + std::to_string(i);
        decision.attribute = static_cast<AttributeId>(program_.attributes.size());
        decision.domain = domain_of(any_of(kKinds));
        decision.policy = policy_for(decision.domain);
        const auto layers = 1 + random_.below(shape_.layers);
        for (std::uint32_t layer = 0; layer < layers; ++layer) add_layer(decision, layer);
        add_limits(decision);
        if (random_.chance(30)) decision.accepted.push_back({when(), program_.until, "", ""});

        Attribute attribute;
        attribute.name = decision.name;
        attribute.source = Attribute::Source::decision;
        attribute.domain = decision.domain;
        attribute.index = static_cast<std::uint32_t>(i);
        program_.order.push_back(decision.attribute);
        program_.attributes.push_back(attribute);
        program_.decisions.push_back(std::move(decision));
    }

    Random random_;
    RandomShape shape_;
    Program program_;
    std::size_t atoms_ = 0;
};

void collect_constants(const Condition& condition, std::vector<std::vector<Code>>& constants) {
    if (condition.kind == Condition::Kind::atom) {
        auto& of = constants[condition.atom.attribute];
        of.insert(of.end(), condition.atom.operands.begin(), condition.atom.operands.end());
        for (const auto& [low, high] : condition.atom.ranges) of.insert(of.end(), {low, high});
    }
    for (const auto& child : condition.children) collect_constants(child, constants);
}

Code random_value(const Program& program, const Domain& domain, const std::vector<Code>& near,
                  Random& random) {
    const auto pick = [&](std::size_t n) { return static_cast<Code>(random.below(n)); };
    const bool is_range = domain.kind == Domain::Kind::range;
    if (!near.empty() && random.chance(50)) {
        const Code base = near[random.below(near.size())];
        if (!is_range) return base;
        return std::clamp(base - 1 + pick(3), domain.low, domain.high);
    }
    switch (domain.kind) {
        case Domain::Kind::yesno: return pick(2);
        case Domain::Kind::enumeration: return pick(domain.members.size());
        case Domain::Kind::range:
            return domain.low + pick(static_cast<std::size_t>(domain.high - domain.low + 1));
        case Domain::Kind::category: return pick(program.categories->size());
        case Domain::Kind::region: return pick(program.regions->size());
        case Domain::Kind::unit: return pick(program.units.size());
        case Domain::Kind::duration:
            return duration_code({static_cast<std::int32_t>(pick(100)),
                                  static_cast<calendar::DurationUnit>(random.below(3))});
        case Domain::Kind::set: return pick(std::size_t{1} << domain.members.size());
        case Domain::Kind::text: break;
    }
    return kUnknown;
}

// In percent.
std::size_t may_be_unknown(const Attribute& attribute, bool decisions_too) {
    if (attribute.required) return 0;
    if (attribute.source == Attribute::Source::fact) return decisions_too ? 0 : 25;
    if (attribute.source == Attribute::Source::field) return 25;
    if (!decisions_too) return 100;
    return attribute.domain.kind == Domain::Kind::set ? 0 : 15;  // collect always decides
}

Input fill(const Program& program, Random& random, bool decisions_too) {
    std::vector<std::vector<Code>> constants(program.attributes.size());
    for (const auto& rule : program.rules) collect_constants(rule.when, constants);
    Input input;
    for (std::size_t i = 0; i < program.attributes.size(); ++i) {
        const Attribute& attribute = program.attributes[i];
        Code value = random_value(program, attribute.domain, constants[i], random);
        if (random.chance(may_be_unknown(attribute, decisions_too))) value = kUnknown;
        input.values.push_back(value);
    }
    for (std::size_t i = 0; i < program.probes.size(); ++i)
        input.probes.push_back(random.chance(40) ? 1 : 0);
    if (random.chance(10))
        input.excluded_owners.push_back(program.units[random.below(program.units.size())].id);
    return input;
}

}  // namespace

std::uint64_t Random::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

rules::Program random_program(std::uint64_t seed, const RandomShape& shape) {
    return Maker(seed, shape).make();
}

rules::Input random_input(const rules::Program& program, Random& random) {
    return fill(program, random, false);
}

rules::Input random_full_input(const rules::Program& program, Random& random) {
    return fill(program, random, true);
}

}  // namespace pintu::testing
