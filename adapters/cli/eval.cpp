#include <istream>
#include <iterator>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/wire/json_writer.hpp"
#include "adapters/wire/report_reader.hpp"
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

// The whole report in Program::order, on the compiled form that decides cases too; a fact that was
// not given takes its `else` (R6).
std::vector<rules::Outcome> decide_all(const rules::Ruleset& ruleset, rules::Input& input) {
    const auto& program = *ruleset.program;
    std::vector<rules::Outcome> outcomes(program.decisions.size());
    for (const auto id : program.order) {
        const auto& attribute = program.attributes[id];
        auto& value = input.values[id];
        if (attribute.source == rules::Attribute::Source::fact && value == rules::kUnknown)
            value = attribute.fallback;
        if (attribute.source != rules::Attribute::Source::decision) continue;
        outcomes[attribute.index] = rules::decide(ruleset, attribute.index, input);
        value = outcomes[attribute.index].value;
    }
    return outcomes;
}

void print_evaluation(const Options& options, const bundle::Bundle& bundle,
                      const rules::Ruleset& ruleset, rules::Input& input, Io& io) {
    const auto& program = *ruleset.program;
    const auto outcomes = decide_all(ruleset, input);
    wire::JsonWriter json;
    json.begin_object().key("decisions").begin_object();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& decision = program.decisions[i];
        const auto why = rules::explain(program, decision, input, outcomes[i]);
        if (options.output == Output::json || options.output == Output::jsonl)
            write_decision(json, program, decision, outcomes[i], why);
        else
            print_table(options, why, io);
    }
    json.end_object().field("bundle", bundle.pinned.value).end_object();
    if (options.output == Output::json || options.output == Output::jsonl)
        io.out << json.text() << '\n';
    else
        io.out << words(options, "CL374") << ": " << bundle.pinned.value << '\n';
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
    auto input =
        rules::make_input(*ruleset->program, *ruleset->matcher, fields_of(*bundle.schema, *line));
    if (!input) return say(io, options, input.error()), kFailed;
    for (const auto& note : input->notes) say(io, options, note);
    print_evaluation(options, bundle, *ruleset, input->input, io);
    return kDone;
}

}  // namespace pintu::cli
