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

// Sets of truths, as bits: what a condition may still become while some inputs are open.
using Truths = unsigned;
constexpr Truths bit(Truth t) {
    return 1U << static_cast<unsigned>(t);
}
constexpr Truths kAnyTruth = bit(Truth::no) | bit(Truth::unknown) | bit(Truth::yes);
constexpr Truth kTruths[] = {Truth::no, Truth::unknown, Truth::yes};

// Gives each slot (one value or probe) its values in turn, and looks no further where a wish is
// already lost.
class Search {
  public:
    Search(const Program& program, const std::vector<Wish>& wishes,
           const std::vector<std::pair<AttributeId, Code>>& also,
           const std::function<bool(const Input&)>& holds)
        : program_(program),
          wishes_(wishes),
          holds_(holds),
          input_(empty_input(program)),
          open_values_(program.attributes.size(), false),
          open_probes_(program.probes.size(), false) {
        std::map<AttributeId, Points> constants;
        std::set<ProbeId> probes;
        for (const Wish& wish : wishes) {
            add_constants(*wish.condition, constants);
            for_each_atom(*wish.condition, [&](const Atom& atom) {
                if (atom.kind == Atom::Kind::probe)
                    probes.insert(atom.probe);
                else
                    constants[atom.attribute];
            });
        }
        for (const auto& [attribute, value] : also) constants[attribute].insert(value);
        for (const auto& [attribute, values] : constants) add_attribute(attribute, values);
        for (const ProbeId probe : probes) {
            slots_.push_back({kNone, probe, {0, 1}});
            open_probes_[probe] = true;
        }
    }

    Example run() {
        Example example;
        for (const auto& slot : slots_)
            if (slot.attribute != kNone) example.attributes.push_back(slot.attribute);
        example.possible = search(0);
        if (example.possible == Possible::yes) example.input = input_;
        return example;
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
        open_values_[id] = true;
    }

    Possible search(std::size_t at) {
        if (++steps_ > kBudget) return Possible::not_proved;
        for (const Wish& wish : wishes_) {
            const Truths may = truths(*wish.condition);
            if (wish.yes ? (may & bit(Truth::yes)) == 0 : may == bit(Truth::yes))
                return Possible::no;
        }
        if (at == slots_.size()) return !holds_ || holds_(input_) ? Possible::yes : Possible::no;
        const Slot& slot = slots_[at];
        set_open(slot, false);
        for (const Code value : slot.values) {
            put(slot, value);
            const Possible found = search(at + 1);
            if (found != Possible::no) return found;
        }
        set_open(slot, true);
        return Possible::no;
    }

    void set_open(const Slot& slot, bool open) {
        if (slot.attribute == kNone)
            open_probes_[slot.probe] = open;
        else
            open_values_[slot.attribute] = open;
    }

    void put(const Slot& slot, Code value) {
        if (slot.attribute == kNone)
            input_.probes[slot.probe] = static_cast<std::uint8_t>(value);
        else
            input_.values[slot.attribute] = value;
    }

    Truths truths(const Condition& condition) const {
        if (condition.kind == Condition::Kind::atom) {
            const Atom& atom = condition.atom;
            const bool open = atom.kind == Atom::Kind::probe ? open_probes_[atom.probe]
                                                             : open_values_[atom.attribute];
            return open ? kAnyTruth : bit(truth_of(program_, atom, input_));
        }
        if (condition.kind == Condition::Kind::always) return bit(Truth::yes);
        if (condition.kind == Condition::Kind::negation) {
            const Truths inner = truths(condition.children.front());
            return ((inner & 1U) << 2U) | (inner & 2U) | (inner >> 2U);
        }
        const bool all = condition.kind == Condition::Kind::all;
        Truths result = bit(all ? Truth::yes : Truth::no);
        for (const Condition& child : condition.children)
            result = joined(result, truths(child), all);
        return result;
    }

    static Truths joined(Truths a, Truths b, bool all) {
        Truths result = 0;
        for (const Truth x : kTruths)
            for (const Truth y : kTruths)
                if ((a & bit(x)) != 0 && (b & bit(y)) != 0)
                    result |= bit(all ? std::min(x, y) : std::max(x, y));
        return result;
    }

    const Program& program_;
    const std::vector<Wish>& wishes_;
    const std::function<bool(const Input&)>& holds_;
    Input input_;
    std::vector<bool> open_values_;
    std::vector<bool> open_probes_;
    std::vector<Slot> slots_;
    std::size_t steps_ = 0;
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

Example find_example(const Program& program, const std::vector<Wish>& wishes,
                     const std::vector<std::pair<AttributeId, Code>>& also,
                     const std::function<bool(const Input&)>& holds) {
    return Search(program, wishes, also, holds).run();
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
