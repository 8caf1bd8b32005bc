#include "engine/rules/check/decisions.hpp"

#include <algorithm>
#include <map>

#include "engine/base/cycle.hpp"
#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"
#include "engine/rules/check/conditions.hpp"
#include "engine/rules/check/tables.hpp"
#include "engine/rules/syntax/write.hpp"

namespace pintu::rules {

namespace {

using syntax::Policy;

struct Block {
    const syntax::Decide* decide;
    const ActiveFile* file;
};

// Blocks of each decision, uppermost layer first; only the first of a layer.
std::vector<std::vector<Block>> blocks_by_decision(const StackScope& scope,
                                                   Diagnostics& diagnostics) {
    std::vector<std::vector<Block>> blocks;
    std::map<std::string, std::size_t> place;
    for (const ActiveFile& file : scope.files) {
        for (const auto& item : file.file->items) {
            const auto* decide = std::get_if<syntax::Decide>(&item);
            if (decide == nullptr) continue;
            const auto [at, fresh] = place.emplace(decide->name.text, blocks.size());
            if (fresh) blocks.emplace_back();
            auto& own = blocks[at->second];
            if (!own.empty() && own.back().file->depth == file.depth)
                diagnostics.error("RU118", decide->name.span, decide->name.text,
                                  scope.place(own.back().decide->name.span));
            else
                own.push_back({decide, &file});
        }
    }
    return blocks;
}

bool policy_fits(const Domain& domain, Policy policy) {
    const bool set = domain.kind == Domain::Kind::set;
    switch (policy) {
        case Policy::collect: return set;
        case Policy::highest:
        case Policy::lowest: return domain.ordered || domain.kind == Domain::Kind::range;
        case Policy::shortest:
        case Policy::longest: return domain.kind == Domain::Kind::duration;
        default: return !set;
    }
}

std::string fitting_policies(const Domain& domain) {
    if (domain.kind == Domain::Kind::set) return "collect";
    if (domain.kind == Domain::Kind::duration) return "unique, first, shortest, longest";
    if (policy_fits(domain, Policy::highest)) return "unique, first, highest, lowest";
    return "unique, first";
}

class Declaring {
  public:
    explicit Declaring(StackScope& scope) : scope_(scope) {}

    void declare(const std::vector<Block>& blocks) {
        const syntax::Decide& top = *blocks.front().decide;
        Decision decision;
        decision.name = top.name.text;
        decision.span = top.name.span;
        decision.at = scope_.place(top.span);
        if (!typed(top, decision)) return;
        for (std::size_t i = 1; i < blocks.size(); ++i)
            repeats_fit(*blocks[i].decide, top, decision);
        Attribute attribute;
        attribute.name = decision.name;
        attribute.source = Attribute::Source::decision;
        attribute.domain = decision.domain;
        attribute.index = static_cast<std::uint32_t>(scope_.program.decisions.size());
        const auto id = scope_.declare(attribute, decision.span);
        if (!id) return;
        decision.attribute = *id;
        scope_.program.decisions.push_back(std::move(decision));
    }

  private:
    bool typed(const syntax::Decide& top, Decision& decision) {
        if (!top.type) {
            scope_.diagnostics.error("RU133", top.name.span, top.name.text);
            return false;
        }
        const auto domain = resolve_type(*top.type, scope_.diagnostics);
        if (!domain) return false;
        decision.domain = *domain;
        decision.policy = top.policy.value_or(Policy::unique);
        if (domain->kind == Domain::Kind::text) {
            scope_.diagnostics.error("RU134", top.type->span, top.name.text);
            return false;
        }
        if (policy_fits(*domain, decision.policy)) return true;
        scope_.diagnostics.error("RU130", top.name.span,
                                 std::string(syntax::to_text(decision.policy)), top.name.text,
                                 show_type(*domain), fitting_policies(*domain));
        return true;  // its rules can be looked at all the same
    }

    // L3: what a lower layer repeats must be equal.
    void repeats_fit(const syntax::Decide& lower, const syntax::Decide& top,
                     const Decision& decision) {
        if (lower.type) {
            const auto domain = resolve_type(*lower.type, scope_.diagnostics);
            if (domain && !(*domain == decision.domain))
                scope_.diagnostics.error("RU131", lower.type->span, lower.name.text,
                                         show_type(*domain), show_type(decision.domain),
                                         scope_.place(top.span));
        }
        if (lower.policy && *lower.policy != decision.policy)
            scope_.diagnostics.error("RU132", lower.name.span, lower.name.text,
                                     std::string(syntax::to_text(*lower.policy)),
                                     std::string(syntax::to_text(decision.policy)),
                                     scope_.place(top.span));
    }

    StackScope& scope_;
};

// One block: the rules of one decision in one layer.
class Resolving {
  public:
    Resolving(StackScope& scope, Decision& decision, std::uint32_t index)
        : scope_(scope), decision_(decision), index_(index) {}

    void add(const Block& block) {
        layer_ = {};
        layer_.layer = block.file->layer;
        layer_.from = block.file->from;
        by_name_.clear();
        position_ = 0;
        add_rows(block);
        std::vector<RuleId> ids;
        for (const auto& rule : block.decide->rules) ids.push_back(add_rule(rule));
        for (std::size_t i = 0; i < ids.size(); ++i)
            add_overrides(block.decide->rules[i].overrides, ids[i]);
        refuse_cycles(*block.decide);
        for (std::size_t i = 0; i < block.decide->otherwise.size(); ++i)
            add_otherwise(block.decide->otherwise[i],
                          i > 0 ? &block.decide->otherwise[0] : nullptr);
        decision_.layers.push_back(std::move(layer_));
    }

  private:
    std::optional<RuleId> push(Rule rule) {
        auto& rules = scope_.program.rules;
        if (rules.size() >= kMostRules) {
            if (rules.size() == kMostRules)
                scope_.diagnostics.error("RU160", rule.span, std::to_string(rules.size() + 1),
                                         std::to_string(kMostRules));
            return {};
        }
        rule.decision = index_;
        rule.layer = static_cast<std::uint32_t>(decision_.layers.size());
        rule.at = scope_.place(rule.span);
        rules.push_back(std::move(rule));
        return static_cast<RuleId>(rules.size() - 1);
    }

    void add_rows(const Block& block) {
        for (auto& row : resolve_tables(scope_, *block.file, *block.decide, decision_)) {
            Rule rule;
            rule.name = std::move(row.name);
            rule.when = std::move(row.when);
            rule.answer = row.answer;
            rule.because = std::move(row.because);
            rule.span = row.span;
            ++position_;
            if (const auto id = push(std::move(rule))) layer_.rules.push_back(*id);
        }
    }

    // kNone where it was not resolved.
    RuleId add_rule(const syntax::Rule& written) {
        Rule rule;
        ++position_;
        rule.name =
            written.name ? written.name->text : decision_.name + "." + std::to_string(position_);
        rule.span = written.span;
        rule.because = written.because ? written.because->text : "";
        auto when = resolve_when(scope_, written.when);
        const auto answer =
            resolve_answer(scope_, decision_, written.answer, when ? *when : Condition{});
        RuleId id = kNone;
        if (when && answer) {
            rule.when = std::move(*when);
            rule.answer = *answer;
            id = push(std::move(rule)).value_or(kNone);
            if (id != kNone) layer_.rules.push_back(id);
        }
        if (written.name)
            remember(*written.name, id);  // though broken: who names it is not to blame
        return id;
    }

    void remember(const syntax::Name& name, RuleId id) {
        const auto [at, fresh] = by_name_.emplace(name.text, Named{id, name.span});
        if (!fresh)
            scope_.diagnostics.error("RU119", name.span, name.text, decision_.name,
                                     scope_.place(at->second.span));
    }

    // R8
    void add_overrides(const std::vector<syntax::Name>& names, RuleId id) {
        for (const auto& name : names) {
            if (decision_.policy == Policy::first) {
                scope_.diagnostics.error("RU126", name.span, decision_.name);
                return;
            }
            const auto target = by_name_.find(name.text);
            if (target == by_name_.end())
                report_no_target(name);
            else if (id != kNone && target->second.id != kNone)
                scope_.program.rules[id].overrides.push_back(target->second.id);
        }
    }

    void report_no_target(const syntax::Name& name) {
        std::vector<std::string> names;
        for (const auto& [known, id] : by_name_) names.push_back(known);
        const std::string near = nearest(name.text, names);
        if (near.empty())
            scope_.diagnostics.error("RU125", name.span, name.text, decision_.name, layer_.layer);
        else
            scope_.diagnostics.error("RU128", name.span, name.text, decision_.name, layer_.layer,
                                     near);
    }

    void refuse_cycles(const syntax::Decide& block) {
        std::map<RuleId, std::size_t> place;
        for (std::size_t i = 0; i < layer_.rules.size(); ++i) place[layer_.rules[i]] = i;
        std::vector<std::vector<std::size_t>> needs(layer_.rules.size());
        for (std::size_t i = 0; i < layer_.rules.size(); ++i)
            for (const RuleId other : scope_.program.rules[layer_.rules[i]].overrides)
                needs[i].push_back(place[other]);
        const Ordering ordering = order_by_need(needs);
        if (ordering.cycle.empty()) return;
        std::string circle;
        for (const auto i : ordering.cycle)
            circle += scope_.program.rules[layer_.rules[i]].name + " -> ";
        circle += scope_.program.rules[layer_.rules[ordering.cycle.front()]].name;
        scope_.diagnostics.error("RU127",
                                 scope_.program.rules[layer_.rules[ordering.cycle.front()]].span,
                                 block.name.text, circle);
    }

    void add_otherwise(const syntax::Otherwise& written, const syntax::Otherwise* before) {
        if (before != nullptr) {
            scope_.diagnostics.error("RU129", written.span, decision_.name,
                                     scope_.place(before->span));
            return;
        }
        const auto answer = resolve_answer(scope_, decision_, written.answer, Condition{});
        if (!answer) return;
        Rule rule;
        rule.name = "otherwise";
        rule.answer = *answer;
        rule.because = written.because ? written.because->text : "";
        rule.span = written.span;
        layer_.even_if_unknown = written.even_if_unknown;
        if (const auto id = push(std::move(rule))) layer_.otherwise = *id;
    }

    struct Named {
        RuleId id;
        Span span;
    };
    StackScope& scope_;
    Decision& decision_;
    std::uint32_t index_;
    DecisionLayer layer_;
    std::map<std::string, Named> by_name_;
    std::size_t position_ = 0;
};

}  // namespace

void declare_decisions(StackScope& scope) {
    Declaring declaring(scope);
    for (const auto& blocks : blocks_by_decision(scope, scope.diagnostics))
        declaring.declare(blocks);
}

void resolve_decisions(StackScope& scope) {
    Diagnostics known;  // doubles were reported while declaring
    for (const auto& blocks : blocks_by_decision(scope, known)) {
        const auto found = scope.attributes.find(blocks.front().decide->name.text);
        if (found == scope.attributes.end()) continue;
        const Attribute attribute = scope.attribute(found->second);
        if (attribute.source != Attribute::Source::decision) continue;
        // Worked on apart: a decision's rules are resolved while others' are looked at.
        Decision decision = scope.program.decisions[attribute.index];
        Resolving resolving(scope, decision, attribute.index);
        for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) resolving.add(*block);
        scope.program.decisions[attribute.index] = std::move(decision);
    }
}

}  // namespace pintu::rules
