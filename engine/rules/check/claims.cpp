#include "engine/rules/check/claims.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"
#include "engine/rules/check/constants.hpp"
#include "engine/rules/evaluate/reads.hpp"

namespace pintu::rules {

namespace {

bool has_order(const Domain& domain) {
    return domain.ordered || domain.kind == Domain::Kind::range ||
           domain.kind == Domain::Kind::duration;
}

class Proofs {
  public:
    explicit Proofs(StackScope& scope) : scope_(scope) {}

    void add(const syntax::Prove& written) {
        Proof proof;
        proof.name = written.name.text;
        proof.span = written.name.span;
        proof.at = scope_.place(written.span);
        const auto* every = std::get_if<syntax::Prove::Every>(&written.claim);
        const bool sound =
            every != nullptr
                ? add_every(*every, proof)
                : add_monotone(std::get<syntax::Prove::Monotone>(written.claim), proof);
        if (sound) scope_.program.proofs.push_back(std::move(proof));
    }

  private:
    bool add_every(const syntax::Prove::Every& every, Proof& proof) {
        if (every.schema.text != scope_.stack.schema->name) {
            scope_.diagnostics.error("RU152", every.schema.span, every.schema.text,
                                     scope_.stack.schema->name);
            return false;
        }
        for (const auto& written : every.claims) {
            const auto claim = written.call ? call_claim(written) : decided_claim(written);
            if (!claim) return false;
            proof.claims.push_back(*claim);
        }
        return true;
    }

    std::optional<Claim> decided_claim(const syntax::Prove::Claim& written) {
        const auto index = scope_.find_decision(written.name);
        if (!index) return {};
        return Claim{Claim::Kind::decided, {scope_.program.decisions[*index].attribute}};
    }

    std::optional<Claim> call_claim(const syntax::Prove::Claim& written) {
        using Kind = Domain::Kind;
        static const std::map<std::string, std::pair<Claim::Kind, std::vector<Kind>>> kForms = {
            {"competent", {Claim::Kind::competent, {Kind::unit, Kind::category, Kind::region}}},
            {"staffed", {Claim::Kind::staffed, {Kind::unit}}},
        };
        const auto form = kForms.find(written.name.text);
        if (form == kForms.end()) {
            scope_.diagnostics.error("RU153", written.name.span, written.name.text);
            return {};
        }
        Claim claim{form->second.first, {}};
        for (const auto& argument : written.arguments) {
            const auto id = scope_.find(argument);
            if (!id) return {};
            claim.arguments.push_back(*id);
        }
        std::vector<Kind> kinds;
        for (const auto id : claim.arguments) kinds.push_back(scope_.attribute(id).domain.kind);
        if (kinds == form->second.second) return claim;
        scope_.diagnostics.error("RU153", written.name.span, written.name.text);
        return {};
    }

    bool add_monotone(const syntax::Prove::Monotone& written, Proof& proof) {
        const auto raised = scope_.find(written.raised);
        const auto moved = scope_.find_decision(written.moved);
        if (!raised || !moved) return false;
        const Decision& decision = scope_.program.decisions[*moved];
        const Domain& domain = scope_.attribute(*raised).domain;
        const bool of_length = written.verb == "lengthens" || written.verb == "shortens";
        if (!has_order(domain) || !has_order(decision.domain) ||
            of_length != (decision.domain.kind == Domain::Kind::duration)) {
            scope_.diagnostics.error("RU154", written.raised.span, written.raised.text,
                                     show_type(domain), written.verb, decision.name,
                                     show_type(decision.domain));
            return false;
        }
        if (!reads(*moved, *raised)) {
            scope_.diagnostics.error("RU155", written.moved.span, decision.name,
                                     written.raised.text);
            return false;
        }
        proof.every = false;
        proof.raised = *raised;
        proof.moved = decision.attribute;
        proof.verb = written.verb;
        return true;
    }

    // R17: directly or through other decisions and facts.
    bool reads(std::uint32_t decision, AttributeId wanted) {
        std::set<AttributeId> seen;
        std::vector<AttributeId> open = {scope_.program.decisions[decision].attribute};
        while (!open.empty()) {
            const Attribute& attribute = scope_.attribute(open.back());
            open.pop_back();
            std::set<AttributeId> needs;
            if (attribute.source == Attribute::Source::decision)
                needs = attributes_read(scope_.program, scope_.program.decisions[attribute.index]);
            if (attribute.source == Attribute::Source::fact) {
                const auto& arguments = scope_.program.facts[attribute.index].arguments;
                needs.insert(arguments.begin(), arguments.end());
            }
            for (const AttributeId id : needs)
                if (seen.insert(id).second) open.push_back(id);
        }
        return seen.count(wanted) > 0;
    }

    StackScope& scope_;
};

class Tests {
  public:
    explicit Tests(StackScope& scope) : scope_(scope) {}

    void add(const syntax::Test& written, const ActiveFile& file) {
        const Date on = written.on.value_or(file.from);
        if (!file.in_force(on)) {
            scope_.diagnostics.error("RU163", written.title.span, to_string(on),
                                     to_string(file.from), to_string(file.until));
            return;
        }
        if (on < scope_.program.from || on > scope_.program.until) return;  // another program's
        if (scope_.program.tests.size() >= kMostTests) return report_too_many(written);
        TestCase test;
        test.title = written.title.text;
        test.on = on;
        test.layer = file.layer;
        test.span = written.title.span;
        test.at = scope_.place(written.span);
        const auto [at, fresh] = titles_.emplace(test.title, test.at);
        if (!fresh) scope_.diagnostics.error("RU165", test.span, test.title, at->second);
        bool sound = true;
        for (const auto& given : written.given) sound = add_given(given, test) && sound;
        for (const auto& expected : written.expect) sound = add_expected(expected, test) && sound;
        if (sound) scope_.program.tests.push_back(std::move(test));
    }

  private:
    void report_too_many(const syntax::Test& written) {
        scope_.diagnostics.error("RU160", written.span,
                                 std::to_string(scope_.program.tests.size() + 1),
                                 std::to_string(kMostTests));
    }

    bool add_given(const syntax::Given& given, TestCase& test) {
        const auto id = scope_.find(given.name);
        if (!id) return false;
        const Attribute attribute = scope_.attribute(*id);
        if (attribute.source == Attribute::Source::decision) {
            scope_.diagnostics.error("RU156", given.name.span, given.name.text);
            return false;
        }
        for (const auto& [known, value] : test.given)
            if (known == *id) scope_.diagnostics.error("RU166", given.name.span, given.name.text);
        if (attribute.domain.kind == Domain::Kind::text) {
            test.texts.emplace_back(*id, given.value.text);
            return true;
        }
        const auto value = resolve_value(scope_, attribute.domain, attribute.name, given.value);
        if (value) test.given.emplace_back(*id, *value);
        return value.has_value();
    }

    bool add_expected(const syntax::Expectation& written, TestCase& test) {
        const auto index = scope_.find_decision(written.decision);
        if (!index) return false;
        const Decision& decision = scope_.program.decisions[*index];
        TestCase::Expectation expected;
        expected.decision = *index;
        expected.span = written.span;
        expected.includes = written.includes;
        expected.undecided = written.undecided;
        const bool set = decision.domain.kind == Domain::Kind::set;
        if (written.includes && !set) {
            scope_.diagnostics.error("RU108", written.decision.span, "includes", decision.name,
                                     show_type(decision.domain), "=");
            return false;
        }
        if (!written.undecided) {
            if (!set && written.values.size() != 1) {
                scope_.diagnostics.error("RU113", written.span, decision.name);
                return false;
            }
            const auto value =
                set ? resolve_set(scope_, decision.domain, decision.name, written.values)
                    : resolve_value(scope_, decision.domain, decision.name, written.values.front());
            if (!value) return false;
            expected.value = *value;
        }
        test.expect.push_back(expected);
        return true;
    }

    StackScope& scope_;
    std::map<std::string, std::string> titles_;
};

}  // namespace

void resolve_proofs(StackScope& scope) {
    Proofs proofs(scope);
    for (const ActiveFile& file : scope.files)
        for (const auto& item : file.file->items)
            if (const auto* prove = std::get_if<syntax::Prove>(&item)) proofs.add(*prove);
}

void resolve_tests(StackScope& scope) {
    if (scope.stack.layers.empty()) return;
    Tests tests(scope);
    for (const ActiveFile& file : scope.files) {
        if (file.folder != &scope.stack.layers.back()) continue;
        for (const auto& item : file.file->items)
            if (const auto* test = std::get_if<syntax::Test>(&item)) tests.add(*test, file);
    }
}

}  // namespace pintu::rules
