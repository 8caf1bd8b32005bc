#include "engine/rules/check/limits.hpp"

#include <algorithm>

#include "engine/rules/check/conditions.hpp"
#include "engine/rules/check/constants.hpp"
#include "engine/rules/evaluate/examples.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {

namespace {

using syntax::Bound;

bool bound_fits(const Domain& domain, Bound bound) {
    if (bound == Bound::includes) return domain.kind == Domain::Kind::set;
    return domain.ordered || domain.kind == Domain::Kind::range ||
           domain.kind == Domain::Kind::duration;
}

const char* bound_text(Bound bound) {
    switch (bound) {
        case Bound::at_most: return "at most";
        case Bound::at_least: return "at least";
        case Bound::includes: break;
    }
    return "includes";
}

void resolve_limit(StackScope& scope, const syntax::Limit& written, const ActiveFile& file) {
    const auto index = scope.find_decision(written.decision);
    if (!index) return;
    Decision& decision = scope.program.decisions[*index];
    if (!bound_fits(decision.domain, written.bound)) {
        scope.diagnostics.error("RU136", written.span, bound_text(written.bound), decision.name,
                                show_type(decision.domain));
        return;
    }
    std::optional<Code> value;
    if (written.bound == Bound::includes)
        value = resolve_set(scope, decision.domain, decision.name, written.values);
    else if (written.values.size() == 1)
        value = resolve_value(scope, decision.domain, decision.name, written.values.front());
    auto when = resolve_when(scope, written.when);
    if (!value || !when) return;
    Limit limit;
    limit.bound = written.bound;
    limit.value = *value;
    limit.when = std::move(*when);
    limit.because = written.because ? written.because->text : "";
    limit.layer = file.layer;
    limit.from = file.from;
    limit.span = written.span;
    limit.at = scope.place(written.span);
    decision.limits.push_back(std::move(limit));
}

class Breaches {
  public:
    Breaches(StackScope& scope, const Decision& decision) : scope_(scope), decision_(decision) {}

    void check(const Limit& limit) {
        if (limit.bound == Bound::includes)
            return;  // a union with an upper layer may still hold it
        for (const auto& layer : decision_.layers) {
            if (scope_.depth_of(layer.layer) <= scope_.depth_of(limit.layer)) continue;
            for (const RuleId id : layer.rules) check(limit, layer, id);
            if (layer.otherwise != kNone) check(limit, layer, layer.otherwise);
        }
    }

  private:
    void check(const Limit& limit, const DecisionLayer& layer, RuleId id) {
        const Rule& rule = scope_.program.rules[id];
        if (rule.answer.kind != Answer::Kind::constant) return;
        const auto order = compare(decision_.domain, rule.answer.value, limit.value);
        if (limit.bound == Bound::at_most ? !(order > 0) : !(order < 0)) return;
        if (!can_meet(limit, layer, id)) return;
        const Severity severity = limit.from <= layer.from ? Severity::error : Severity::warning;
        scope_.diagnostics.add(
            {severity,
             "RU137",
             rule.span,
             {decision_.name, scope_.program.show(decision_.domain, rule.answer.value),
              std::string(bound_text(limit.bound)) + " " +
                  scope_.program.show(decision_.domain, limit.value),
              limit.at}});
    }

    // Both conditions T at once; for `otherwise`, no rule of its layer T. What is not proved within
    // the budget counts as possible.
    bool can_meet(const Limit& limit, const DecisionLayer& layer, RuleId id) {
        std::vector<Wish> wishes = {{&limit.when, true}, {&scope_.program.rules[id].when, true}};
        if (id == layer.otherwise)
            for (const RuleId other : layer.rules)
                wishes.push_back({&scope_.program.rules[other].when, false});
        return find_example(scope_.program, wishes).possible != Possible::no;
    }

    StackScope& scope_;
    const Decision& decision_;
};

void resolve_gap(StackScope& scope, const syntax::AcceptGap& written) {
    const auto index = scope.find_decision(written.decision);
    auto when = resolve_when(scope, written.when);
    if (!index || !when) return;
    const Program& program = scope.program;
    if (written.until < scope.stack.today && program.until >= scope.stack.today)
        scope.diagnostics.warning("RU151", written.span, written.decision.text,
                                  to_string(written.until));
    if (written.until < program.from) return;
    scope.program.decisions[*index].accepted.push_back(
        {std::move(*when), written.until, written.because ? written.because->text : "",
         scope.place(written.span)});
}

}  // namespace

void resolve_limits(StackScope& scope) {
    for (auto file = scope.files.rbegin(); file != scope.files.rend(); ++file)
        for (const auto& item : file->file->items)
            if (const auto* limit = std::get_if<syntax::Limit>(&item))
                resolve_limit(scope, *limit, *file);
}

void check_breaches(StackScope& scope) {
    for (const Decision& decision : scope.program.decisions)
        for (const Limit& limit : decision.limits) Breaches(scope, decision).check(limit);
}

void resolve_accepted_gaps(StackScope& scope) {
    for (const ActiveFile& file : scope.files)
        for (const auto& item : file.file->items)
            if (const auto* gap = std::get_if<syntax::AcceptGap>(&item)) resolve_gap(scope, *gap);
}

}  // namespace pintu::rules
