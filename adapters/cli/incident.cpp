#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"

namespace pintu::cli {
namespace {

// What happened, in words of the catalogue; arguments are ids and codes, never personal data.
messages::Text words_of(const Options& options, const ports::Incident& incident) {
    return messages::render(incident.code, incident.args, options.language);
}

void write(wire::JsonWriter& json, const Options& options, const ports::Incident& incident) {
    json.begin_object().field("id", incident.id).field("agency", incident.agency.value);
    json.key("case");
    if (incident.case_id.empty())
        json.null();
    else
        json.value(incident.case_id.value);
    json.field("at", to_string(incident.at));
    json.field("times", static_cast<std::int64_t>(incident.times));
    json.field("what", incident.what).field("subject", incident.subject);
    json.field("code", incident.code).key("args").begin_array();
    for (const auto& arg : incident.args) json.value(arg);
    json.end_array().field("message", words_of(options, incident).message);
    json.field("can_retry", !incident.command.empty()).field("open", incident.open).end_object();
}

bool is_json(const Options& options) {
    return options.output == Output::json || options.output == Output::jsonl;
}

void print_json(const Options& options, const std::vector<ports::Incident>& incidents, Io& io) {
    wire::JsonWriter json;
    json.begin_array();
    for (const auto& incident : incidents) write(json, options, incident);
    io.out << json.end_array().text() << '\n';
}

void print_lines(const Options& options, const std::vector<ports::Incident>& incidents, Io& io) {
    for (const auto& incident : incidents) {
        wire::JsonWriter json;
        write(json, options, incident);
        io.out << json.text() << '\n';
    }
}

void print_table(const Options& options, const std::vector<ports::Incident>& incidents, Io& io) {
    const bool csv = options.output == Output::csv;
    Table table(csv ? std::vector<std::string>{"id", "agency", "case", "at", "times", "what",
                                               "code", "open"}
                    : std::vector<std::string>{words(options, "CL280"), words(options, "CL281"),
                                               words(options, "CL282"), words(options, "CL283"),
                                               words(options, "CL284"), words(options, "CL285")});
    for (const auto& incident : incidents) {
        const std::string times = std::to_string(incident.times);
        if (csv)
            table.add({incident.id, incident.agency.value, incident.case_id.value,
                       to_string(incident.at), times, incident.what, incident.code,
                       incident.open ? "true" : "false"});
        else
            table.add({incident.id, local(incident.at), times, incident.what, incident.code,
                       words(options, incident.open ? "CL286" : "CL287")});
    }
    table.print(io.out, options.output);
}

void print_one(const Options& options, const ports::Incident& incident, Io& io) {
    const auto line = [&](std::string_view code, const std::string& value) {
        if (!value.empty()) io.out << words(options, code) << ": " << value << '\n';
    };
    const auto text = words_of(options, incident);
    line("CL280", incident.id);
    line("CL288", incident.case_id.value);
    line("CL281", local(incident.at));
    line("CL282", std::to_string(incident.times));
    line("CL283", incident.what + "  " + incident.subject);
    line("CL284", incident.code);
    line("CL285", words(options, incident.open ? "CL286" : "CL287"));
    io.out << text.message << '\n';
    if (!text.hint.empty()) io.out << "  = " << text.hint << '\n';
    if (incident.open && incident.command.empty()) say(io, options, "CL289");
}

}  // namespace

int incident_list(const Options& options, const IncidentArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    ports::IncidentFilter filter;
    if (!options.agency.empty()) filter.agency = AgencyCode(options.agency);
    if (!args.all) filter.open = true;
    filter.limit = static_cast<std::size_t>(args.limit) + 1;
    auto incidents = store->incidents(filter);
    if (!incidents) return store_failed(options, incidents.error(), io);
    const bool more = incidents->size() == filter.limit;
    if (more) incidents->pop_back();
    if (options.output == Output::json)
        print_json(options, *incidents, io);
    else if (options.output == Output::jsonl)
        print_lines(options, *incidents, io);
    else if (!incidents->empty() || options.output == Output::csv)
        print_table(options, *incidents, io);
    else
        say(io, options, "CL290");
    if (more) say(io, options, "CL291", {std::to_string(args.limit)});
    return kDone;
}

int incident_show(const Options& options, const IncidentArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    ports::IncidentFilter filter;
    filter.id = args.id;
    filter.limit = 1;
    const auto incidents = store->incidents(filter);
    if (!incidents) return store_failed(options, incidents.error(), io);
    if (incidents->empty()) return say(io, options, "CL292", {args.id}), kFailed;
    if (is_json(options))
        print_lines(options, *incidents, io);
    else if (options.output == Output::csv)
        print_table(options, *incidents, io);
    else
        print_one(options, incidents->front(), io);
    return kDone;
}

int incident_retry(const Options& options, const IncidentArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const auto done = store->retry_incident(args.id, moment(options));
    if (!done) return store_failed(options, done.error(), io);
    say(io, options, *done ? "CL293" : "CL292", {args.id});
    return *done ? kDone : kFailed;
}

}  // namespace pintu::cli
