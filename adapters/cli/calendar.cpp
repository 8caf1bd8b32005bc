#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/base/csv.hpp"
#include "engine/calendar/clock.hpp"

namespace pintu::cli {
namespace {

std::string day_words(const calendar::DayWhy& day, const Options& options) {
    return words(options, day.code(), day.args());
}

void print_due(const calendar::Due& due, const calendar::Zone& zone, const Options& options,
               Io& io) {
    const std::int32_t offset = zone.offset(due.due);
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().field("due", to_string(due.due, offset));
        json.field("due_date", to_string(due.due_date)).key("days").begin_array();
        for (const auto& day : due.days)
            json.begin_object()
                .field("date", to_string(day.date))
                .field("counted", day.counted)
                .field("why", day_words(day, options))
                .end_object();
        json.end_array().end_object();
        io.out << json.text() << '\n';
        return;
    }
    if (options.output == Output::csv) {
        io.out << "date,counted,why\r\n";
        for (const auto& day : due.days)
            io.out << to_string(day.date) << ',' << (day.counted ? "true" : "false") << ','
                   << csv_cell(day_words(day, options)) << "\r\n";
        return;
    }
    Table table({words(options, "CL210"), words(options, "CL211"), words(options, "CL212")});
    int counted = 0;
    for (const auto& day : due.days)
        table.add({to_string(day.date), day.counted ? std::to_string(++counted) : std::string("-"),
                   day_words(day, options)});
    table.print(io.out, Output::table);
    io.out << words(options, "CL213", {to_string(due.due_date), to_string(due.due, offset)})
           << '\n';
}

}  // namespace

int calendar_due(const Options& options, const CalendarDueArgs& args, Io& io) {
    if (options.agency.empty()) {
        say(io, options, "CL018");
        return kWrongUsage;
    }
    const auto lasts = calendar::parse_duration(args.lasts);
    if (!lasts) {
        say(io, options, "CL019", {args.lasts});
        return kWrongUsage;
    }
    const auto definitions = load_definitions(options, io);
    if (!definitions) return kFailed;
    const auto bundle = definitions->library.bundles.find(AgencyCode(options.agency));
    if (bundle == definitions->library.bundles.end()) {
        say(io, options, "CL021", {options.agency});
        return kFailed;
    }
    const auto& calendar = bundle->second->calendar;
    auto from = parse_moment(args.from, 0);
    if (from && parse_date(args.from)) from = calendar.zone().instant(*parse_date(args.from));
    if (!from) {
        say(io, options, "CL003", {args.from});
        return kWrongUsage;
    }
    print_due(calendar::due_of(calendar, *from, *lasts), calendar.zone(), options, io);
    return kDone;
}

}  // namespace pintu::cli
