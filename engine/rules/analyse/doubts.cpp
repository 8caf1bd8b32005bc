#include <set>

#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kMostRulesAsked = 100;  // of one decision: a note is worth no more
constexpr std::uint64_t kStepsARule = 500;

// Optional attributes that the rule reads and that no rule of the decision tests.
std::vector<AttributeId> unguarded(const Inquiry& inquiry, RuleId id,
                                   const std::set<AttributeId>& guarded) {
    std::vector<AttributeId> result;
    for (const auto attribute : attributes_read(inquiry.program.rules[id])) {
        const CellSet& cells = inquiry.space.everything().cells[attribute];
        const bool optional = cells.size() == 0 || cells.has(kUnknownCell);
        if (optional && guarded.count(attribute) == 0) result.push_back(attribute);
    }
    return result;
}

// The attribute to name: one that the report in words shows as unknown, else any that is.
AttributeId unknown_in(const Inquiry& inquiry, const std::vector<AttributeId>& attributes,
                       const Input& input, const std::string& words) {
    AttributeId found = kNone;
    for (const auto attribute : attributes) {
        if (input.values[attribute] != kUnknown) continue;
        const std::string& name = inquiry.program.attributes[attribute].name;
        if (words.find(name + " = ?") != std::string::npos) return attribute;
        if (found == kNone) found = attribute;
    }
    return found;
}

}  // namespace

void ask_doubts(Inquiry& inquiry, std::uint32_t d) {
    const Program& program = inquiry.program;
    const Decision& decision = program.decisions[d];
    const auto guarded = tested_for_unknown(program, decision);
    std::size_t asked = 0;
    for (const auto& layer : decision.layers)
        for (const auto id : layer.rules) {
            const auto attributes = unguarded(inquiry, id, guarded);
            if (attributes.empty() || ++asked > kMostRulesAsked) continue;
            Goal goal;
            goal.scope = inquiry.space.under(d);
            goal.all.push_back({id, nullptr, kMaybe});
            goal.holds = [&program, d, id](const Input& input, const Decider& decide) {
                if (truth_of(program, program.rules[id], input) != Truth::unknown) return false;
                const Outcome outcome = decide(d, input);
                return outcome.unknown_could_matter && outcome.status == Outcome::Status::decided;
            };
            Answered answer = inquiry.search.find(goal, inquiry.space.everything(), kStepsARule);
            if (answer.kind != Answered::Kind::found) continue;
            const std::string words = inquiry.witness(goal, answer.report, decision.span);
            if (words.empty()) return;
            const Input input = inquiry.search.input_of(answer.report, goal.scope);
            const auto unknown = unknown_in(inquiry, attributes, input, words);
            if (unknown == kNone) continue;
            inquiry.diagnostics.note("RU207", program.rules[id].span, decision.name,
                                     program.rules[id].name, program.attributes[unknown].name,
                                     words);
            return;
        }
}

}  // namespace pintu::rules
