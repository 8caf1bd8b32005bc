#include <istream>
#include <iterator>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/facts.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/log/log.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/report_reader.hpp"
#include "engine/bundle/offers.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/why.hpp"
#include "engine/rules/ruleset.hpp"

namespace pintu::cli {
namespace {

// A report for eval needs no sender: whatever is missing of channel and external_id is filled in.
std::optional<wire::ReportLine> read_report(const Options& options, const std::string& file,
                                            Io& io) {
    std::string text;
    if (file == "-") {
        text.assign(std::istreambuf_iterator<char>(io.in), {});
    } else {
        auto read = files::read_file(file, wire::kMostLineBytes);
        if (!read) return say(io, options, read.error()), std::nullopt;
        text = std::move(*read);
    }
    auto line = wire::read_json_report(text, 1, wire::Sender::optional);
    for (const auto& error : line.errors) say(io, options, error.code, error.args);
    if (!line.report) return std::nullopt;
    return line;
}

AgencyCode agency_of(const Options& options, const cases::Report& report,
                     const bundle::Library& library) {
    if (!options.agency.empty()) return AgencyCode(options.agency);
    for (std::string code = report.region; !code.empty();) {
        if (library.bundles.contains(AgencyCode(code))) return AgencyCode(code);
        const auto dot = code.rfind('.');
        code.resize(dot == std::string::npos ? 0 : dot);
    }
    return AgencyCode("64");
}

std::map<std::string, std::string> fields_of(const registry::Schema& schema,
                                             const wire::ReportLine& line) {
    std::map<std::string, std::string> fields = line.facts;
    for (const auto& field : schema.fields)
        if (const auto value = cases::value_at(*line.report, field.from))
            fields[field.name] = *value;
    return fields;
}

std::string set_json(const rules::Domain& domain, rules::Code code) {
    wire::JsonWriter members;
    members.begin_array();
    for (std::size_t i = 0; i < domain.members.size(); ++i)
        if ((code >> i & 1) != 0) members.value(domain.members[i]);
    return members.end_array().text();
}

std::string rule_json(const rules::Why& why, bool by_otherwise) {
    if (why.rules.size() == 1 || by_otherwise) return wire::json_string(why.rules[0].rule);
    wire::JsonWriter names;
    names.begin_array();
    for (const auto& rule : why.rules) names.value(rule.rule);
    return names.end_array().text();
}

void write_decision(wire::JsonWriter& json, const rules::Program& program,
                    const rules::Decision& decision, const rules::Outcome& outcome,
                    const rules::Why& why) {
    json.key(decision.name).begin_object().key("value");
    if (outcome.status != rules::Outcome::Status::decided)
        json.null();
    else if (decision.domain.kind == rules::Domain::Kind::set)
        json.raw(set_json(decision.domain, outcome.value));
    else
        json.value(program.show(decision.domain, outcome.value));
    json.key("rule");
    if (why.rules.empty())
        json.null();
    else
        json.raw(rule_json(why, outcome.by_otherwise));
    json.field("at", why.rules.empty() ? "" : why.rules[0].at);
    json.field("because", why.rules.empty() ? "" : why.rules[0].because);
    json.key("path").begin_array();
    for (const auto& atom : why.path) json.value(atom);
    json.end_array();
    json.field("status", why.status).field("layer", why.layer);
    json.key("limits").begin_array();
    for (const auto& limit : why.limits) json.value(limit.limit + " (" + limit.at + ")");
    json.end_array().end_object();
}

void print_table(const Options& options, const rules::Why& why, Io& io) {
    io.out << why.decision << " = " << shown_value(options, why.value) << '\n';
    for (const auto& rule : why.rules) {
        io.out << "  " << shown_rule(options, rule.rule) << "  " << rule.at;
        if (!rule.because.empty()) io.out << "  (" << rule.because << ')';
        io.out << '\n';
    }
    for (const auto& atom : why.path) io.out << "    " << shown_condition(options, atom) << '\n';
    for (const auto& limit : why.limits)
        io.out << "  "
               << words(options, limit.because.empty() ? "CL042" : "CL040",
                        {shown_condition(options, limit.limit), limit.at, limit.because})
               << '\n';
}

// A report being evaluated.
struct Evaluated {
    const registry::Schema& schema;
    const std::map<std::string, std::string>& fields;
    rules::Input& input;
    ports::FactSource& facts;
};

// A fact of this report, and where it is from: "given", the plugin's function, or "else".
struct EvaluatedFact {
    std::string name;
    std::string value;
    std::string by;
};

ports::FactQuestion question_of(const rules::Program& program, const rules::Fact& fact,
                                const rules::syntax::PluginFact& plugin, const Evaluated& of) {
    constexpr std::int64_t kUsualTimeoutMs = 200;
    ports::FactQuestion question;
    question.function = plugin.function.text;
    question.timeout_ms = plugin.timeout_ms.value_or(kUsualTimeoutMs);
    for (const auto id : fact.arguments) {
        const auto& attribute = program.attributes[id];
        if (attribute.domain.kind == rules::Domain::Kind::text) {
            const auto* field = of.schema.find(attribute.name);
            const auto text = of.fields.find(attribute.name);
            question.arguments.push_back({attribute.name,
                                          text == of.fields.end() ? "" : text->second,
                                          bundle::personal_path(field ? field->from : "")});
        } else if (of.input.values[id] != rules::kUnknown) {
            question.arguments.push_back(
                {attribute.name, program.show(attribute.domain, of.input.values[id]), ""});
        }
    }
    return question;
}

EvaluatedFact find_out(const rules::Program& program, const rules::Fact& fact, Evaluated& of) {
    const auto& attribute = program.attributes[fact.attribute];
    auto& value = of.input.values[fact.attribute];
    std::string by = "given";
    if (value == rules::kUnknown) {
        by = "else";
        value = attribute.fallback;
        const auto* plugin = std::get_if<rules::syntax::PluginFact>(&fact.source);
        const auto answer = plugin == nullptr
                                ? ports::FactAnswer{}
                                : of.facts.ask(question_of(program, fact, *plugin, of));
        const auto read =
            answer.value ? program.read(attribute.domain, *answer.value) : std::nullopt;
        if (read && *read != rules::kUnknown) {
            value = *read;
            by = plugin->function.text;
        }
    }
    return {fact.name, program.show(attribute.domain, value), by};
}

// The whole report in Program::order, on the compiled form that decides cases too; a fact that was
// neither given nor answered takes its `else` (R6).
std::vector<rules::Outcome> decide_all(const rules::Ruleset& ruleset, Evaluated& of,
                                       std::vector<EvaluatedFact>& facts) {
    const auto& program = *ruleset.program;
    rules::Input& input = of.input;
    std::vector<rules::Outcome> outcomes(program.decisions.size());
    for (const auto id : program.order) {
        const auto& attribute = program.attributes[id];
        auto& value = input.values[id];
        if (attribute.source == rules::Attribute::Source::fact)
            facts.push_back(find_out(program, program.facts[attribute.index], of));
        if (attribute.source != rules::Attribute::Source::decision) continue;
        outcomes[attribute.index] = rules::decide(ruleset, attribute.index, input);
        value = outcomes[attribute.index].value;
    }
    return outcomes;
}

void print_json(const rules::Program& program, const std::vector<rules::Outcome>& outcomes,
                const std::vector<EvaluatedFact>& facts, const rules::Input& input,
                const BundleHash& pinned, Io& io) {
    wire::JsonWriter json;
    json.begin_object().key("decisions").begin_object();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& decision = program.decisions[i];
        const auto why = rules::explain(program, decision, input, outcomes[i]);
        write_decision(json, program, decision, outcomes[i], why);
    }
    json.end_object().key("facts").begin_object();
    for (const auto& fact : facts) {
        json.key(fact.name).begin_object();
        json.field("value", fact.value).field("by", fact.by).end_object();
    }
    json.end_object().field("bundle", pinned.text()).end_object();
    io.out << json.text() << '\n';
}

void print_evaluation(const Options& options, const bundle::Bundle& bundle,
                      const rules::Ruleset& ruleset, Evaluated& evaluated, Io& io) {
    const auto& program = *ruleset.program;
    std::vector<EvaluatedFact> facts;
    const auto outcomes = decide_all(ruleset, evaluated, facts);
    const rules::Input& input = evaluated.input;
    if (options.output == Output::json || options.output == Output::jsonl)
        return print_json(program, outcomes, facts, input, bundle.pinned, io);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        print_table(options, rules::explain(program, program.decisions[i], input, outcomes[i]), io);
    for (const auto& fact : facts)
        io.out << words(options,
                        fact.by == "given"  ? "CL043"
                        : fact.by == "else" ? "CL044"
                                            : "CL045",
                        {fact.name, shown_value(options, fact.value), fact.by})
               << '\n';
    io.out << words(options, "CL374") << ": " << bundle.pinned.text() << '\n';
}

const rules::Ruleset* ruleset_for(const EvalArgs& args, const bundle::Bundle& bundle, Instant at) {
    const auto date =
        args.on.empty() ? std::optional(bundle.calendar.zone().date(at)) : parse_date(args.on);
    return date ? bundle.ruleset_on(*date) : nullptr;
}

}  // namespace

int eval(const Options& options, const EvalArgs& args, Io& io) {
    const Instant now = moment(options);
    if (!args.on.empty() && !parse_date(args.on))
        return say(io, options, "CL003", {args.on}), kWrongUsage;
    const auto line = read_report(options, args.file, io);
    if (!line) return kFailed;
    const auto definitions = load_definitions(options, now, io);
    if (!definitions) return kFailed;
    const AgencyCode agency = agency_of(options, *line->report, definitions->library);
    const auto found = definitions->library.bundles.find(agency);
    if (found == definitions->library.bundles.end())
        return say(io, options, "CL021", {agency.value}), kFailed;
    const auto& bundle = *found->second;
    const auto* ruleset = ruleset_for(args, bundle, line->report->received_at.value_or(now));
    if (ruleset == nullptr)
        return say(io, options, "CL041", {args.on.empty() ? to_string(local_date(now)) : args.on}),
               kFailed;
    const auto fields = fields_of(*bundle.schema, *line);
    auto input = rules::make_input(*ruleset->program, *ruleset->matcher, fields);
    if (!input) return say(io, options, input.error()), kFailed;
    for (const auto& note : input->notes) say(io, options, note);
    const auto log = log::to_standard_error({.language = options.language});
    LoneFacts facts(options, io, *log, 0);
    Evaluated evaluated{*bundle.schema, fields, input->input, facts};
    print_evaluation(options, bundle, *ruleset, evaluated, io);
    return kDone;
}

}  // namespace pintu::cli
