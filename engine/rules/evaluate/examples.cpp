#include "engine/rules/evaluate/examples.hpp"

#include <algorithm>

#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

constexpr std::size_t kBudget = 200'000;
constexpr std::size_t kListedWhole = 64;  // small domains are tried value by value

using Points = std::set<Code>;

void add_tree_points(const registry::Tree& tree, const Points& constants, Points& points) {
    const auto size = static_cast<Code>(tree.size());
    points.insert(0);
    for (const Code node : constants) {
        for (Code at = node; at >= 0; at = tree.parent(at)) points.insert(at);
        points.insert({node + 1, Code{tree.last(node)}, Code{tree.last(node)} + 1});
    }
    points.erase(points.lower_bound(size), points.end());
}

void add_all(std::size_t size, const Points& constants, Points& points) {
    if (size <= kListedWhole) {
        for (std::size_t i = 0; i < size; ++i) points.insert(static_cast<Code>(i));
        return;
    }
    points.insert(constants.begin(), constants.end());
    Code other = 0;
    while (points.count(other) > 0) ++other;
    if (other < static_cast<Code>(size)) points.insert(other);
}

void add_durations(const Points& constants, Points& points) {
    for (const Code code : constants) {
        const auto duration = duration_of(code);
        for (const std::int32_t step : {-1, 0, 1})
            if (duration.count + step >= 0)
                points.insert(duration_code({duration.count + step, duration.unit}));
    }
}

// Counts through all combinations; each slot is one value or probe of the input.
class Search {
  public:
    Search(const Program& program, const std::vector<const Condition*>& conditions,
           const std::vector<std::pair<AttributeId, Code>>& also)
        : program_(program), input_(empty_input(program)) {
        std::map<AttributeId, Points> constants;
        std::set<ProbeId> probes;
        for (const Condition* condition : conditions) {
            add_constants(*condition, constants);
            for_each_atom(*condition, [&](const Atom& atom) {
                if (atom.kind == Atom::Kind::probe) probes.insert(atom.probe);
            });
        }
        for (const auto& [attribute, value] : also) constants[attribute].insert(value);
        for (const auto& [attribute, values] : constants) add_attribute(attribute, values);
        for (const ProbeId probe : probes) slots_.push_back({kNone, probe, {0, 1}});
    }

    Example run(const std::function<bool(const Input&)>& holds) {
        Example example;
        for (const auto& slot : slots_)
            if (slot.attribute != kNone) example.attributes.push_back(slot.attribute);
        std::vector<std::size_t> at(slots_.size(), 0);
        for (std::size_t i = 0; i < slots_.size(); ++i) put(slots_[i], 0);
        for (std::size_t tried = 0;; ++tried) {
            if (tried == kBudget) {
                example.possible = Possible::not_proved;
                return example;
            }
            if (holds(input_)) {
                example.possible = Possible::yes;
                example.input = input_;
                return example;
            }
            if (!step(at)) return example;
        }
    }

  private:
    struct Slot {
        AttributeId attribute;  // kNone: a probe
        ProbeId probe;
        std::vector<Code> values;
    };

    void add_attribute(AttributeId id, const Points& constants) {
        const Attribute& attribute = program_.attributes[id];
        const Points points = telling_values(program_, attribute.domain, constants);
        Slot slot{id, kNone, {points.begin(), points.end()}};
        if (may_be_unknown(attribute) || slot.values.empty()) slot.values.push_back(kUnknown);
        slots_.push_back(std::move(slot));
    }

    void put(const Slot& slot, std::size_t at) {
        if (slot.attribute == kNone)
            input_.probes[slot.probe] = static_cast<std::uint8_t>(slot.values[at]);
        else
            input_.values[slot.attribute] = slot.values[at];
    }

    bool step(std::vector<std::size_t>& at) {
        for (std::size_t i = 0; i < slots_.size(); ++i) {
            at[i] = (at[i] + 1) % slots_[i].values.size();
            put(slots_[i], at[i]);
            if (at[i] != 0) return true;
        }
        return false;
    }

    const Program& program_;
    Input input_;
    std::vector<Slot> slots_;
};

}  // namespace

std::set<Code> telling_values(const Program& program, const Domain& domain,
                              const std::set<Code>& constants) {
    Points points;
    switch (domain.kind) {
        case Domain::Kind::yesno: points = {0, 1}; break;
        case Domain::Kind::enumeration: add_all(domain.members.size(), constants, points); break;
        case Domain::Kind::unit: add_all(program.units.size(), constants, points); break;
        case Domain::Kind::range:
            points = {domain.low, domain.high};
            for (const Code c : constants)
                for (const Code near : {c - 1, c, c + 1})
                    if (near >= domain.low && near <= domain.high) points.insert(near);
            break;
        case Domain::Kind::category: add_tree_points(*program.categories, constants, points); break;
        case Domain::Kind::region: add_tree_points(*program.regions, constants, points); break;
        case Domain::Kind::duration: add_durations(constants, points); break;
        case Domain::Kind::set: {
            const Code whole = (Code{1} << domain.members.size()) - 1;
            points = {0, whole};
            for (const Code c : constants) points.insert({c, whole & ~c});
            break;
        }
        case Domain::Kind::text: break;
    }
    return points;
}

void add_constants(const Condition& condition, std::map<AttributeId, std::set<Code>>& constants) {
    for_each_atom(condition, [&](const Atom& atom) {
        if (atom.kind == Atom::Kind::probe) return;
        auto& of = constants[atom.attribute];
        of.insert(atom.operands.begin(), atom.operands.end());
        for (const auto& [low, high] : atom.ranges) of.insert({low, high});
    });
}

bool may_be_unknown(const Attribute& attribute) {
    if (attribute.source == Attribute::Source::field) return !attribute.required;
    return attribute.source == Attribute::Source::fact && attribute.fallback == kUnknown;
}

Example find_example(const Program& program, const std::vector<const Condition*>& conditions,
                     const std::vector<std::pair<AttributeId, Code>>& also,
                     const std::function<bool(const Input&)>& holds) {
    return Search(program, conditions, also).run(holds);
}

std::string show_example(const Program& program, const Example& example) {
    std::string text;
    for (const AttributeId id : example.attributes) {
        const Attribute& attribute = program.attributes[id];
        if (!text.empty()) text += ", ";
        text += attribute.name + " = " + program.show(attribute.domain, example.input.values[id]);
    }
    return text.empty() ? "-" : text;
}

}  // namespace pintu::rules
