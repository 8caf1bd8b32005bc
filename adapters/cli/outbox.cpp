#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/runtime/incidents.hpp"
#include "engine/workflow/templates/template.hpp"

namespace pintu::cli {
namespace {

const char* status_of(const ports::OutboxRow& row) {
    if (row.dead) return "dead";
    return row.next_at == Instant{} ? "new" : "waiting";
}

const char* status_words(const ports::OutboxRow& row) {
    if (row.dead) return "CL553";
    return row.next_at == Instant{} ? "CL551" : "CL552";
}

const std::string& template_name(const cases::Effect& effect) {
    return workflow::template_of(effect.kind, effect.message);
}

void write_persons(wire::JsonWriter& json, const char* name, const std::vector<PersonId>& persons) {
    json.key(name).begin_array();
    for (const auto& person : persons) json.value(person.value);
    json.end_array();
}

void write(wire::JsonWriter& json, const ports::OutboxRow& row) {
    const cases::Effect& effect = row.outgoing.effect;
    json.begin_object().field("key", effect.key.value).field("agency", effect.agency.value);
    json.field("case", effect.case_id.value).field("tracking_id", effect.tracking_id.value);
    json.field("at", to_string(effect.at)).field("kind", effect.kind);
    json.field("template", template_name(effect)).field("channel", effect.channel);
    json.field("whom", effect.whom).field("unit", effect.unit.value);
    write_persons(json, "persons", effect.persons);
    write_persons(json, "reached", row.outgoing.reached);
    json.field("status", status_of(row));
    json.field("attempts", static_cast<std::int64_t>(row.outgoing.attempts)).key("next_at");
    if (row.next_at == Instant{})
        json.null();
    else
        json.value(to_string(row.next_at));
    json.field("why", row.why).end_object();
}

void print_json(const std::vector<ports::OutboxRow>& rows, Io& io) {
    wire::JsonWriter json;
    json.begin_array();
    for (const auto& row : rows) write(json, row);
    io.out << json.end_array().text() << '\n';
}

void print_lines(const std::vector<ports::OutboxRow>& rows, Io& io) {
    for (const auto& row : rows) {
        wire::JsonWriter json;
        write(json, row);
        io.out << json.text() << '\n';
    }
}

void print_table(const Options& options, const std::vector<ports::OutboxRow>& rows, Io& io) {
    const bool csv = options.output == Output::csv;
    Table table(csv ? std::vector<std::string>{"key", "agency", "case", "at", "template", "channel",
                                               "whom", "status", "attempts", "next_at"}
                    : std::vector<std::string>{words(options, "CL554"), words(options, "CL555"),
                                               words(options, "CL556"), words(options, "CL557"),
                                               words(options, "CL558"), words(options, "CL559")});
    for (const auto& row : rows) {
        const cases::Effect& effect = row.outgoing.effect;
        const std::string attempts = std::to_string(row.outgoing.attempts);
        const bool waits = row.next_at != Instant{};
        if (csv)
            table.add({effect.key.value, effect.agency.value, effect.case_id.value,
                       to_string(effect.at), template_name(effect), effect.channel, effect.whom,
                       status_of(row), attempts, waits ? to_string(row.next_at) : ""});
        else
            table.add({effect.key.value, template_name(effect), effect.channel,
                       words(options, status_words(row)), attempts,
                       waits ? local(row.next_at) : ""});
    }
    table.print(io.out, options.output);
}

std::string joined(const std::vector<PersonId>& persons) {
    std::string list;
    for (const auto& person : persons) list += (list.empty() ? "" : ", ") + person.value;
    return list;
}

void print_one(const Options& options, const ports::OutboxRow& row, Io& io) {
    const cases::Effect& effect = row.outgoing.effect;
    const auto line = [&](std::string_view code, const std::string& value) {
        if (!value.empty()) io.out << words(options, code) << ": " << value << '\n';
    };
    line("CL554", effect.key.value);
    line("CL560", effect.case_id.value + "  " + effect.tracking_id.value);
    line("CL561", local(effect.at));
    line("CL555", template_name(effect));
    line("CL556", effect.channel);
    line("CL562", effect.whom + (effect.unit.empty() ? "" : "  " + effect.unit.value));
    line("CL563", joined(effect.persons));
    line("CL564", joined(row.outgoing.reached));
    line("CL557", words(options, status_words(row)));
    line("CL558", std::to_string(row.outgoing.attempts));
    if (row.next_at != Instant{}) line("CL559", local(row.next_at));
    line("CL565", row.why);
}

bool is_json(const Options& options) {
    return options.output == Output::json || options.output == Output::jsonl;
}

}  // namespace

int outbox_list(const Options& options, const OutboxArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    ports::OutboxFilter filter;
    if (!options.agency.empty()) filter.agency = AgencyCode(options.agency);
    if (args.dead) filter.dead = true;
    filter.limit = static_cast<std::size_t>(args.limit) + 1;
    auto rows = store->outbox(filter);
    if (!rows) return store_failed(options, rows.error(), io);
    const bool found = !rows->empty();
    const bool more = rows->size() == filter.limit;
    if (more) rows->pop_back();
    if (options.output == Output::json)
        print_json(*rows, io);
    else if (options.output == Output::jsonl)
        print_lines(*rows, io);
    else if (found || options.output == Output::csv)
        print_table(options, *rows, io);
    else
        say(io, options, args.dead ? "CL605" : "CL566");
    if (more) say(io, options, "CL567", {std::to_string(args.limit)});
    return found && (args.unsent || args.dead) ? kFailed : kDone;
}

int outbox_show(const Options& options, const OutboxArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    ports::OutboxFilter filter;
    filter.key = EffectKey(args.key);
    const auto rows = store->outbox(filter);
    if (!rows) return store_failed(options, rows.error(), io);
    if (rows->empty()) return say(io, options, "CL568", {args.key}), kFailed;
    if (is_json(options))
        print_lines(*rows, io);
    else if (options.output == Output::csv)
        print_table(options, *rows, io);
    else
        print_one(options, rows->front(), io);
    return kDone;
}

int outbox_retry(const Options& options, const OutboxArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const Instant now = moment(options);
    ports::OutboxFilter filter;
    filter.key = EffectKey(args.key);
    const auto rows = store->outbox(filter);
    if (!rows) return store_failed(options, rows.error(), io);
    if (rows->empty()) return say(io, options, "CL568", {args.key}), kFailed;
    const auto done = store->retry_effect(*filter.key, now);
    if (!done) return store_failed(options, done.error(), io);
    const auto incident =
        runtime::effect_incident(rows->front().outgoing.effect, {"DL001", {}}, now);
    const auto closed = store->retry_incident(incident.id, now);
    if (!closed) return store_failed(options, closed.error(), io);
    say(io, options, *done ? "CL569" : "CL568", {args.key});
    return *done ? kDone : kFailed;
}

}  // namespace pintu::cli
