// The grammar of docs/rule-language.md in Spirit X3, over tokens. It is left-factored: no
// alternative reads more than two tokens before it is sure, so that time is linear.
#include "engine/rules/syntax/grammar.hpp"

#include <algorithm>
#include <boost/spirit/home/x3.hpp>
#include <functional>

namespace pintu::rules::syntax {
namespace {

namespace x3 = boost::spirit::x3;
using Iterator = const Token*;

// --- Failures ------------------------------------------------------------------------------------

struct FailureTag;

void missed(Failure& failure, Iterator at, const Expected& what) {
    if (failure.at && at < failure.at) return;
    if (failure.at != at) failure.expected.clear();
    failure.at = at;
    auto& expected = failure.expected;
    if (std::find(expected.begin(), expected.end(), what) == expected.end())
        expected.push_back(what);
}

// --- One token -----------------------------------------------------------------------------------

// A token that `Accepts` accepts; its attribute is the token.
template <class Accepts>
struct OneToken : x3::parser<OneToken<Accepts>> {
    using attribute_type = Token;
    static constexpr bool has_attribute = true;

    OneToken(Accepts fits, Expected says, bool silent = false)
        : accepts(fits), expected(says), quiet(silent) {}

    template <class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, const Iterator& last, const Context& context, RuleContext&,
               Attribute& attribute) const {
        if (first != last && accepts(*first)) {
            x3::traits::move_to(*first, attribute);
            ++first;
            return true;
        }
        if (!quiet) missed(x3::get<FailureTag>(context).get(), first, expected);
        return false;
    }

    Accepts accepts;
    Expected expected;
    bool quiet;  // not named in messages
};

using Kind = Token::Kind;

auto keyword(Keyword k) {
    return OneToken([k](const Token& t) { return t.keyword == k; },
                    {Expected::Kind::keyword, k, {}});
}
auto sign(std::string_view s) {
    return OneToken([s](const Token& t) { return t.is(s); },
                    {Expected::Kind::sign, Keyword::none, s});
}
auto quiet_sign(std::string_view s) {
    return OneToken([s](const Token& t) { return t.is(s); },
                    {Expected::Kind::sign, Keyword::none, s}, true);
}
bool is_name(const Token& t) {
    return t.kind == Kind::word && !t.reserved;
}
bool is_function(const Token& t) {
    return is_name(t) || t.kind == Kind::dotted;
}
bool is_plain_value(const Token& t) {
    return is_name(t) || t.kind == Kind::path || t.kind == Kind::region || t.kind == Kind::range ||
           t.kind == Kind::date || t.keyword == Keyword::yes || t.keyword == Keyword::no;
}
template <Kind K>
bool is_kind(const Token& t) {
    return t.kind == K;
}
bool is_simple_type(const Token& t) {
    return t.kind == Kind::range || (t.keyword >= Keyword::yesno && t.keyword <= Keyword::text);
}
bool is_policy(const Token& t) {
    return t.keyword >= Keyword::unique && t.keyword <= Keyword::collect;
}
bool is_verb(const Token& t) {
    return t.keyword >= Keyword::lengthens && t.keyword <= Keyword::lowers;
}
bool is_time_unit(const Token& t) {
    return t.keyword >= Keyword::hours && t.keyword <= Keyword::working_days;
}
bool is_comparison(const Token& t) {
    return t.is("=") || t.is("!=") || t.is("<") || t.is("<=") || t.is(">") || t.is(">=");
}

const OneToken a_name(&is_name, {Expected::Kind::name, {}, {}});
const OneToken a_function(&is_function, {Expected::Kind::name, {}, {}});
const OneToken a_plain_value(&is_plain_value, {Expected::Kind::value, {}, {}});
const OneToken a_number_value(&is_kind<Kind::integer>, {Expected::Kind::value, {}, {}});
const OneToken a_number(&is_kind<Kind::integer>, {Expected::Kind::number, {}, {}});
const OneToken a_text(&is_kind<Kind::string>, {Expected::Kind::text, {}, {}});
const OneToken a_date(&is_kind<Kind::date>, {Expected::Kind::date, {}, {}});
const OneToken a_simple_type(&is_simple_type, {Expected::Kind::type, {}, {}});
const OneToken a_policy(&is_policy, {Expected::Kind::keyword, Keyword::unique, {}});
const OneToken a_verb(&is_verb, {Expected::Kind::verb, {}, {}});
const OneToken a_time_unit(&is_time_unit, {Expected::Kind::keyword, Keyword::days, {}});
const OneToken a_comparison(&is_comparison, {Expected::Kind::sign, {}, kComparisons});

// --- Tokens to leaves ----------------------------------------------------------------------------

Name to_name(const Token& t) {
    return {std::string(t.text), t.span};
}
Date to_date(const Token& t) {
    return parse_date(t.text).value_or(Date{});
}
std::int64_t to_number(std::string_view digits) {
    std::int64_t number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}
Literal to_literal(const Token& t) {
    switch (t.kind) {
        case Kind::integer: return {Literal::Kind::integer, std::string(t.text), t.span};
        case Kind::region: return {Literal::Kind::region, std::string(t.text), t.span};
        case Kind::date: return {Literal::Kind::date, std::string(t.text), t.span};
        case Kind::range: return {Literal::Kind::range, std::string(t.text), t.span};
        case Kind::string:
            return {Literal::Kind::string, std::string(t.text.substr(1, t.text.size() - 2)),
                    t.span};
        default: break;
    }
    const bool answer = t.keyword == Keyword::yes || t.keyword == Keyword::no;
    return {Literal::Kind::word, std::string(answer ? to_text(t.keyword) : t.text), t.span};
}
void make_duration(Literal& number, const Token& unit) {
    number.kind = Literal::Kind::duration;
    number.text += " " + std::string(to_text(unit.keyword));
    if (to_number(number.text.substr(0, number.text.find(' '))) == 1) number.text.pop_back();
    number.span = join(number.span, unit.span);
}
Comparison to_comparison(const Token& t) {
    if (t.text == "=") return Comparison::equal;
    if (t.text == "!=") return Comparison::not_equal;
    if (t.text == "<") return Comparison::less;
    if (t.text == "<=") return Comparison::at_most;
    return t.text == ">" ? Comparison::greater : Comparison::at_least;
}
Policy to_policy(const Token& t) {
    return static_cast<Policy>(static_cast<int>(t.keyword) - static_cast<int>(Keyword::unique));
}
void set_simple_type(Type& type, const Token& t) {
    if (t.kind == Kind::word) {
        type.kind = Type::Kind::named;
        type.name = std::string(to_text(t.keyword));
        return;
    }
    type.kind = Type::Kind::range;
    const auto dots = t.text.find("..");
    type.low = to_number(t.text.substr(0, dots));
    type.high = to_number(t.text.substr(dots + 2));
}

// --- Actions -------------------------------------------------------------------------------------

// Puts the attribute into the node: `into([](Rule& rule, const Name& name) { ... })`.
template <class Put>
auto into(Put put) {
    return [put](auto& context) { put(x3::_val(context), x3::_attr(context)); };
}
// Changes the node where a word stands that carries nothing itself.
template <class Change>
auto then(Change change) {
    return [change](auto& context) { change(x3::_val(context)); };
}

// What `parser` reads, and the node gets the span of its tokens.
const auto set_span = [](auto& context) {
    const auto& range = x3::_attr(context);
    if (range.begin() != range.end())
        x3::_val(context).span = join(range.begin()->span, (range.end() - 1)->span);
};
template <class Parser>
auto spanned(const Parser& parser) {
    return x3::raw[parser][set_span];
}

const x3::rule<struct NameId, Name> name{"name"};
const x3::rule<struct FunctionId, Name> function{"function"};
const x3::rule<struct TextId, Literal> text{"text"};
const x3::rule<struct ValueId, Literal> value{"value"};
const x3::rule<struct NamesId, std::vector<Name>> names{"names"};
const x3::rule<struct ValuesId, std::vector<Literal>> values{"values"};
const x3::rule<struct SetId, std::vector<Literal>> set{"set"};
const x3::rule<struct BecauseId, Literal> because{"because"};
const x3::rule<struct AtomId, Atom> atom{"atom"};
const x3::rule<struct TermId, Condition> term{"term"};
const x3::rule<struct ConditionId, Condition> condition{"condition"};
const x3::rule<struct WhenId, Condition> when{"when"};
const x3::rule<struct CallId, Answer::Call> call{"call"};
const x3::rule<struct AnswerId, Answer> answer{"answer"};
const x3::rule<struct TypeId, Type> type{"type"};
const x3::rule<struct CellId, Cell> cell{"cell"};
const x3::rule<struct PluginFactId, PluginFact> plugin_fact{"plugin_fact"};
const x3::rule<struct CountFactId, CountFact> count_fact{"count_fact"};
const x3::rule<struct ClaimId, Prove::Claim> claim{"claim"};
const x3::rule<struct EveryId, Prove::Every> every{"every"};
const x3::rule<struct MonotoneId, Prove::Monotone> monotone{"monotone"};
const x3::rule<struct GivenValueId, Literal> given_value{"given value"};
const x3::rule<struct GivenId, Given> given{"given"};
const x3::rule<struct ExpectationId, Expectation> expectation{"expectation"};
const x3::rule<struct HeaderId, File> header{"header"};
const x3::rule<struct LexiconId, Lexicon> lexicon{"lexicon"};
const x3::rule<struct FactId, Fact> fact{"fact"};
const x3::rule<struct DecideId, Decide> decide{"decide"};
const x3::rule<struct TableId, Table> table{"table"};
const x3::rule<struct RowId, Row> row{"row"};
const x3::rule<struct RuleId, Rule> rule_{"rule"};
const x3::rule<struct OtherwiseId, Otherwise> otherwise{"otherwise"};
const x3::rule<struct LimitId, Limit> limit{"limit"};
const x3::rule<struct ProveId, Prove> prove{"prove"};
const x3::rule<struct AcceptGapId, AcceptGap> accept_gap{"accept gap"};
const x3::rule<struct TestId, Test> test{"test"};

// --- Leaves --------------------------------------------------------------------------------------

const auto name_def = a_name[into([](Name& n, const Token& t) { n = to_name(t); })];
const auto function_def = a_function[into([](Name& n, const Token& t) { n = to_name(t); })];
const auto text_def = a_text[into([](Literal& l, const Token& t) { l = to_literal(t); })];
const auto value_def =
    a_plain_value[into([](Literal& l, const Token& t) { l = to_literal(t); })] |
    (a_number_value[into([](Literal& l, const Token& t) { l = to_literal(t); })] >>
     -a_time_unit[into([](Literal& l, const Token& t) { make_duration(l, t); })]);

const auto add_name = into([](std::vector<Name>& all, const Name& one) { all.push_back(one); });
const auto add_value =
    into([](std::vector<Literal>& all, const Literal& one) { all.push_back(one); });
const auto names_def = name[add_name] % sign(",");
const auto values_def = value[add_value] % sign(",");
const auto set_def =
    (quiet_sign("{") >> value[add_value] % sign(",") >> sign("}")) | value[add_value];
const auto because_def =
    keyword(Keyword::because) >> text[into([](Literal& l, const Literal& read) { l = read; })];
const auto set_because = into([](auto& node, const Literal& why) { node.because = why; });

// --- Conditions ----------------------------------------------------------------------------------

template <Atom::Kind K>
const auto of_kind = then([](Atom& a) { a.kind = K; });
template <Comparison C>
const auto comparing = then([](Atom& a) {
    a.kind = Atom::Kind::compare;
    a.comparison = C;
});
const auto operand = into([](Atom& a, const Literal& l) { a.operands = {l}; });
const auto operands = into([](Atom& a, const std::vector<Literal>& l) { a.operands = l; });

const auto atom_def =
    name[into([](Atom& a, const Name& n) { a.attribute = n; })] >>
    ((a_comparison[into([](Atom& a, const Token& t) {
          a.kind = Atom::Kind::compare;
          a.comparison = to_comparison(t);
      })] >>
      value[operand]) |
     (keyword(Keyword::in)[comparing<Comparison::in>] >> set[operands]) |
     (keyword(Keyword::not_) >> keyword(Keyword::in)[comparing<Comparison::not_in>] >>
      set[operands]) |
     keyword(Keyword::is_known)[of_kind<Atom::Kind::known>] |
     keyword(Keyword::is_unknown)[of_kind<Atom::Kind::unknown>] |
     (keyword(Keyword::mentions)[of_kind<Atom::Kind::mentions>] >>
      name[into([](Atom& a, const Name& n) {
          a.operands = {Literal{Literal::Kind::word, n.text, n.span}};
      })]) |
     (keyword(Keyword::contains)[of_kind<Atom::Kind::contains>] >> text[operand]) |
     (keyword(Keyword::includes)[of_kind<Atom::Kind::includes>] >> value[operand]) |
     x3::eps[of_kind<Atom::Kind::yesno>]);

const auto is_condition = into([](Condition& c, const Condition& read) { c = read; });

const auto negates = into([](Condition& c, const Condition& t) {
    c.kind = Condition::Kind::negation;
    c.children = {t};
});
const auto is_atom = into([](Condition& c, const Atom& a) {
    c.kind = Condition::Kind::atom;
    c.atom = a;
});

const auto term_def = spanned((keyword(Keyword::not_) >> term[negates]) |
                              (sign("(") >> condition[is_condition] >> sign(")")) | atom[is_atom]);

const auto first_term = into([](Condition& c, const Condition& t) { c.children = {t}; });
template <Condition::Kind K>
const auto next_term = into([](Condition& c, const Condition& t) {
    c.kind = K;
    c.children.push_back(t);
});
const auto only_term = then([](Condition& c) {
    Condition only = std::move(c.children.front());
    c = std::move(only);
});

// `and` and `or` never meet without parentheses (R2).
const auto condition_def = spanned(
    term[first_term] >>
    (+(keyword(Keyword::and_) >> term[next_term<Condition::Kind::all>]) |
     +(keyword(Keyword::or_) >> term[next_term<Condition::Kind::any>]) | x3::eps[only_term]));
const auto when_def = keyword(Keyword::when) >> condition[is_condition];
const auto set_when = into([](auto& node, const Condition& c) { node.when = c; });

// --- Answers and types ---------------------------------------------------------------------------

const auto call_def =
    name[into([](Answer::Call& c, const Name& n) { c.function = n; })] >> quiet_sign("(") >>
    names[into([](Answer::Call& c, const std::vector<Name>& n) { c.arguments = n; })] >> sign(")");
const auto answer_def =
    spanned(call[into([](Answer& a, const Answer::Call& c) { a.call = c; })] |
            values[into([](Answer& a, const std::vector<Literal>& v) { a.values = v; })]);
const auto set_answer = into([](auto& node, const Answer& a) { node.answer = a; });

template <Type::Kind K>
const auto member = into([](Type& t, const Name& n) {
    t.kind = K;
    t.members.push_back(n);
});
const auto type_def =
    spanned(a_simple_type[into([](Type& t, const Token& token) { set_simple_type(t, token); })] |
            (keyword(Keyword::set_of) >> sign("{") >> name[member<Type::Kind::set>] % sign(",") >>
             sign("}")) |
            (quiet_sign("{") >> name[member<Type::Kind::enumeration>] >>
             (+(sign("<") >> name[member<Type::Kind::ordered>]) |
              *(sign(",") >> name[member<Type::Kind::enumeration>])) >>
             sign("}")));
const auto set_type = into([](auto& node, const Type& t) { node.type = t; });

// --- Statements ----------------------------------------------------------------------------------

const auto set_name = into([](auto& node, const Name& n) { node.name = n; });
const auto set_decision = into([](auto& node, const Name& n) { node.decision = n; });

const auto set_header = [](auto& context) {
    const auto& range = x3::_attr(context);
    x3::_val(context).header = join(range.begin()->span, (range.end() - 1)->span);
};
const auto header_def = x3::raw
    [keyword(Keyword::ruleset) >> name[into([](File& f, const Name& n) { f.ruleset = n; })] >>
     -(keyword(Keyword::overlay) >> name[into([](File& f, const Name& n) { f.overlay_of = n; })]) >>
     keyword(Keyword::from) >> a_date[into([](File& f, const Token& t) { f.from = to_date(t); })] >>
     -(keyword(Keyword::until) >>
       a_date[into([](File& f, const Token& t) { f.until = to_date(t); })]) >>
     keyword(Keyword::schema) >> name[into([](File& f, const Name& n) { f.schema = n; })]]
    [set_header];

const auto lexicon_def =
    spanned(keyword(Keyword::lexicon) >> name[set_name] >>
            -keyword(Keyword::also)[then([](Lexicon& l) { l.also = true; })] >>
            text[into([](Lexicon& l, const Literal& t) { l.phrases.push_back(t); })] % sign(","));

const auto plugin_fact_def =
    keyword(Keyword::plugin) >>
    function[into([](PluginFact& f, const Name& n) { f.function = n; })] >>
    sign("(") >> names[into([](PluginFact& f, const std::vector<Name>& n) { f.arguments = n; })] >>
    sign(")");
const auto count_fact_def =
    keyword(Keyword::count_prior_same) >>
    name[into([](CountFact& f, const Name& n) { f.same = n; })] >>
    -(keyword(Keyword::within) >>
      a_number[into([](CountFact& f, const Token& t) { f.within_m = to_number(t.text); })] >>
      keyword(Keyword::metres)) >>
    keyword(Keyword::in) >>
    a_number[into([](CountFact& f, const Token& t) { f.in_days = to_number(t.text); })] >>
    keyword(Keyword::days);
const auto set_timeout = into([](Fact& f, const Token& t) {
    if (auto* plugin = std::get_if<PluginFact>(&f.source)) plugin->timeout_ms = to_number(t.text);
});
const auto fact_def = spanned(
    keyword(Keyword::fact) >> name[set_name] >> sign("=") >>
    (plugin_fact[into([](Fact& f, const PluginFact& p) { f.source = p; })] |
     count_fact[into([](Fact& f, const CountFact& c) { f.source = c; })]) >>
    sign(":") >> type[set_type] >>
    -(keyword(Keyword::timeout) >> a_number[set_timeout] >> keyword(Keyword::milliseconds)) >>
    -(keyword(Keyword::else_) >> value[into([](Fact& f, const Literal& l) { f.otherwise = l; })]));

const auto decide_def =
    spanned(keyword(Keyword::decide) >> name[set_name] >> -(sign(":") >> type[set_type]) >>
            -a_policy[into([](Decide& d, const Token& t) { d.policy = to_policy(t); })]);

const auto table_def =
    spanned(keyword(Keyword::table) >>
            -text[into([](Table& t, const Literal& l) { t.file = l; })] >> sign("(") >>
            names[into([](Table& t, const std::vector<Name>& n) { t.inputs = n; })] >> sign(")"));

const auto cell_def =
    spanned(sign("-") | sign("?")[then([](Cell& c) { c.kind = Cell::Kind::unknown; })] |
            (value[into([](Cell& c, const Literal& l) {
                 c.kind = Cell::Kind::values;
                 c.values.push_back(l);
             })] %
             sign("|")) |
            x3::eps);

const auto row_def =
    spanned(keyword(Keyword::row) >>
            cell[into([](Row& r, const Cell& c) { r.cells.push_back(c); })] % sign(",") >>
            sign("->") >> answer[set_answer] >> -because[set_because]);

const auto rule__def =
    spanned(keyword(Keyword::rule) >> -name[set_name] >>
            -(keyword(Keyword::overrides) >>
              names[into([](Rule& r, const std::vector<Name>& n) { r.overrides = n; })]) >>
            -when[set_when] >> sign("->") >> answer[set_answer] >> -because[set_because]);

const auto otherwise_def = spanned(
    keyword(Keyword::otherwise) >>
    -keyword(Keyword::even_if_unknown)[then([](Otherwise& o) { o.even_if_unknown = true; })] >>
    sign("->") >> answer[set_answer] >> -because[set_because]);

template <Bound B>
const auto bound = then([](Limit& l) { l.bound = B; });
const auto limit_def =
    spanned(keyword(Keyword::limit) >> name[set_decision] >>
            (keyword(Keyword::at_most)[bound<Bound::at_most>] |
             keyword(Keyword::at_least)[bound<Bound::at_least>] |
             keyword(Keyword::includes)[bound<Bound::includes>]) >>
            values[into([](Limit& l, const std::vector<Literal>& v) { l.values = v; })] >>
            -when[set_when] >> -because[set_because]);

const auto claim_def = name[set_name] >>
                       -(quiet_sign("(") >>
                         names[into([](Prove::Claim& c, const std::vector<Name>& n) {
                             c.call = true;
                             c.arguments = n;
                         })] >>
                         sign(")"));
const auto every_def =
    keyword(Keyword::every) >> name[into([](Prove::Every& e, const Name& n) { e.schema = n; })] >>
    keyword(Keyword::has) >>
    claim[into([](Prove::Every& e, const Prove::Claim& c) { e.claims.push_back(c); })] %
        keyword(Keyword::and_);
const auto monotone_def =
    keyword(Keyword::raising) >>
    name[into([](Prove::Monotone& m, const Name& n) { m.raised = n; })] >>
    keyword(Keyword::never) >>
    a_verb[into([](Prove::Monotone& m, const Token& t) { m.verb = to_text(t.keyword); })] >>
    name[into([](Prove::Monotone& m, const Name& n) { m.moved = n; })];
const auto prove_def =
    spanned(keyword(Keyword::prove) >> name[set_name] >> sign(":") >>
            (every[into([](Prove& p, const Prove::Every& e) { p.claim = e; })] |
             monotone[into([](Prove& p, const Prove::Monotone& m) { p.claim = m; })]));

const auto accept_gap_def =
    spanned(keyword(Keyword::accept_gap) >> name[set_decision] >> -when[set_when] >>
            keyword(Keyword::until) >>
            a_date[into([](AcceptGap& g, const Token& t) { g.until = to_date(t); })] >>
            -because[set_because]);

const auto given_value_def = text | value;
const auto given_def = name[set_name] >> sign(":") >>
                       given_value[into([](Given& g, const Literal& l) { g.value = l; })];
const auto expected_values =
    into([](Expectation& e, const std::vector<Literal>& v) { e.values = v; });
const auto expectation_def =
    spanned(name[set_decision] >>
            ((sign("=") >> set[expected_values]) |
             (keyword(Keyword::includes)[then([](Expectation& e) { e.includes = true; })] >>
              set[expected_values]) |
             keyword(Keyword::is_unknown)[then([](Expectation& e) { e.undecided = true; })]));
const auto test_def = spanned(
    keyword(Keyword::test) >> text[into([](Test& t, const Literal& l) { t.title = l; })] >>
    -(keyword(Keyword::on) >> a_date[into([](Test& t, const Token& d) { t.on = to_date(d); })]) >>
    -(keyword(Keyword::given) >> sign("{") >>
      given[into([](Test& t, const Given& g) { t.given.push_back(g); })] % sign(",") >>
      sign("}")) >>
    keyword(Keyword::expect) >>
    expectation[into([](Test& t, const Expectation& e) { t.expect.push_back(e); })] % sign(","));

BOOST_SPIRIT_DEFINE(name, function, text, value, names, values, set, because)
BOOST_SPIRIT_DEFINE(atom, term, condition, when, call, answer, type, cell)
BOOST_SPIRIT_DEFINE(plugin_fact, count_fact, claim, every, monotone, given_value, given,
                    expectation)
BOOST_SPIRIT_DEFINE(header, lexicon, fact, decide, table, row, rule_, otherwise)
BOOST_SPIRIT_DEFINE(limit, prove, accept_gap, test)

template <class Parser, class Node>
bool read_with(const Parser& parser, Slice slice, Node& node, Failure& failure) {
    failure = {};
    Iterator at = slice.first;
    const bool fits =
        x3::parse(at, slice.last, x3::with<FailureTag>(std::ref(failure))[parser], node);
    if (fits && at == slice.last) return true;
    if (fits && (!failure.at || failure.at < at)) failure = {at, {}, true};
    failure.complete = fits && failure.at == at;
    if (!failure.at) failure.at = slice.first;
    return false;
}

}  // namespace

// clang-format off
bool read(Slice s, File& n, Failure& f) { return read_with(header, s, n, f); }
bool read(Slice s, Lexicon& n, Failure& f) { return read_with(lexicon, s, n, f); }
bool read(Slice s, Fact& n, Failure& f) { return read_with(fact, s, n, f); }
bool read(Slice s, Decide& n, Failure& f) { return read_with(decide, s, n, f); }
bool read(Slice s, Table& n, Failure& f) { return read_with(table, s, n, f); }
bool read(Slice s, Row& n, Failure& f) { return read_with(row, s, n, f); }
bool read(Slice s, Rule& n, Failure& f) { return read_with(rule_, s, n, f); }
bool read(Slice s, Otherwise& n, Failure& f) { return read_with(otherwise, s, n, f); }
bool read(Slice s, Limit& n, Failure& f) { return read_with(limit, s, n, f); }
bool read(Slice s, Prove& n, Failure& f) { return read_with(prove, s, n, f); }
bool read(Slice s, AcceptGap& n, Failure& f) { return read_with(accept_gap, s, n, f); }
bool read(Slice s, Test& n, Failure& f) { return read_with(test, s, n, f); }
bool read(Slice s, Cell& n, Failure& f) { return read_with(cell, s, n, f); }
bool read(Slice s, Answer& n, Failure& f) { return read_with(answer, s, n, f); }
// clang-format on

}  // namespace pintu::rules::syntax
