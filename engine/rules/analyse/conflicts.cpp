#include <algorithm>

#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {

void narrow(const Term& term, const Space& space, Box& box) {
    if (term.kind == Term::Kind::cells) box.cells[term.attribute] &= term.yes;
    if (term.kind == Term::Kind::all)
        for (const auto& child : term.children) narrow(child, space, box);
}

namespace {

void each_conjunct(const Term& term, const std::function<void(const Term&)>& visit) {
    if (term.kind == Term::Kind::all)
        for (const auto& child : term.children) each_conjunct(child, visit);
    else
        visit(term);
}

}  // namespace

Overlaps::Overlaps(const Space& space, std::uint32_t decision, const DecisionLayer& layer,
                   bool differing)
    : space_(space), decision_(space.program().decisions[decision]), differing_(differing) {
    std::vector<std::size_t> bound(space.program().attributes.size());
    for (const auto id : layer.rules) {
        Bounds bounds{id, {}, {}};
        each_conjunct(space.term(id), [&](const Term& term) {
            if (term.kind == Term::Kind::cells)
                bounds.cells.emplace_back(term.attribute, &term.yes);
        });
        std::stable_sort(bounds.cells.begin(), bounds.cells.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (const auto& [attribute, cells] : bounds.cells)
            bound[attribute] += 1000 - 1000 * cells->count() / (cells->size() + 1);
        bounds_.push_back(std::move(bounds));
    }
    const auto best =
        static_cast<AttributeId>(std::max_element(bound.begin(), bound.end()) - bound.begin());
    const bool telling = !bound.empty() && bound[best] > 0;
    buckets_.resize(telling ? space.cells(best).count() : 1);
    for (std::uint32_t i = 0; i < bounds_.size(); ++i) {
        CellSet cells = telling ? space.everything().cells[best] : CellSet(1, true);
        if (telling)
            for (const auto& [attribute, own] : bounds_[i].cells)
                if (attribute == best) cells &= *own;
        cells.each([&](std::size_t cell) { buckets_[cell].push_back(i); });
        bounds_[i].buckets = std::move(cells);
    }
}

bool Overlaps::may_differ(RuleId a, RuleId b) const {
    const Answer& left = space_.program().rules[a].answer;
    const Answer& right = space_.program().rules[b].answer;
    const bool constant =
        left.kind == Answer::Kind::constant && right.kind == Answer::Kind::constant;
    if (decision_.policy == syntax::Policy::unique) {
        if (constant) return left.value != right.value;
        return left.kind != Answer::Kind::attribute || right.kind != Answer::Kind::attribute ||
               left.attribute != right.attribute;
    }
    return decision_.domain.kind == Domain::Kind::duration &&
           (!constant ||
            compare(decision_.domain, left.value, right.value) == std::partial_ordering::unordered);
}

bool Overlaps::meet(const Bounds& a, const Bounds& b) {
    auto left = a.cells.begin();
    auto right = b.cells.begin();
    while (left != a.cells.end() && right != b.cells.end()) {
        if (left->first < right->first)
            ++left;
        else if (right->first < left->first)
            ++right;
        else {
            if (!left->second->meets(*right->second)) return false;
            ++right;
            if (right == b.cells.end() || right->first != left->first) ++left;
        }
    }
    return true;
}

std::size_t Overlaps::each(const std::function<bool(Pair)>& stop) const {
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < buckets_.size(); ++cell) {
        const auto& bucket = buckets_[cell];
        for (std::size_t i = 0; i < bucket.size(); ++i)
            for (std::size_t j = i + 1; j < bucket.size(); ++j) {
                const Bounds& a = bounds_[bucket[i]];
                const Bounds& b = bounds_[bucket[j]];
                if ((differing_ && !may_differ(a.rule, b.rule)) || !meet(a, b)) continue;
                // A pair that shares several buckets is taken in the first of them.
                if (a.buckets.first_common(b.buckets) != cell) continue;
                ++count;
                if (stop({a.rule, b.rule})) return count;
            }
    }
    return count;
}

namespace {

// Both fire, neither is set aside, and the answers cannot stand together.
Goal both_fire(const Inquiry& inquiry, std::uint32_t d, const DecisionLayer& layer, Pair pair) {
    const Program& program = inquiry.program;
    const Decision& decision = program.decisions[d];
    Goal goal;
    goal.scope = inquiry.space.under(d);
    goal.all = {{pair.first, nullptr, kYes}, {pair.second, nullptr, kYes}};
    std::vector<RuleId> overriding;
    for (const auto id : layer.rules) {
        const auto& aside = program.rules[id].overrides;
        const auto names = [&](RuleId other) {
            return std::find(aside.begin(), aside.end(), other) != aside.end();
        };
        if (names(pair.first) || names(pair.second)) overriding.push_back(id);
    }
    for (const auto id : overriding) goal.all.push_back({id, nullptr, kNotYes});
    for (const auto& gap : inquiry.space.gap_terms(d)) goal.all.push_back({kNone, &gap, kNotYes});
    goal.holds = [&program, &decision, overriding, pair](const Input& input, const Decider&) {
        const auto fires = [&](RuleId id) {
            return truth_of(program, program.rules[id], input) == Truth::yes;
        };
        if (!fires(pair.first) || !fires(pair.second)) return false;
        if (std::any_of(overriding.begin(), overriding.end(), fires)) return false;
        for (const auto& gap : decision.accepted)
            if (truth_of(program, gap.when, input) == Truth::yes) return false;
        const Code left = answer_of(program, program.rules[pair.first].answer, input);
        const Code right = answer_of(program, program.rules[pair.second].answer, input);
        if (decision.policy == syntax::Policy::unique) return left != right;
        return compare(decision.domain, left, right) == std::partial_ordering::unordered;
    };
    return goal;
}

std::string answer_words(const Inquiry& inquiry, const Decision& decision, RuleId id,
                         const Input& input) {
    return inquiry.program.show(
        decision.domain, answer_of(inquiry.program, inquiry.program.rules[id].answer, input));
}

}  // namespace

void ask_conflicts(Inquiry& inquiry, std::uint32_t d) {
    const Program& program = inquiry.program;
    const Decision& decision = program.decisions[d];
    const bool can_conflict =
        decision.policy == syntax::Policy::unique ||
        (decision.domain.kind == Domain::Kind::duration &&
         decision.policy != syntax::Policy::first && decision.policy != syntax::Policy::collect);
    if (!can_conflict) return;
    for (const auto& layer : decision.layers) {
        std::size_t shown = 0;
        Overlaps(inquiry.space, d, layer, true).each([&](Pair pair) {
            const Goal goal = both_fire(inquiry, d, layer, pair);
            Answered answer = inquiry.ask(goal);
            const Rule& first = program.rules[pair.first];
            const Rule& second = program.rules[pair.second];
            if (answer.kind == Answered::Kind::impossible) return false;
            if (answer.kind == Answered::Kind::not_proved) {
                inquiry.not_proved(second.span, decision.name, first.name + ", " + second.name);
            } else {
                const std::string words = inquiry.witness(goal, answer.report, second.span);
                const Input input = inquiry.search.input_of(answer.report, goal.scope);
                if (!words.empty())
                    inquiry.diagnostics.error(
                        "RU202", second.span, decision.name, first.name, second.name,
                        answer_words(inquiry, decision, pair.first, input),
                        answer_words(inquiry, decision, pair.second, input), words, first.at);
            }
            if (++shown < inquiry.options.most) return false;
            inquiry.diagnostics.note("RU211", decision.span, decision.name,
                                     std::to_string(inquiry.options.most));
            return true;
        });
    }
}

}  // namespace pintu::rules
