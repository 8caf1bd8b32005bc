#include <algorithm>

#include "engine/rules/analyse/cover.hpp"
#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/oracle.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kMostTries = 600;        // reports tried for a rule before the search
constexpr std::size_t kMostAlternatives = 48;  // of one conjunct
constexpr std::size_t kMostBlockersNamed = 3;

// One way to make a conjunct true: cells for some attributes, probes to be 1.
struct Alternative {
    std::vector<std::pair<AttributeId, std::size_t>> cells;
    std::vector<ProbeId> probes;
};

// The rules of one layer: does each of them ever give the layer's answer?
class LayerInquiry {
  public:
    LayerInquiry(Inquiry& inquiry, std::uint32_t decision, std::uint32_t layer)
        : inquiry_(inquiry),
          program_(inquiry.program),
          space_(inquiry.space),
          d_(decision),
          at_(layer),
          decision_(program_.decisions[decision]),
          layer_(decision_.layers[layer]) {}

    void run() {
        const Lives lives = cover(space_, decision_, layer_, kMostBlockersNamed);
        for (std::size_t i = 0; i < layer_.rules.size(); ++i) {
            const RuleId id = layer_.rules[i];
            if (lives.rules[i] == Life::dead) bury(id, lives.because[i]);
            if (lives.rules[i] != Life::open || tried(id)) continue;
            judge(id, blockers(i));
        }
        if (layer_.otherwise != kNone) judge_otherwise();
    }

  private:
    // Rules that keep this one from giving the answer wherever they are T.
    std::vector<RuleId> blockers(std::size_t position) const {
        const RuleId id = layer_.rules[position];
        if (decision_.policy == syntax::Policy::first)
            return {layer_.rules.begin(),
                    layer_.rules.begin() + static_cast<std::ptrdiff_t>(position)};
        std::vector<RuleId> result;
        for (const auto other : layer_.rules) {
            const auto& aside = program_.rules[other].overrides;
            const bool overrides = std::find(aside.begin(), aside.end(), id) != aside.end();
            if (overrides || beats(other, id)) result.push_back(other);
        }
        return result;
    }

    // Constant answers alone; others are weighed report by report.
    bool beats(RuleId other, RuleId id) const {
        const Answer& theirs = program_.rules[other].answer;
        const Answer& mine = program_.rules[id].answer;
        if (theirs.kind != Answer::Kind::constant || mine.kind != Answer::Kind::constant)
            return false;
        if (!program_.rules[other].overrides.empty() || overridden(other)) return false;
        const auto order = compare(decision_.domain, theirs.value, mine.value);
        switch (decision_.policy) {
            case syntax::Policy::highest:
            case syntax::Policy::longest: return order > 0;
            case syntax::Policy::lowest:
            case syntax::Policy::shortest: return order < 0;
            default: return false;
        }
    }

    bool overridden(RuleId id) const {
        return std::any_of(layer_.rules.begin(), layer_.rules.end(), [&](RuleId other) {
            const auto& aside = program_.rules[other].overrides;
            return std::find(aside.begin(), aside.end(), id) != aside.end();
        });
    }

    // `fired`: the T rules of the layer (the first of them under `first`).
    bool gives_answer(RuleId id, std::vector<RuleId> fired, const Input& input) const {
        std::vector<RuleId> aside;
        for (const auto other : fired) {
            const auto& names = program_.rules[other].overrides;
            aside.insert(aside.end(), names.begin(), names.end());
        }
        const auto set_aside = [&](RuleId other) {
            return std::find(aside.begin(), aside.end(), other) != aside.end();
        };
        if (std::find(fired.begin(), fired.end(), id) == fired.end() || set_aside(id)) return false;
        const bool high = decision_.policy == syntax::Policy::highest ||
                          decision_.policy == syntax::Policy::longest;
        const bool low = decision_.policy == syntax::Policy::lowest ||
                         decision_.policy == syntax::Policy::shortest;
        if (!high && !low) return true;
        const Code mine = answer_of(program_, program_.rules[id].answer, input);
        return std::none_of(fired.begin(), fired.end(), [&](RuleId other) {
            if (set_aside(other)) return false;
            const auto order = compare(
                decision_.domain, answer_of(program_, program_.rules[other].answer, input), mine);
            return high ? order > 0 : order < 0;
        });
    }

    bool live_in(RuleId id, const Report& report) const {
        const Input input = inquiry_.search.input_of(report, space_.under(d_));
        return gives_answer(
            id, fired_in_layer(program_, inquiry_.search.compiled(), d_, at_, input), input);
    }

    // Ways to make a term true at its simplest; none for what is not simple.
    std::vector<Alternative> alternatives(const Term& term) const {
        std::vector<Alternative> result;
        if (term.kind == Term::Kind::probe && !term.negated) result.push_back({{}, {term.probe}});
        if (term.kind == Term::Kind::cells && !space_.is_decision(term.attribute)) {
            CellSet cells = space_.everything().cells[term.attribute];
            cells &= term.yes;
            cells.each([&](std::size_t cell) {
                if (result.size() < kMostAlternatives)
                    result.push_back({{{term.attribute, cell}}, {}});
            });
        }
        if (term.kind != Term::Kind::any) return result;
        for (const auto& child : term.children)
            for (auto& one : alternatives(child)) {
                if (result.size() >= kMostAlternatives) return result;
                result.push_back(one);
                leave_out(term, child, result.back());
            }
        return result;
    }

    // The other children of an `or` false, where one attribute each allows it: the report that
    // earlier rules cover least.
    void leave_out(const Term& term, const Term& kept, Alternative& one) const {
        for (const auto& other : term.children) {
            if (&other == &kept || other.kind != Term::Kind::cells) continue;
            if (space_.is_decision(other.attribute)) continue;
            const auto taken = std::any_of(one.cells.begin(), one.cells.end(), [&](const auto& c) {
                return c.first == other.attribute;
            });
            CellSet cells = space_.everything().cells[other.attribute];
            cells &= ~other.yes;
            if (!taken && !cells.empty()) one.cells.emplace_back(other.attribute, cells.first());
        }
    }

    // Minimal reports of the rule, decided one by one; true where one shows it alive.
    bool tried(RuleId id) {
        const Term& term = space_.term(id);
        std::vector<std::vector<Alternative>> conjuncts;
        const auto add = [&](const Term& one) {
            auto ways = alternatives(one);
            if (!ways.empty()) conjuncts.push_back(std::move(ways));
        };
        if (term.kind == Term::Kind::all)
            for (const auto& child : term.children) add(child);
        else
            add(term);
        // What differs most between rules varies fastest: texts, then long lists.
        std::stable_sort(conjuncts.begin(), conjuncts.end(), [](const auto& a, const auto& b) {
            const bool a_text = !a.front().probes.empty();
            const bool b_text = !b.front().probes.empty();
            return a_text != b_text ? b_text : a.size() < b.size();
        });
        Report report = inquiry_.search.pick(all_silent());
        std::size_t tries = 0;
        return vary(id, conjuncts, 0, report, tries);
    }

    // Every text empty, everything unknown or at its lowest.
    const Box& all_silent() {
        if (silent_.cells.empty()) {
            silent_ = space_.everything();
            for (auto& probe : silent_.probes) probe = 0;
        }
        return silent_;
    }

    bool vary(RuleId id, const std::vector<std::vector<Alternative>>& conjuncts, std::size_t at,
              Report& report, std::size_t& tries) {
        if (at == conjuncts.size()) return ++tries <= kMostTries && live_in(id, report);
        for (const auto& way : conjuncts[at]) {
            const Report before = report;
            for (const auto& [attribute, cell] : way.cells)
                report.values[attribute] = space_.cells(attribute).lowest(static_cast<Cell>(cell));
            for (const auto probe : way.probes)
                if (const auto phrase = space_.shortest_phrase(probe))
                    report.phrases.push_back(*phrase);
            if (vary(id, conjuncts, at + 1, report, tries)) return true;
            report = before;
            if (tries > kMostTries) return false;
        }
        return false;
    }

    void judge(RuleId id, const std::vector<RuleId>& blockers) {
        Box own = space_.everything();
        narrow(space_.term(id), space_, own);
        Goal goal;
        goal.scope = space_.under(d_);
        goal.all.push_back({id, nullptr, kYes});
        std::vector<RuleId> near;
        inquiry_.search.abstract().forward(own, goal.scope.decisions);
        for (const auto blocker : blockers) {
            if ((inquiry_.search.abstract().truths(blocker, own) & kYes) == 0) continue;
            near.push_back(blocker);
            goal.all.push_back({blocker, nullptr, kNotYes});
        }
        goal.holds = [this, id](const Input& input, const Decider&) {
            return gives_answer(
                id, fired_in_layer(program_, inquiry_.search.compiled(), d_, at_, input), input);
        };
        conclude(id, goal, near);
    }

    void judge_otherwise() {
        const Rule& rule = program_.rules[layer_.otherwise];
        const Truths allowed = layer_.even_if_unknown ? kNotYes : kNo;
        Goal goal;
        goal.scope = space_.under(d_);
        goal.all.push_back({layer_.otherwise, nullptr, kYes});
        for (const auto id : layer_.rules) goal.all.push_back({id, nullptr, allowed});
        goal.holds = [this, &rule, allowed](const Input& input, const Decider&) {
            if (truth_of(program_, rule, input) != Truth::yes) return false;
            return std::all_of(layer_.rules.begin(), layer_.rules.end(), [&](RuleId id) {
                const Truth truth = truth_of(program_, program_.rules[id], input);
                return truth == Truth::no || (truth == Truth::unknown && allowed != kNo);
            });
        };
        const Report silent = inquiry_.search.pick(all_silent());
        const Input input = inquiry_.search.input_of(silent, goal.scope);
        if (goal.holds(input, {})) return;
        conclude(layer_.otherwise, goal, {});
    }

    void conclude(RuleId id, const Goal& goal, const std::vector<RuleId>& near) {
        const Answered answer = inquiry_.ask(goal);
        const Rule& rule = program_.rules[id];
        if (answer.kind == Answered::Kind::found) return;
        if (answer.kind == Answered::Kind::not_proved)
            return inquiry_.not_proved(rule.span, decision_.name, rule.name);
        bury(id, condition_possible(id) ? near : std::vector<RuleId>());
    }

    void bury(RuleId id, const std::vector<RuleId>& because) {
        const Rule& rule = program_.rules[id];
        DeadRule dead{layer_.layer, decision_.name, rule.name, rule.at, rule.span, {}};
        for (const auto blocker : because)
            if (dead.because.size() < kMostBlockersNamed)
                dead.because.push_back(program_.rules[blocker].name);
        inquiry_.report.dead.push_back(std::move(dead));
    }

    bool condition_possible(RuleId id) {
        Goal goal;
        goal.scope = space_.under(d_);
        goal.all.push_back({id, nullptr, kYes});
        goal.holds = [this, id](const Input& input, const Decider&) {
            return truth_of(program_, program_.rules[id], input) == Truth::yes;
        };
        return inquiry_.ask(goal).kind == Answered::Kind::found;
    }

    Inquiry& inquiry_;
    const Program& program_;
    const Space& space_;
    std::uint32_t d_;
    std::uint32_t at_;
    const Decision& decision_;
    const DecisionLayer& layer_;
    Box silent_;
};

}  // namespace

void ask_dead(Inquiry& inquiry, std::uint32_t decision) {
    const auto layers = inquiry.program.decisions[decision].layers.size();
    for (std::uint32_t at = 0; at < layers; ++at) LayerInquiry(inquiry, decision, at).run();
}

}  // namespace pintu::rules
