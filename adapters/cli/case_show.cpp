#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/describe.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/wire/event_json.hpp"
#include "engine/base/csv.hpp"

namespace pintu::cli {
namespace {

std::string phase_words(const Options& options, const std::string& status) {
    constexpr std::pair<std::string_view, std::string_view> kWords[] = {
        {"idle", "CL360"}, {"running", "CL361"}, {"paused", "CL362"}, {"ended", "CL363"}};
    for (const auto& [name, code] : kWords)
        if (name == status) return words(options, code);
    return status;
}

void print_head(const Options& options, const cases::CaseRow& row, Io& io) {
    const auto line = [&](std::string_view code, const std::string& value) {
        if (!value.empty()) io.out << words(options, code) << ": " << value << '\n';
    };
    line("CL200", row.tracking_id.value);
    line("CL230", row.id.value);
    line("CL201", row.agency.value);
    line("CL202", row.state + (row.waits_for_approval ? " (" + words(options, "CL231") + ")" : ""));
    line("CL203", row.owner.value);
    line("CL232", local(row.received_at) + "  " + row.channel + " " + row.external_id);
    line("CL233", row.region);
    std::string privacy = row.anonim ? "anonim" : "";
    if (row.rahasia) privacy += privacy.empty() ? "rahasia" : ", rahasia";
    line("CL234", privacy);
    for (const auto& [name, value] : row.values)
        io.out << "  " << name << " = " << shown_value(options, value) << '\n';
    for (const auto& clock : row.clocks)
        io.out << "  "
               << words(options, clock.late ? "CL236" : "CL235",
                        {clock.clock, phase_words(options, clock.status),
                         clock.due ? local(*clock.due) : "-"})
               << '\n';
}

// The columns of `history export`, for one case.
void print_csv(const Options& options, const std::vector<cases::Event>& events, Io& io) {
    io.out << "sequence,at,actor,type,summary\r\n";
    for (const auto& event : events)
        io.out << event.sequence << ',' << to_string(event.at) << ','
               << csv_cell(describe(event.actor, options)) << ',' << wire::type_name(event.payload)
               << ',' << csv_cell(describe(event, options)) << "\r\n";
}

void print_timeline(const Options& options, const std::vector<cases::Event>& events, Io& io) {
    if (options.output == Output::csv) return print_csv(options, events, io);
    Table table({"#", words(options, "CL237"), words(options, "CL238"), words(options, "CL239")});
    for (const auto& event : events)
        table.add({std::to_string(event.sequence), local(event.at), describe(event.actor, options),
                   describe(event, options)});
    table.print(io.out, options.output);
}

using Personal = std::optional<std::vector<cases::PersonalValue>>;

// Text of several lines stays in its column.
std::string indented(const std::string& text) {
    std::string lines;
    for (const char c : text) lines += c == '\n' ? "\n      " : std::string(1, c);
    return lines;
}

void print_personal(const Options& options, const Personal& personal, Io& io) {
    if (!personal) return;
    io.out << '\n' << words(options, personal->empty() ? "CL379" : "CL377") << '\n';
    for (const auto& value : *personal)
        io.out << "  "
               << words(options, "CL378",
                        {std::to_string(value.sequence), value.path, indented(value.value)})
               << '\n';
}

void write_personal(wire::JsonWriter& json, const Personal& personal) {
    if (!personal) return;
    json.key("personal").begin_array();
    for (const auto& value : *personal)
        json.begin_object()
            .field("sequence", static_cast<std::int64_t>(value.sequence))
            .field("path", value.path)
            .field("value", value.value)
            .end_object();
    json.end_array();
}

int print_case(const Options& options, ports::EventStore& store, const cases::CaseRow& row,
               const Personal& personal, Io& io) {
    const auto stored = store.load({row.id});
    if (!stored) return store_failed(options, stored.error(), io);
    const auto& events = stored->front().events;
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().key("case");
        wire::write_case(json, row);
        json.key("events").begin_array();
        for (const auto& event : events) wire::write_event(json, event);
        json.end_array();
        write_personal(json, personal);
        io.out << json.end_object().text() << '\n';
        return kDone;
    }
    if (options.output != Output::csv) {
        print_head(options, row, io);
        print_personal(options, personal, io);
        io.out << '\n';
    }
    print_timeline(options, events, io);
    return kDone;
}

// Records the reading first: what nobody wrote down, nobody sees.
int show_personal(const Options& options, const CaseShowArgs& args, Io& io) {
    if (args.as.empty() || args.purpose.empty()) return say(io, options, "CL055"), kWrongUsage;
    constexpr std::int64_t kWait = 10;
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    const auto outcome = send(options, *store, *row, actor_named(args.as),
                              cases::NoteReading{args.purpose}, kWait, io, exit);
    if (!outcome) return exit;
    if (!outcome->accepted)
        return say(io, options, Error{outcome->code, outcome->args}), kNotAllowed;
    auto personal = store->personal(row->id);
    if (!personal) return store_failed(options, personal.error(), io);
    return print_case(options, *store, *row, std::move(*personal), io);
}

}  // namespace

int case_show(const Options& options, const CaseShowArgs& args, Io& io) {
    if (args.personal) return show_personal(options, args, io);
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    return row ? print_case(options, *store, *row, std::nullopt, io) : exit;
}

int history_show(const Options& options, const HistoryArgs& args, Io& io) {
    return case_show(options, CaseShowArgs{args.id}, io);
}

}  // namespace pintu::cli
