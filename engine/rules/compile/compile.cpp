#include "engine/rules/compile/compile.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "engine/rules/compile/clauses.hpp"
#include "engine/rules/compile/compiled.hpp"
#include "engine/rules/compile/grid.hpp"
#include "engine/rules/compile/index.hpp"
#include "engine/rules/evaluate/reads.hpp"
#include "engine/text/fold.hpp"

namespace pintu::rules {
namespace {

constexpr std::size_t kMostLocalLiterals = 0xffff;
constexpr std::uint32_t kMostBitmapClasses = 255;

Condition any_of(const Program& program, const std::vector<ProbeId>& probes) {
    Condition any;
    any.kind = Condition::Kind::any;
    for (const auto probe : probes) {
        Condition& child = any.children.emplace_back();
        child.kind = Condition::Kind::atom;
        child.atom.kind = Atom::Kind::probe;
        child.atom.attribute = program.probes[probe].field;
        child.atom.probe = probe;
    }
    return any;
}

class LayerCompiler {
  public:
    LayerCompiler(const Program& program, const std::vector<AttributeCells>& cells,
                  const Decision& decision)
        : program_(program), cells_(cells), decision_(decision), grid_(program, cells) {}

    CompiledLayer compile(const DecisionLayer& layer) {
        for (const auto id : layer.rules) add(program_.rules[id], id);
        drop_wide_axes();
        grid_.gather(clauses_);
        for (const auto& rule : clauses_) sets_.push_back(grid_.sets_of(rule));
        result_.ever_unknown = can_be_unknown();
        grid_.merge(sets_);
        index();
        look_up();
        result_.axes = std::move(grid_.axes());
        result_.even_if_unknown = layer.even_if_unknown;
        result_.otherwise = layer.otherwise;
        if (layer.otherwise != kNone) {
            const Answer& answer = program_.rules[layer.otherwise].answer;
            result_.otherwise_constant = answer.kind == Answer::Kind::constant;
            result_.otherwise_answer = answer.value;
        }
        return std::move(result_);
    }

  private:
    void add(const Rule& rule, RuleId id) {
        Clauses clauses = split(rule.when, cells_);
        CompiledRule compiled;
        compiled.id = id;
        compiled.answer = rule.answer.value;
        compiled.constant = rule.answer.kind == Answer::Kind::constant;
        if (clauses.has_literals && !localise(clauses.literals)) {
            clauses.checks.push_back(any_of(program_, clauses.literals));
            clauses.literals.clear();
            clauses.has_literals = false;
        }
        clauses_.push_back(std::move(clauses));
        result_.rules.push_back(std::move(compiled));
    }

    // From probes to this layer's literals; false where they are too many for 16 bits.
    bool localise(std::vector<ProbeId>& probes) {
        std::sort(probes.begin(), probes.end());
        probes.erase(std::unique(probes.begin(), probes.end()), probes.end());
        if (probes.size() > Index::kMostLiterals) return false;
        if (result_.literals.size() + probes.size() > kMostLocalLiterals) return false;
        for (auto& probe : probes) {
            const auto [it, fresh] =
                local_.try_emplace(probe, static_cast<std::uint32_t>(result_.literals.size()));
            if (fresh) {
                const Probe& source = program_.probes[probe];
                const bool contains = source.kind == Probe::Kind::contains;
                const auto folded = contains ? text::fold(source.phrases.at(0)) : std::string();
                result_.literals.push_back(make_literal(folded, result_.bytes));
                result_.probes.push_back(probe);
            }
            probe = it->second;
        }
        return true;
    }

    // A third wide tree would make the bitmaps long: its clauses are evaluated as written.
    void drop_wide_axes() {
        std::map<std::vector<AttributeId>, std::size_t> wide;
        for (const auto& rule : clauses_)
            for (const auto& clause : rule.sets) {
                std::size_t joint = 1;
                for (const auto attribute : clause.attributes) joint *= cells_[attribute].count();
                if (joint > kMostBitmapClasses) ++wide[clause.attributes];
            }
        while (wide.size() > 2) {
            auto rarest = wide.begin();
            for (auto it = wide.begin(); it != wide.end(); ++it)
                if (it->second < rarest->second) rarest = it;
            for (auto& rule : clauses_) to_checks(rule, rarest->first);
            wide.erase(rarest);
        }
    }

    static void to_checks(Clauses& rule, const std::vector<AttributeId>& attributes) {
        const auto keep = std::stable_partition(
            rule.sets.begin(), rule.sets.end(),
            [&](const SetClause& clause) { return clause.attributes != attributes; });
        for (auto it = keep; it != rule.sets.end(); ++it) rule.checks.push_back(it->condition);
        rule.sets.erase(keep, rule.sets.end());
    }

    // Before cells are merged to classes.
    bool can_be_unknown() const {
        for (std::size_t r = 0; r < clauses_.size(); ++r) {
            if (!clauses_[r].checks.empty() || !result_.rules[r].constant) return true;
            for (std::size_t at = 0; at < sets_[r].size(); ++at) {
                bool found = false;
                const auto& sets = sets_[r][at];
                const Axis& axis = grid_.axes()[at];
                sets.not_no.each([&](std::size_t cell) {
                    found = found || (!sets.yes.has(cell) && grid_.possible(axis, cell));
                });
                if (found) return true;
            }
        }
        return false;
    }

    void index() {
        std::vector<IndexRule> sure(clauses_.size());
        std::vector<IndexRule> possible(clauses_.size());
        for (std::size_t r = 0; r < clauses_.size(); ++r) {
            IndexRule rule;
            rule.plain = result_.rules[r].constant && clauses_[r].checks.empty();
            rule.has_literals = clauses_[r].has_literals;
            for (const auto literal : clauses_[r].literals)
                rule.literals.push_back(static_cast<std::uint16_t>(literal));
            sure[r] = possible[r] = rule;
            for (const auto& sets : sets_[r]) {
                const bool everywhere = sets.yes.size() == 0;
                sure[r].classes.push_back(everywhere ? nullptr : &sets.yes);
                possible[r].classes.push_back(everywhere ? nullptr : &sets.not_no);
                sure[r].never = sure[r].never || (!everywhere && sets.yes.empty());
                possible[r].never = possible[r].never || (!everywhere && sets.not_no.empty());
            }
            result_.checks.push_back(std::move(clauses_[r].checks));
        }
        const bool first = decision_.policy == syntax::Policy::first;
        result_.sure = build_index(grid_.axes(), sure, first);
        if (result_.ever_unknown) result_.possible = build_index(grid_.axes(), possible, false);
    }

    void look_up() {
        for (std::uint32_t at = 0; at < grid_.axes().size(); ++at) {
            const Axis& axis = grid_.axes()[at];
            for (std::size_t i = 0; i < axis.attributes.size(); ++i) {
                const AttributeCells& cells = cells_[axis.attributes[i]];
                Lookup lookup;
                lookup.axis = at;
                lookup.attribute = axis.attributes[i];
                lookup.joined = axis.attributes.size() > 1;
                lookup.last = i + 1 == axis.attributes.size();
                lookup.base = cells.lowest(1);
                lookup.size = static_cast<std::uint32_t>(cells.dense_size());
                lookup.first = static_cast<std::uint32_t>(result_.parts.size());
                const auto add_part = [&](Cell cell) {
                    result_.parts.push_back(lookup.joined ? cell * axis.strides[i]
                                                          : axis.class_of[cell]);
                };
                add_part(kUnknownCell);
                if (lookup.size == 0)
                    for (Cell cell = 1; cell < cells.count(); ++cell) add_part(cell);
                for (std::uint32_t v = 0; v < lookup.size; ++v) add_part(cells.of(lookup.base + v));
                result_.lookups.push_back(lookup);
            }
        }
    }

    const Program& program_;
    const std::vector<AttributeCells>& cells_;
    const Decision& decision_;
    Grid grid_;
    std::vector<Clauses> clauses_;
    std::vector<std::vector<TruthSets>> sets_;
    std::unordered_map<ProbeId, std::uint32_t> local_;
    CompiledLayer result_;
};

bool quick(const Program& program, const Decision& decision, const CompiledDecision& compiled) {
    if (compiled.policy != syntax::Policy::first) return false;
    if (!decision.limits.empty() || !decision.accepted.empty()) return false;
    AttributeId field = kNone;
    for (const auto& layer : compiled.layers) {
        if (layer.otherwise != kNone && !layer.otherwise_constant) return false;
        if (layer.otherwise != kNone && layer.ever_unknown && !layer.even_if_unknown) return false;
        for (std::size_t r = 0; r < layer.rules.size(); ++r)
            if (!layer.rules[r].constant || !layer.checks[r].empty()) return false;
        for (const auto id : layer.probes) {
            const Probe& probe = program.probes[id];
            if (field == kNone) field = probe.field;
            if (probe.kind != Probe::Kind::contains || probe.field != field) return false;
        }
    }
    return true;
}

CompiledDecision compile_decision(const Program& program, const std::vector<AttributeCells>& cells,
                                  const Decision& decision) {
    CompiledDecision result;
    result.policy = decision.policy;
    const auto guarded = tested_for_unknown(program, decision);
    for (const auto& layer : decision.layers)
        result.layers.push_back(LayerCompiler(program, cells, decision).compile(layer));
    for (const auto attribute : attributes_read(program, decision)) {
        result.reads.push_back(attribute);
        if (guarded.count(attribute) == 0) result.unguarded.push_back(attribute);
        if (surely_known(program.attributes[attribute])) result.surely_known.push_back(attribute);
    }
    result.quick = quick(program, decision, result);
    return result;
}

std::size_t bytes_of(const Index& index) {
    return index.words.bytes() + index.table.size() * sizeof(std::uint32_t);
}

}  // namespace

std::shared_ptr<const Compiled> compile(const Program& program) {
    auto compiled = std::make_shared<Compiled>();
    compiled->cells = cells_of(program);
    for (const auto& decision : program.decisions)
        compiled->decisions.push_back(compile_decision(program, compiled->cells, decision));
    return compiled;
}

CompiledSize size_of(const Compiled& compiled) {
    CompiledSize size;
    for (const auto& decision : compiled.decisions)
        for (const auto& layer : decision.layers) {
            size.bytes += bytes_of(layer.sure) + bytes_of(layer.possible) + layer.bytes.size() +
                          layer.literals.size() * sizeof(Literal) +
                          layer.rules.size() * sizeof(CompiledRule);
            for (const auto& axis : layer.axes)
                size.bytes += axis.class_of.size() * sizeof(std::uint32_t);
            size.cells += layer.sure.table.size() + layer.possible.table.size();
            size.blocks += layer.sure.blocks + layer.possible.blocks;
            size.literals += layer.literals.size();
        }
    return size;
}

}  // namespace pintu::rules
