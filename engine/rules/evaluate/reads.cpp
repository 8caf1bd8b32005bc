#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

void add_values(const Condition& condition, std::set<AttributeId>& reads) {
    for_each_atom(condition, [&](const Atom& atom) {
        if (atom.kind != Atom::Kind::probe) reads.insert(atom.attribute);
    });
}

void add_answer(const Answer& answer, std::set<AttributeId>& reads) {
    if (answer.kind == Answer::Kind::attribute) reads.insert(answer.attribute);
    if (answer.kind == Answer::Kind::office_for) reads.insert({answer.category, answer.region});
}

}  // namespace

void for_each_atom(const Condition& condition, const std::function<void(const Atom&)>& visit) {
    if (condition.kind == Condition::Kind::atom) visit(condition.atom);
    for (const auto& child : condition.children) for_each_atom(child, visit);
}

std::set<AttributeId> attributes_read(const Condition& condition) {
    std::set<AttributeId> reads;
    add_values(condition, reads);
    return reads;
}

std::set<AttributeId> attributes_read(const Rule& rule) {
    std::set<AttributeId> reads;
    add_values(rule.when, reads);
    add_answer(rule.answer, reads);
    return reads;
}

std::set<AttributeId> tested_for_unknown(const Program& program, const Decision& decision) {
    std::set<AttributeId> tested;
    for (const auto& layer : decision.layers)
        for (const RuleId id : layer.rules)
            for_each_atom(program.rules[id].when, [&](const Atom& atom) {
                if (atom.kind == Atom::Kind::known || atom.kind == Atom::Kind::unknown)
                    tested.insert(atom.attribute);
            });
    return tested;
}

std::set<AttributeId> attributes_read(const Program& program, const Decision& decision) {
    std::set<AttributeId> reads;
    for (const auto& layer : decision.layers) {
        for (const RuleId id : layer.rules) {
            add_values(program.rules[id].when, reads);
            add_answer(program.rules[id].answer, reads);
        }
        if (layer.otherwise != kNone) add_answer(program.rules[layer.otherwise].answer, reads);
    }
    for (const auto& limit : decision.limits) add_values(limit.when, reads);
    for (const auto& gap : decision.accepted) add_values(gap.when, reads);
    return reads;
}

}  // namespace pintu::rules
