#include <algorithm>
#include <optional>
#include <set>

#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {
namespace {

Condition atom_in(AttributeId attribute, syntax::Comparison comparison, Code operand) {
    Condition condition;
    condition.kind = Condition::Kind::atom;
    condition.atom.attribute = attribute;
    condition.atom.comparison = comparison;
    condition.atom.operands = {operand};
    return condition;
}

// R17: T where the unit is competent for category and region; a region that is unknown may be
// anywhere in the agency.
Condition competent(const Program& program, const UnitFacts& unit, const Claim& claim) {
    Condition any;
    any.kind = Condition::Kind::any;
    for (const auto& [category, region] : unit.competent) {
        Condition& row = any.children.emplace_back();
        row.kind = Condition::Kind::all;
        if (category >= 0)
            row.children.push_back(atom_in(claim.arguments[1], syntax::Comparison::in, category));
        const bool everywhere =
            region < 0 ||
            (program.agency_region >= 0 && program.regions->below(program.agency_region, region));
        if (!everywhere)
            row.children.push_back(atom_in(claim.arguments[2], syntax::Comparison::in, region));
    }
    return any;
}

class ProofInquiry {
  public:
    ProofInquiry(Inquiry& inquiry, const Proof& proof)
        : inquiry_(inquiry), program_(inquiry.program), proof_(proof) {}

    void run() {
        if (!proof_.every) {
            inquiry_.diagnostics.note("RU210", proof_.span, proof_.name);
            return;
        }
        for (const auto& claim : proof_.claims) {
            if (claim.kind == Claim::Kind::decided) continue;  // asked of every decision anyway
            if (!inquiry_.space.is_decision(claim.arguments[0])) continue;
            std::size_t shown = 0;
            for (Code unit = 0; unit < static_cast<Code>(program_.units.size()); ++unit) {
                const bool found = claim.kind == Claim::Kind::competent ? competence(claim, unit)
                                                                        : staffing(claim, unit);
                if (found && ++shown == inquiry_.options.most) break;
            }
        }
    }

  private:
    Readable scope_of(const Claim& claim) const {
        Readable scope;
        for (const auto argument : claim.arguments) scope = inquiry_.space.joined(scope, argument);
        return scope;
    }

    // Asks; true where a diagnostic came of it.
    bool show(const Goal& goal, Code unit, const std::string& code, const std::string& more) {
        Answered answer = inquiry_.ask(goal);
        if (answer.kind == Answered::Kind::impossible) return false;
        const UnitFacts& facts = program_.units[static_cast<std::size_t>(unit)];
        if (answer.kind == Answered::Kind::not_proved) {
            inquiry_.not_proved(proof_.span, proof_.name, facts.id.value);
            return true;
        }
        const std::string words = inquiry_.witness(goal, answer.report, proof_.span);
        if (!words.empty())
            inquiry_.diagnostics.error(code, proof_.span, proof_.name, facts.id.value, words, more);
        return true;
    }

    // Rules that can answer the unit.
    std::vector<RuleId> answering(AttributeId decided, Code unit) const {
        std::vector<RuleId> rules;
        for (RuleId id = 0; id < program_.rules.size(); ++id) {
            const Rule& rule = program_.rules[id];
            if (program_.decisions[rule.decision].attribute != decided) continue;
            const auto names = [&](const OfficeRow& row) { return row.unit == unit; };
            const bool can =
                rule.answer.kind == Answer::Kind::constant ? rule.answer.value == unit
                : rule.answer.kind == Answer::Kind::office_for
                    ? std::any_of(program_.offices.begin(), program_.offices.end(), names)
                    : true;
            if (can) rules.push_back(id);
        }
        return rules;
    }

    // False: no rule that can answer the unit fires where the unit is not competent. Cheap, since
    // office_for(k, w) is competent for k and w by R12, and of the others the condition tells.
    bool may_break(const Claim& claim, Code unit, const Condition& allowed,
                   const Term& allowed_term) {
        for (const RuleId id : answering(claim.arguments[0], unit)) {
            const Rule& rule = program_.rules[id];
            if (rule.answer.kind == Answer::Kind::office_for &&
                rule.answer.category == claim.arguments[1] &&
                rule.answer.region == claim.arguments[2])
                continue;
            Goal goal;
            goal.scope = inquiry_.space.under(rule.decision);
            for (const auto argument : {claim.arguments[1], claim.arguments[2]})
                goal.scope = inquiry_.space.joined(goal.scope, argument);
            goal.all = {{kNone, &inquiry_.space.term(id), kYes}, {kNone, &allowed_term, kNotYes}};
            goal.holds = [&](const Input& input, const Decider&) {
                return truth_of(program_, rule.when, input) == Truth::yes &&
                       truth_of(program_, allowed, input) != Truth::yes;
            };
            if (inquiry_.ask(goal).kind != Answered::Kind::impossible) return true;
        }
        return false;
    }

    bool competence(const Claim& claim, Code unit) {
        const UnitFacts& facts = program_.units[static_cast<std::size_t>(unit)];
        if (facts.receives_all) return false;
        const Condition allowed = competent(program_, facts, claim);
        const Term allowed_term = inquiry_.space.term_of(allowed);
        if (!may_break(claim, unit, allowed, allowed_term)) return false;
        const Condition chosen = atom_in(claim.arguments[0], syntax::Comparison::equal, unit);
        const Term chosen_term = inquiry_.space.term_of(chosen);
        Goal goal;
        goal.scope = scope_of(claim);
        goal.all = {{kNone, &chosen_term, kYes}, {kNone, &allowed_term, kNotYes}};
        goal.holds = [&](const Input& input, const Decider&) {
            return truth_of(program_, chosen, input) == Truth::yes &&
                   truth_of(program_, allowed, input) != Truth::yes;
        };
        return show(goal, unit, "RU208", "");
    }

    bool staffing(const Claim& claim, Code unit) {
        const auto gap = unstaffed(program_.units[static_cast<std::size_t>(unit)]);
        if (!gap || answering(claim.arguments[0], unit).empty()) return false;
        const Condition chosen = atom_in(claim.arguments[0], syntax::Comparison::equal, unit);
        const Term chosen_term = inquiry_.space.term_of(chosen);
        Goal goal;
        goal.scope = scope_of(claim);
        goal.all = {{kNone, &chosen_term, kYes}};
        goal.holds = [&](const Input& input, const Decider&) {
            return truth_of(program_, chosen, input) == Truth::yes;
        };
        return show(goal, unit, "RU209", to_string(*gap));
    }

    // The first day of the program's interval on which nobody staffs the unit.
    std::optional<Date> unstaffed(const UnitFacts& unit) const {
        Date day = program_.from;
        for (bool moved = true; moved && day <= program_.until;) {
            moved = false;
            for (const auto& [from, until] : unit.staffed) {
                if (day < from) continue;
                if (!until) return {};
                if (day > *until) continue;
                day = next(*until);
                moved = true;
            }
        }
        if (day > program_.until) return {};
        return day;
    }

    Inquiry& inquiry_;
    const Program& program_;
    const Proof& proof_;
};

}  // namespace

void ask_proofs(Inquiry& inquiry) {
    for (const auto& proof : inquiry.program.proofs) ProofInquiry(inquiry, proof).run();
}

}  // namespace pintu::rules
