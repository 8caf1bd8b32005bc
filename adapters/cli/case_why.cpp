#include <algorithm>
#include <ostream>

#include "adapters/cli/archive.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/wire/event_json.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/rules/evaluate/why.hpp"

namespace pintu::cli {
namespace {

// Is this the step that was asked for: a sequence number, a decision's name, or any?
bool asked_for(const cases::Event& event, const cases::Decided& decided, const std::string& step) {
    return step.empty() || step == std::to_string(event.sequence) || step == decided.decision;
}

void print_cited(const Options& options, const std::vector<cases::RuleCited>& rules, Io& io) {
    for (const auto& rule : rules) {
        io.out << "  " << shown_rule(options, rule.rule) << "  " << rule.at;
        if (!rule.because.empty()) io.out << "  (" << rule.because << ')';
        io.out << '\n';
    }
}

std::string status_words(const Options& options, const cases::Decided& decided) {
    constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {"decided", "CL370"},
        {"undecided", "CL371"},
        {"conflict", "CL372"},
        {"by_person", "CL373"},
    };
    std::string text = decided.status;
    for (const auto& [status, code] : kWords)
        if (status == decided.status) text = words(options, code);
    if (!decided.layer.empty()) text += ", " + words(options, "CL375", {decided.layer});
    return text;
}

void print_decided(const Options& options, const cases::Event& event, const cases::Decided& decided,
                   Io& io) {
    io.out << '#' << event.sequence << "  " << local(event.at) << "  " << decided.decision << " = "
           << shown_value(options, decided.value) << "  [" << status_words(options, decided)
           << "]\n";
    print_cited(options, decided.rules, io);
    for (const auto& atom : decided.path)
        io.out << "    " << shown_condition(options, atom) << '\n';
    if (!decided.read.empty()) {
        io.out << "  " << words(options, "CL100") << ": ";
        for (std::size_t i = 0; i < decided.read.size(); ++i)
            io.out << (i == 0 ? "" : "; ") << shown_condition(options, decided.read[i].first)
                   << " = " << shown_value(options, decided.read[i].second);
        io.out << '\n';
    }
    for (const auto& limit : decided.limits)
        io.out << "  "
               << words(options, limit.because.empty() ? "CL042" : "CL040",
                        {shown_condition(options, limit.rule), limit.at, limit.because})
               << '\n';
}

// The definitions of each decision shown, in lines of their own: usually one.
void print_definitions(const Options& options, const std::vector<BundleHash>& hashes, Io& io) {
    for (std::size_t i = 0; i < hashes.size(); ++i)
        if (i == 0 || hashes[i] != hashes[i - 1])
            io.out << words(options, "CL104") << ": " << hashes[i].text() << '\n';
}

void print_why_not(const Options& options, const rules::WhyNot& why, Io& io) {
    if (why.got == why.wanted) {
        io.out << words(options, "CL105", {why.decision, why.got}) << '\n';
        return;
    }
    io.out << words(options, why.rules.empty() ? "CL107" : "CL106",
                    {why.decision, shown_value(options, why.got), shown_value(options, why.wanted)})
           << '\n';
    for (const auto& rule : why.rules) {
        io.out << "  " << shown_rule(options, rule.rule) << "  " << rule.at << '\n';
        for (const auto& atom : rule.atoms)
            io.out << "    "
                   << words(options, "CL376",
                            {shown_condition(options, atom.text),
                             shown_condition(options, rules::to_string(atom.truth)),
                             shown_value(options, atom.value)})
                   << '\n';
    }
    if (why.change.empty()) {
        io.out << "  " << words(options, why.searched_all ? "CL108" : "CL109") << '\n';
        return;
    }
    io.out << "  " << words(options, "CL110") << ":\n";
    for (const auto& change : why.change)
        io.out << "    " << shown_condition(options, change.name) << ": "
               << shown_value(options, change.from) << " -> " << shown_value(options, change.to)
               << '\n';
}

void write_why_not(const rules::WhyNot& why, Io& io) {
    wire::JsonWriter json;
    json.begin_object().field("decision", why.decision).field("wanted", why.wanted);
    json.field("got", why.got).key("rules").begin_array();
    for (const auto& rule : why.rules) {
        json.begin_object().field("rule", rule.rule).field("at", rule.at).key("atoms");
        json.begin_array();
        for (const auto& atom : rule.atoms)
            json.begin_object()
                .field("text", atom.text)
                .field("truth", rules::to_string(atom.truth))
                .field("value", atom.value)
                .end_object();
        json.end_array().end_object();
    }
    json.end_array().key("change").begin_array();
    for (const auto& change : why.change)
        json.begin_object()
            .field("name", change.name)
            .field("from", change.from)
            .field("to", change.to)
            .end_object();
    json.end_array().field("searched_all", why.searched_all).end_object();
    io.out << json.text() << '\n';
}

const rules::Decision* find_decision(const rules::Program& program, const std::string& name) {
    const auto it = std::find_if(program.decisions.begin(), program.decisions.end(),
                                 [&](const auto& d) { return d.name == name; });
    return it == program.decisions.end() ? nullptr : &*it;
}

// The value as a code of the decision's type; units may be named without their agency.
rules::Code read_value(const rules::Program& program, const rules::Decision& decision,
                       cases::State state, const std::string& value) {
    state.decisions[decision.name] = {value, "decided", false};
    const auto code = cases::input_of(program, state).values[decision.attribute];
    if (code != rules::kUnknown || decision.domain.kind != rules::Domain::Kind::unit) return code;
    state.decisions[decision.name].value = program.agency.value + "/" + value;
    return cases::input_of(program, state).values[decision.attribute];
}

int print_expected(const Options& options, const CaseWhyArgs& args, ports::EventStore& store,
                   const std::vector<cases::Event>& events, Io& io) {
    const auto equals = args.expect.find('=');
    const std::string name = args.expect.substr(0, equals);
    cases::State state;
    cases::State before;
    const cases::Event* found = nullptr;
    for (const auto& event : events) {
        const auto* decided = std::get_if<cases::Decided>(&event.payload);
        if (decided != nullptr && decided->decision == name) {
            before = state;
            found = &event;
        }
        cases::apply(state, event);
    }
    if (equals == std::string::npos || found == nullptr)
        return say(io, options, "CL111", {args.expect}), kWrongUsage;
    auto archive = archive_of(store);
    const auto definitions = archive.find(found->agency, found->pinned, found->current, found->at);
    if (!definitions) return say(io, options, definitions.error()), kFailed;
    const auto& bundle = *definitions->pinned;
    const auto* ruleset = bundle.ruleset_on(bundle.calendar.zone().date(before.received_at));
    const auto* decision = ruleset == nullptr ? nullptr : find_decision(*ruleset->program, name);
    if (decision == nullptr) return say(io, options, "CL111", {args.expect}), kFailed;
    const auto& program = *ruleset->program;
    const std::string value = args.expect.substr(equals + 1);
    const auto wanted = read_value(program, *decision, before, value);
    if (wanted == rules::kUnknown) return say(io, options, "CL112", {value, name}), kWrongUsage;
    const auto why = rules::why_not(program, *decision, cases::input_of(program, before), wanted);
    if (options.output == Output::json || options.output == Output::jsonl)
        write_why_not(why, io);
    else
        print_why_not(options, why, io);
    return kDone;
}

void print_json(const std::vector<cases::Event>& events, const CaseWhyArgs& args, Io& io) {
    wire::JsonWriter json;
    json.begin_array();
    for (const auto& event : events)
        if (const auto* decided = std::get_if<cases::Decided>(&event.payload))
            if (asked_for(event, *decided, args.step)) wire::write_event(json, event);
    io.out << json.end_array().text() << '\n';
}

}  // namespace

int case_why(const Options& options, const CaseWhyArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    const auto stored = store->load({row->id});
    if (!stored) return store_failed(options, stored.error(), io);
    const auto& events = stored->front().events;
    if (!args.expect.empty()) return print_expected(options, args, *store, events, io);
    if (options.output == Output::json || options.output == Output::jsonl)
        return print_json(events, args, io), kDone;
    std::vector<BundleHash> definitions;
    for (const auto& event : events) {
        const auto* decided = std::get_if<cases::Decided>(&event.payload);
        if (decided == nullptr || !asked_for(event, *decided, args.step)) continue;
        print_decided(options, event, *decided, io);
        definitions.push_back(event.pinned);
    }
    print_definitions(options, definitions, io);
    if (!definitions.empty()) return kDone;
    say(io, options, "CL113", {args.step});
    return kFailed;
}

}  // namespace pintu::cli
