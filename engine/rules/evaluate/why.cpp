#include "engine/rules/evaluate/why.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/paths.hpp"
#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

std::string value_read(const Program& program, const Atom& atom, const Input& input) {
    if (atom.kind == Atom::Kind::probe) return input.probes[atom.probe] != 0 ? "yes" : "no";
    return program.show(program.attributes[atom.attribute].domain, input.values[atom.attribute]);
}

std::string name_read(const Program& program, const Atom& atom) {
    if (atom.kind == Atom::Kind::probe) return probe_name(program, atom.probe);
    return program.attributes[atom.attribute].name;
}

void add_deciding(const Program& program, const Condition& condition, const Input& input,
                  std::vector<const Atom*>& atoms) {
    if (condition.kind == Condition::Kind::atom) atoms.push_back(&condition.atom);
    if (condition.kind == Condition::Kind::negation)
        add_deciding(program, condition.children.front(), input, atoms);
    if (condition.kind != Condition::Kind::all && condition.kind != Condition::Kind::any) return;
    const Truth whole = truth_of(program, condition, input);
    const bool one_is_enough =
        whole == (condition.kind == Condition::Kind::all ? Truth::no : Truth::yes);
    for (const Condition& child : condition.children) {
        if (truth_of(program, child, input) != whole) continue;
        add_deciding(program, child, input, atoms);
        if (one_is_enough) return;
    }
}

AtomWhy atom_why(const Program& program, const Atom& atom, const Input& input) {
    return {atom.text, truth_of(program, atom, input), value_read(program, atom, input)};
}

const char* bound_text(syntax::Bound bound) {
    switch (bound) {
        case syntax::Bound::at_most: return "at most ";
        case syntax::Bound::at_least: return "at least ";
        case syntax::Bound::includes: break;
    }
    return "includes ";
}

class Explaining {
  public:
    Explaining(const Program& program, const Decision& decision, const Input& input,
               const Outcome& outcome)
        : program_(program), decision_(decision), input_(input), outcome_(outcome) {}

    Why why() {
        why_.decision = decision_.name;
        why_.status = to_string(outcome_.status);
        why_.value = program_.show(decision_.domain, outcome_.value);
        why_.accepted_gap = outcome_.accepted_gap;
        why_.unknown_could_matter = outcome_.unknown_could_matter;
        if (outcome_.layer != kNone) why_.layer = decision_.layers[outcome_.layer].layer;
        for (const RuleId id : outcome_.rules) cite(id);
        layers();
        limits();
        why_.read.assign(read_.begin(), read_.end());
        if (why_.read.size() > kMostRead) why_.read.resize(kMostRead);
        return std::move(why_);
    }

  private:
    void cite(RuleId id) {
        why_.rules.push_back(rule_why(program_, id, input_));
        follow(program_.rules[id]);
    }

    // The rule's deciding atoms and what its answer reads belong to the path.
    void follow(const Rule& rule) {
        add_path(rule.when);
        if (rule.answer.kind == Answer::Kind::attribute) add_read(rule.answer.attribute);
        if (rule.answer.kind != Answer::Kind::office_for) return;
        add_read(rule.answer.category);
        add_read(rule.answer.region);
    }

    void add_read(AttributeId id) {
        const Attribute& attribute = program_.attributes[id];
        read_[attribute.name] = program_.show(attribute.domain, input_.values[id]);
    }

    void add_path(const Condition& condition) {
        for (const Atom* atom : deciding_atoms(program_, condition, input_)) {
            read_[name_read(program_, *atom)] = value_read(program_, *atom, input_);
            std::string step = atom->text + ": " + to_string(truth_of(program_, *atom, input_));
            if (why_.path.size() < kMostPath && on_path_.insert(step).second)
                why_.path.push_back(std::move(step));
        }
    }

    // Of a layer that was passed over, or answered by `otherwise`, what kept each rule from firing;
    // of the one that answered, who was set aside.
    void layers() {
        const bool collect = decision_.policy == syntax::Policy::collect;
        for (std::uint32_t i = 0; i < decision_.layers.size(); ++i) {
            const DecisionLayer& layer = decision_.layers[i];
            why_.asked.push_back(layer.layer);
            const bool answered = i == outcome_.layer && !outcome_.by_otherwise;
            const bool empty_set = collect && outcome_.layer == kNone;
            if (empty_set || (!collect && !answered))
                for (const RuleId id : layer.rules) follow(program_.rules[id]);
            find_set_aside(layer);
            if (!collect && i == outcome_.layer) return;
        }
    }

    void find_set_aside(const DecisionLayer& layer) {
        for (const RuleId id : layer.rules) {
            if (program_.rules[id].overrides.empty()) continue;
            if (truth_of(program_, program_.rules[id], input_) != Truth::yes) continue;
            for (const RuleId other : program_.rules[id].overrides) add_set_aside(other, id);
        }
    }

    void add_set_aside(RuleId id, RuleId by) {
        if (truth_of(program_, program_.rules[id], input_) != Truth::yes) return;
        if (!aside_.insert(id).second) return;
        why_.set_aside.push_back(rule_why(program_, id, input_));
        why_.set_aside.back().set_aside_by = program_.rules[by].name;
        follow(program_.rules[by]);
    }

    void limits() {
        for (const auto index : outcome_.limits) {
            const Limit& limit = decision_.limits[index];
            why_.limits.push_back(
                {bound_text(limit.bound) + program_.show(decision_.domain, limit.value),
                 limit.layer, limit.at, limit.because});
            add_path(limit.when);
        }
        if (!outcome_.accepted_gap) return;
        for (const AcceptedGap& gap : decision_.accepted)
            if (truth_of(program_, gap.when, input_) == Truth::yes) add_path(gap.when);
    }

    const Program& program_;
    const Decision& decision_;
    const Input& input_;
    const Outcome& outcome_;
    Why why_;
    std::map<std::string, std::string> read_;
    std::set<std::string> on_path_;
    std::set<RuleId> aside_;
};

}  // namespace

std::vector<const Atom*> deciding_atoms(const Program& program, const Condition& condition,
                                        const Input& input) {
    std::vector<const Atom*> atoms;
    add_deciding(program, condition, input, atoms);
    return atoms;
}

RuleWhy rule_why(const Program& program, RuleId id, const Input& input) {
    const Rule& rule = program.rules[id];
    RuleWhy why;
    why.rule = rule.name;
    why.at = rule.at;
    why.because = rule.because;
    why.truth = truth_of(program, rule, input);
    why.answer = program.show(program.decisions[rule.decision].domain,
                              answer_of(program, rule.answer, input));
    for (const Atom* atom : deciding_atoms(program, rule.when, input))
        why.atoms.push_back(atom_why(program, *atom, input));
    return why;
}

Why explain(const Program& program, const Decision& decision, const Input& input,
            const Outcome& outcome) {
    return Explaining(program, decision, input, outcome).why();
}

const char* to_string(Truth truth) {
    switch (truth) {
        case Truth::yes: return "yes";
        case Truth::no: return "no";
        case Truth::unknown: break;
    }
    return "unknown";
}

const char* to_string(Outcome::Status status) {
    switch (status) {
        case Outcome::Status::decided: return "decided";
        case Outcome::Status::undecided: return "undecided";
        case Outcome::Status::conflict: break;
    }
    return "conflict";
}

}  // namespace pintu::rules
