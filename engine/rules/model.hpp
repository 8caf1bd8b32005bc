// A checked rule program: one agency's whole stack of layers on one date interval, names resolved,
// every value a number. The oracle, the compiler and the analysis all start from this.
//
// language.md: the Rn and Ln in comments are its paragraphs.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/source.hpp"
#include "engine/calendar/duration.hpp"
#include "engine/registry/tree.hpp"
#include "engine/rules/syntax/ast.hpp"

namespace pintu::rules {

// A value of a finite type as a number; what it means is its Domain's.
//   yesno: 0 no, 1 yes.   enumeration: index of the member.   range: the integer itself.
//   category, region: pre-order index of the node in its tree (so a subtree is an interval).
//   unit: index in Program::units.   duration: duration_code().   set: bit i = member i.
using Code = std::int64_t;
constexpr Code kUnknown = std::numeric_limits<Code>::min();

constexpr Code duration_code(const calendar::Duration& d) {
    return (static_cast<Code>(d.unit) << 32) | d.count;
}
constexpr calendar::Duration duration_of(Code code) {
    return {static_cast<std::int32_t>(code & 0xffffffff),
            static_cast<calendar::DurationUnit>(code >> 32)};
}

struct Domain {
    enum class Kind { yesno, enumeration, range, category, region, unit, duration, text, set };
    Kind kind = Kind::enumeration;
    std::vector<std::string> members;  // of enumeration and set, in declared order
    bool ordered = false;              // {a < b}
    std::int64_t low = 0;              // of range
    std::int64_t high = 0;
    bool operator==(const Domain&) const = default;
};

// A type as a definition writes it: "category", "0..99", "{rendah < normal}", "set of {foto}".
std::string show_type(const Domain& domain);

using AttributeId = std::uint32_t;  // index in Program::attributes
using ProbeId = std::uint32_t;      // index in Program::probes
using RuleId = std::uint32_t;       // index in Program::rules
constexpr std::uint32_t kNone = 0xffffffff;

// Something that an atom can read: a field of the report, a fact, a decision.
struct Attribute {
    enum class Source { field, fact, decision };
    std::string name;
    Source source = Source::field;
    Domain domain;
    bool required = false;     // R1: then never unknown
    Code fallback = kUnknown;  // default of a required field; `else` of a fact
    std::uint32_t index = 0;   // of facts: in Program::facts; of decisions: in Program::decisions
};

// R5: the one yes/no that a decision reads of a text.
struct Probe {
    enum class Kind { contains, mentions };
    Kind kind = Kind::mentions;
    AttributeId field = 0;             // a text field
    std::string name;                  // lexicon's name, or the literal
    std::vector<std::string> phrases;  // of a lexicon after L3; one for a literal
};

struct Atom {
    enum class Kind { compare, known, unknown, probe, includes };
    Kind kind = Kind::compare;
    AttributeId attribute = 0;  // of a probe: the text field
    syntax::Comparison comparison = syntax::Comparison::equal;
    // Sorted, without repeats; one for equal, not_equal and the orders. Of includes: one bit set,
    // all of whose members the value must have.
    std::vector<Code> operands;
    std::vector<std::pair<Code, Code>> ranges;  // [low, high] of `in a..b`, both included
    ProbeId probe = 0;
    std::string text;  // as written, for the why
    Span span;
};

// Kleene's strong three values.
enum class Truth : std::uint8_t { no, unknown, yes };

struct Condition {
    enum class Kind { always, atom, all, any, negation };
    Kind kind = Kind::always;
    Atom atom;
    std::vector<Condition> children;
};

struct Answer {
    enum class Kind { constant, attribute, office_for };
    Kind kind = Kind::constant;
    Code value = 0;             // of constant; a bit set under `collect`
    AttributeId attribute = 0;  // of attribute
    AttributeId category = 0;   // of office_for
    AttributeId region = 0;
};

struct Rule {
    std::string name;  // "kabupaten", "prioritas.1", "disposisi.csv:7", "otherwise"
    Condition when;
    Answer answer;
    std::string because;
    std::vector<RuleId> overrides;
    Span span;
    std::string at;  // "rules/.../disposisi.rules:12"
    std::uint32_t decision = 0;
    std::uint32_t layer = 0;  // index in Decision::layers
};

// The rules of one decision in one layer of the stack (an overlay is a layer of its own, L7).
struct DecisionLayer {
    std::string layer;          // "nasional", "64", "64.09", "64.09+covid"
    std::vector<RuleId> rules;  // file order, rows first; without otherwise
    RuleId otherwise = kNone;
    bool even_if_unknown = false;
    Date from;  // of the ruleset version that these rules stand in (L4)
};

struct Limit {
    syntax::Bound bound = syntax::Bound::at_most;
    Code value = 0;
    Condition when;
    std::string because;
    std::string layer;
    Date from;  // of the ruleset that sets it (L4)
    Span span;
    std::string at;
};

struct AcceptedGap {
    Condition when;
    Date until;
    std::string because;
    std::string at;
};

struct Decision {
    std::string name;
    AttributeId attribute = 0;
    Domain domain;
    syntax::Policy policy = syntax::Policy::unique;
    std::vector<DecisionLayer> layers;  // most local first: the order in which they are asked (L2)
    std::vector<Limit> limits;          // the order in which they cut: lower layers first (L4)
    std::vector<AcceptedGap> accepted;
    Span span;
    std::string at;
};

struct Fact {
    std::string name;
    AttributeId attribute = 0;
    std::variant<syntax::PluginFact, syntax::CountFact> source;
    std::vector<AttributeId> arguments;  // of the plugin call; of count: the `same` attribute
    std::string definition;              // canonical text: equal text = same fact (section 6)
};

// R12: the registry as a table, most specific first; a category or region of -1 is "any".
struct OfficeRow {
    std::int32_t category = -1;
    std::int32_t region = -1;
    Code unit = 0;
};

// R17 and the `prove` of no_wrong_door.
struct UnitFacts {
    UnitId id;
    std::string name;
    bool receives_all = false;
    std::vector<std::pair<std::int32_t, std::int32_t>> competent;  // own and also_competent rows
    std::vector<std::pair<Date, std::optional<Date>>> staffed;
};

struct Claim {
    enum class Kind { decided, competent, staffed };
    Kind kind = Kind::decided;
    std::vector<AttributeId> arguments;
};

struct Proof {
    std::string name;
    bool every = true;          // else monotone
    std::vector<Claim> claims;  // of every
    AttributeId raised = 0;     // of monotone
    AttributeId moved = 0;
    std::string verb;
    Span span;
    std::string at;
};

// A test in a rule file, resolved (section 2, R20).
struct TestCase {
    struct Expectation {
        std::uint32_t decision = 0;
        bool includes = false;
        bool undecided = false;
        Code value = 0;
        Span span;
    };
    std::string title;
    Date on;
    std::vector<std::pair<AttributeId, Code>> given;
    std::vector<std::pair<AttributeId, std::string>> texts;
    std::vector<Expectation> expect;
    std::string layer;
    Span span;
    std::string at;
};

struct Program {
    AgencyCode agency;
    std::string own_layer;  // the last of the layers that were checked: "64.09"
    Date from;  // this program is proved for [from, until], whose end may be the horizon (R13)
    Date until;
    Date lasts;  // and in force until this day, which may be later
    std::shared_ptr<const registry::Tree> categories;
    std::shared_ptr<const registry::Tree> regions;
    std::int32_t agency_region = -1;  // the agency's own node in regions; -1: anywhere
    std::vector<UnitFacts> units;     // code = index
    Code front_desk = 0;
    std::vector<Attribute> attributes;
    std::vector<Probe> probes;
    std::vector<Fact> facts;
    std::vector<Decision> decisions;
    std::vector<Rule> rules;
    std::vector<OfficeRow> offices;
    // Facts and decisions in an order in which each comes after what it reads (R6).
    std::vector<AttributeId> order;
    std::vector<Proof> proofs;
    std::vector<TestCase> tests;

    AttributeId find(std::string_view attribute) const;  // kNone where there is none
    // A code as people write it: "jalan_berlubang" path, "64.09/dpupr" or "dpupr" within the
    // agency, "14 working days", "{foto, lokasi}", "unknown".
    std::string show(const Domain& domain, Code code) const;
    // The inverse of show(), also for "64.09/dpupr" and Indonesian durations; kUnknown for
    // "unknown", nothing for text that is no value of the domain. Texts have no values.
    std::optional<Code> read(const Domain& domain, std::string_view text) const;
};

}  // namespace pintu::rules
