#include <algorithm>
#include <iterator>
#include <ostream>
#include <tuple>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/event_json.hpp"
#include "engine/base/csv.hpp"

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

// Names and values do not follow the language: programs read them.
void print_csv(const std::vector<cases::CaseRow>& rows, Io& io) {
    io.out << "tracking_id,agency,state,owner,kategori,received_at,late,closed\r\n";
    for (const auto& row : rows)
        io.out << row.tracking_id.value << ',' << row.agency.value << ',' << csv_cell(row.state)
               << ',' << csv_cell(row.owner.value) << ',' << csv_cell(value_of(row, "kategori"))
               << ',' << to_string(row.received_at) << ',' << (is_late(row) ? "true" : "false")
               << ',' << (row.closed ? "true" : "false") << "\r\n";
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
    if (options.output == Output::csv) return print_csv(rows, io);
    Table table({words(options, "CL200"), words(options, "CL201"), words(options, "CL202"),
                 words(options, "CL203"), words(options, "CL204"), words(options, "CL205"),
                 words(options, "CL206")});
    for (const auto& row : rows)
        table.add({row.tracking_id.value, row.agency.value, row.state, row.owner.value,
                   value_of(row, "kategori"), due_text(row),
                   is_late(row) ? words(options, "CL207") : std::string()});
    table.print(io.out, options.output);
}

constexpr std::size_t kPage = 5'000;

// The oldest that fit the filter; the store gives them by id, so all of them are looked at and only
// `most` kept.
Result<std::vector<cases::CaseRow>> oldest(ports::EventStore& store, ports::CaseFilter filter,
                                           std::size_t most, bool& more) {
    const auto older = [](const auto& a, const auto& b) {
        return std::tie(a.received_at, a.id) < std::tie(b.received_at, b.id);
    };
    std::vector<cases::CaseRow> kept;
    filter.limit = kPage;
    for (;;) {
        auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        const bool last = rows->size() < kPage;
        if (!last) filter.after = rows->back().id;
        std::move(rows->begin(), rows->end(), std::back_inserter(kept));
        std::sort(kept.begin(), kept.end(), older);
        more = more || kept.size() > most;
        if (kept.size() > most)
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(most), kept.end());
        if (last) return kept;
    }
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
    bool more = false;
    const auto rows = oldest(*store, filter, static_cast<std::size_t>(args.limit), more);
    if (!rows) return store_failed(options, rows.error(), io);
    print_rows(options, *rows, io);
    if (more) say(io, options, "CL013", {std::to_string(args.limit)});
    return kDone;
}

}  // namespace pintu::cli
