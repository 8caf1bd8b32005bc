#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/describe.hpp"
#include "adapters/cli/log_reading.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/wire/event_json.hpp"
#include "engine/base/csv.hpp"
#include "engine/history/checkpoint.hpp"
#include "engine/history/codec.hpp"
#include "engine/runtime/audit.hpp"

namespace pintu::cli {

int history_checkpoint(const Options& options, const HistoryArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto agencies = agencies_of(options, *store);
    if (!agencies) return store_failed(options, agencies.error(), io);
    const Instant now = moment(options);
    std::string text;
    for (const auto& agency : *agencies) {
        const auto made = runtime::make_checkpoint(*store, agency, now);
        if (!made && made.error().code == "HI035") return say(io, options, made.error()), kBroken;
        if (!made) return store_failed(options, made.error(), io);
        text += history::to_text(*made);
    }
    if (args.file.empty()) {
        io.out << text;
        return kDone;
    }
    if (const auto written = files::write_file(args.file, text); !written)
        return say(io, options, written.error()), kFailed;
    say(io, options, "CL083", {args.file});
    return kDone;
}

int history_export(const Options& options, const HistoryArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    std::optional<CaseId> only;
    if (!args.id.empty()) {
        const auto row = find_case(options, *store, args.id, io, exit);
        if (!row) return exit;
        only = row->id;
    }
    const auto agencies = agencies_of(options, *store);
    if (!agencies) return store_failed(options, agencies.error(), io);
    const bool csv = options.output == Output::csv;
    if (csv) io.out << "agency,position,leaf,case,sequence,at,actor,type,summary\r\n";
    for (const auto& agency : *agencies) {
        std::optional<Error> broken;
        const auto read = read_log(*store, agency, [&](const ports::LoggedEvent& row) {
            if (broken || (only && row.case_id != *only)) return;
            const auto event = history::decode(row.bytes);
            if (!event) {
                broken = event.error();
                return;
            }
            if (!csv) {
                wire::JsonWriter json;
                wire::write_event(json, *event);
                io.out << json.text() << '\n';
                return;
            }
            io.out << agency.value << ',' << row.position << ',' << to_hex(bytes_of(row.leaf))
                   << ',' << row.case_id.value << ',' << row.sequence << ',' << to_string(event->at)
                   << ',' << csv_cell(describe(event->actor, options)) << ','
                   << wire::type_name(event->payload) << ',' << csv_cell(describe(*event, options))
                   << "\r\n";
        });
        if (!read) return store_failed(options, read.error(), io);
        if (broken) return say(io, options, *broken), kBroken;
    }
    return kDone;
}

}  // namespace pintu::cli
