#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/event_json.hpp"

namespace pintu::cli {
namespace {

std::string due_text(const cases::CaseRow& row) {
    std::string earliest;
    for (const auto& clock : row.clocks)
        if (clock.status == "running" && clock.due)
            if (const auto text = local(*clock.due); earliest.empty() || text < earliest)
                earliest = text;
    return earliest;
}

bool is_late(const cases::CaseRow& row) {
    for (const auto& clock : row.clocks)
        if (clock.late) return true;
    return false;
}

std::string value_of(const cases::CaseRow& row, const std::string& name) {
    for (const auto& [key, value] : row.values)
        if (key == name) return value;
    return {};
}

void print_rows(const Options& options, const std::vector<cases::CaseRow>& rows, Io& io) {
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter all;
        if (options.output == Output::json) all.begin_array();
        for (const auto& row : rows) {
            wire::JsonWriter one;
            wire::write_case(one, row);
            if (options.output == Output::json)
                all.raw(one.text());
            else
                io.out << one.text() << '\n';
        }
        if (options.output == Output::json) io.out << all.end_array().text() << '\n';
        return;
    }
    Table table({words(options, "CL200"), words(options, "CL201"), words(options, "CL202"),
                 words(options, "CL203"), words(options, "CL204"), words(options, "CL205"),
                 words(options, "CL206")});
    for (const auto& row : rows)
        table.add({row.tracking_id.value, row.agency.value, row.state, row.owner.value,
                   value_of(row, "kategori"), due_text(row),
                   is_late(row) ? words(options, "CL207") : std::string()});
    table.print(io.out, options.output);
}

}  // namespace

int case_list(const Options& options, const CaseListArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    ports::CaseFilter filter;
    if (!options.agency.empty()) filter.agency = AgencyCode(options.agency);
    if (!args.state.empty()) filter.state = args.state;
    if (!args.unit.empty()) filter.owner = UnitId(args.unit);
    if (args.open) filter.closed = false;
    if (args.late) filter.late = true;
    filter.limit = static_cast<std::size_t>(args.limit);
    const auto rows = store->list(filter);
    if (!rows) return store_failed(options, rows.error(), io);
    print_rows(options, *rows, io);
    if (rows->size() == filter.limit) say(io, options, "CL013", {std::to_string(filter.limit)});
    return kDone;
}

}  // namespace pintu::cli
