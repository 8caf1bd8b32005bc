#include <ostream>

#include "adapters/cli/board.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"

namespace pintu::cli {
namespace {

void write_map(wire::JsonWriter& json, std::string_view name,
               const std::map<std::string, std::int64_t>& counts) {
    json.key(name).begin_object();
    for (const auto& [key, count] : counts) json.field(key, count);
    json.end_object();
}

void write_counts(wire::JsonWriter& json, const AgencyCounts& counts) {
    json.begin_object().field("cases", counts.cases).field("open", counts.open);
    json.field("on_time", counts.on_time).field("late", counts.late);
    json.field("late_open", counts.late_open);
    write_map(json, "states", counts.states);
    write_map(json, "categories", counts.categories);
    write_map(json, "escalations", counts.rungs);
    json.end_object();
}

void print_csv_row(const std::string& name, const AgencyCounts& counts, Io& io) {
    io.out << name << ',' << counts.cases << ',' << counts.open << ',' << counts.on_time << ','
           << counts.late << ',' << counts.late_open << "\r\n";
}

void print_csv(const Board& board, Io& io) {
    io.out << "agency,cases,open,on_time,late,late_open\r\n";
    for (const auto& [code, counts] : board.agencies) print_csv_row(code.value, counts, io);
    print_csv_row("all", board.all, io);
}

}  // namespace

int report(const Options& options, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto board = count_cases(*store, options.agency);
    if (!board) return store_failed(options, board.error(), io);
    if (options.output == Output::csv) return print_csv(*board, io), kDone;
    if (options.output != Output::json && options.output != Output::jsonl) {
        print_board(io.out, *board, options);
        return kDone;
    }
    wire::JsonWriter json;
    json.begin_object().key("all");
    write_counts(json, board->all);
    json.key("agencies").begin_object();
    for (const auto& [code, counts] : board->agencies) {
        json.key(code.value);
        write_counts(json, counts);
    }
    json.end_object().end_object();
    io.out << json.text() << '\n';
    return kDone;
}

}  // namespace pintu::cli
