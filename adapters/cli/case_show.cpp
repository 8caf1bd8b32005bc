#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/describe.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/event_json.hpp"

namespace pintu::cli {
namespace {

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
    for (const auto& [name, value] : row.values) io.out << "  " << name << " = " << value << '\n';
    for (const auto& clock : row.clocks)
        io.out << "  "
               << words(options, clock.late ? "CL236" : "CL235",
                        {clock.clock, clock.status, clock.due ? local(*clock.due) : "-"})
               << '\n';
}

void print_timeline(const Options& options, const std::vector<cases::Event>& events, Io& io) {
    Table table({"#", words(options, "CL237"), words(options, "CL238"), words(options, "CL239")});
    for (const auto& event : events)
        table.add({std::to_string(event.sequence), local(event.at), describe(event.actor, options),
                   describe(event, options)});
    table.print(io.out, options.output);
}

}  // namespace

int case_show(const Options& options, const CaseArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    const auto stored = store->load({row->id});
    if (!stored) return store_failed(options, stored.error(), io);
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().key("case");
        wire::write_case(json, *row);
        json.key("events").begin_array();
        for (const auto& event : stored->front().events) wire::write_event(json, event);
        json.end_array().end_object();
        io.out << json.text() << '\n';
        return kDone;
    }
    print_head(options, *row, io);
    io.out << '\n';
    print_timeline(options, stored->front().events, io);
    return kDone;
}

int history_show(const Options& options, const HistoryArgs& args, Io& io) {
    return case_show(options, CaseArgs{args.id}, io);
}

}  // namespace pintu::cli
