#include "adapters/cli/audited.hpp"

#include <ostream>

#include "adapters/wire/json_writer.hpp"

namespace pintu::cli {
namespace {

void write_finding(wire::JsonWriter& json, const Options& options, const history::Finding& f) {
    const auto text = messages::render(f.code, f.args, options.language);
    json.begin_object().field("code", f.code).key("position");
    if (f.leaf)
        json.value(static_cast<std::int64_t>(*f.leaf));
    else
        json.null();
    json.field("case", f.case_id.value).field("sequence", static_cast<std::int64_t>(f.sequence));
    json.field("message", text.message).field("hint", text.hint).end_object();
}

void write_audit(const Options& options, const runtime::Audit& audit, Io& io) {
    wire::JsonWriter json;
    json.begin_object().field("agency", audit.agency.value);
    json.field("events", static_cast<std::int64_t>(audit.events));
    json.field("cases", static_cast<std::int64_t>(audit.cases));
    json.field("root", to_hex(bytes_of(audit.root)));
    json.field("count", static_cast<std::int64_t>(audit.findings.count()));
    json.key("findings").begin_array();
    for (const auto& finding : audit.findings.items()) write_finding(json, options, finding);
    json.end_array().key("moving").begin_array();
    for (const auto& id : audit.moving) json.value(id.value);
    io.out << json.end_array().end_object().text() << '\n';
}

}  // namespace

Result<std::vector<AgencyCode>> agencies_of(const Options& options, ports::EventStore& store) {
    if (!options.agency.empty()) return std::vector{AgencyCode(options.agency)};
    return store.agencies();
}

void print_finding(std::ostream& out, const Options& options, const AgencyCode& agency,
                   const history::Finding& f) {
    const auto text = messages::render(f.code, f.args, options.language);
    std::string place = agency.value;
    if (f.leaf) place += " " + words(options, "CL080", {std::to_string(*f.leaf)});
    if (!f.case_id.empty()) place += " " + words(options, "CL081", {f.case_id.value});
    if (f.sequence > 0) place += " " + words(options, "CL082", {std::to_string(f.sequence)});
    out << place << ": [" << f.code << "] " << text.message << '\n';
    if (!text.hint.empty()) out << "  = " << text.hint << '\n';
}

void print_audit(const Options& options, const runtime::Audit& audit, Io& io) {
    if (options.output == Output::json || options.output == Output::jsonl)
        write_audit(options, audit, io);
    else
        for (const auto& finding : audit.findings.items())
            print_finding(io.out, options, audit.agency, finding);
    for (const auto& id : audit.moving) say(io, options, "CL088", {audit.agency.value, id.value});
    const auto count = audit.findings.count();
    const char* none = audit.moving.empty() ? "CL084" : "CL140";
    say(io, options, count == 0 ? none : "CL085",
        {audit.agency.value, std::to_string(audit.events), std::to_string(count),
         to_hex(bytes_of(audit.root)), std::to_string(audit.moving.size())});
}

}  // namespace pintu::cli
