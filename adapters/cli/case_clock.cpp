#include <ostream>

#include "adapters/cli/archive.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/calendar/clock.hpp"
#include "engine/cases/apply/apply.hpp"

namespace pintu::cli {
namespace {

// Days of a clock that stands still are shown up to when it stopped, of one that runs up to its
// due.
std::vector<calendar::DayWhy> days_of(const calendar::ClockState& clock,
                                      const calendar::Calendar& calendar, Instant now) {
    const bool stopped = clock.phase == calendar::ClockState::Phase::stopped;
    return calendar::explain(clock, calendar, stopped ? clock.stopped_at : now);
}

std::string phase_name(const calendar::ClockState& clock) {
    constexpr std::string_view kNames[] = {"idle", "running", "paused", "ended"};
    return std::string(kNames[static_cast<int>(clock.phase)]);
}

std::string phase_words(const Options& options, const calendar::ClockState& clock) {
    constexpr std::string_view kCodes[] = {"CL360", "CL361", "CL362", "CL363"};
    return words(options, kCodes[static_cast<int>(clock.phase)]);
}

// How many days from `at` on tell the same without a break: rows of "every day counts" are shown as
// one, since 730 of them tell no more.
std::size_t alike(const std::vector<calendar::DayWhy>& days, std::size_t at) {
    if (days[at].reason != calendar::Reason::every_day) return 1;
    std::size_t end = at + 1;
    while (end < days.size() && days[end].reason == calendar::Reason::every_day &&
           days[end].date.days == days[end - 1].date.days + 1)
        ++end;
    return end - at;
}

void add_days(const Options& options, const std::vector<calendar::DayWhy>& days, Table& table) {
    std::size_t counted = 0;
    for (std::size_t at = 0; at < days.size();) {
        const std::size_t run = alike(days, at);
        const auto& day = days[at];
        std::string date = to_string(day.date);
        std::string number = "-";
        if (day.counted) number = std::to_string(counted + 1);
        if (run > 1) {
            date = words(options, "CL367", {date, to_string(days[at + run - 1].date)});
            number += "-" + std::to_string(counted + run);
        }
        if (day.counted) counted += run;
        table.add({"", date, number, words(options, day.code(), day.args())});
        at += run;
    }
}

void print_clock(const Options& options, const std::string& name, const calendar::ClockState& clock,
                 const calendar::Calendar& calendar, Instant now, Io& io) {
    const auto due = calendar::due_of_clock(clock);
    io.out << words(options, "CL364",
                    {name, shown_value(options, to_string(clock.lasts)),
                     phase_words(options, clock), local(clock.started_at), due ? local(*due) : "-"})
           << '\n';
    Table table({"", words(options, "CL210"), words(options, "CL211"), words(options, "CL212")});
    add_days(options, days_of(clock, calendar, now), table);
    table.print(io.out, Output::table);
    for (const auto& fired : clock.fired)
        io.out << "  "
               << words(options, fired.repeat == 0 ? "CL365" : "CL366",
                        {std::to_string(fired.percent), std::to_string(fired.repeat)})
               << '\n';
    io.out << '\n';
}

void write_clock(wire::JsonWriter& json, const Options& options, const std::string& name,
                 const calendar::ClockState& clock, const calendar::Calendar& calendar,
                 Instant now) {
    const auto due = calendar::due_of_clock(clock);
    json.begin_object().field("clock", name).field("run", static_cast<std::int64_t>(clock.run));
    json.field("status", phase_name(clock)).field("lasts", to_string(clock.lasts));
    json.field("started_at", to_string(clock.started_at)).key("due");
    if (due)
        json.value(to_string(*due));
    else
        json.null();
    json.key("days").begin_array();
    for (const auto& day : days_of(clock, calendar, now))
        json.begin_object()
            .field("date", to_string(day.date))
            .field("counted", day.counted)
            .field("why", words(options, day.code(), day.args()))
            .end_object();
    json.end_array().end_object();
}

}  // namespace

int case_clock(const Options& options, const CaseArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    const auto stored = store->load({row->id});
    if (!stored) return store_failed(options, stored.error(), io);
    const auto state = cases::fold(stored->front().events);
    auto archive = archive_of(*store);
    const auto definitions =
        archive.find(state.agency, state.pinned, state.current, state.changed_at);
    if (!definitions) return say(io, options, definitions.error()), kFailed;
    const Instant now = moment(options);
    const bool as_json = options.output == Output::json || options.output == Output::jsonl;
    wire::JsonWriter json;
    json.begin_array();
    for (const auto& [name, clock] : state.clocks) {
        if (clock.run == 0) continue;
        const auto bundle = definitions->current->bundles.find(clock.calendar);
        const auto& calendar = bundle == definitions->current->bundles.end()
                                   ? definitions->pinned->calendar
                                   : bundle->second->calendar;
        if (as_json)
            write_clock(json, options, name, clock, calendar, now);
        else
            print_clock(options, name, clock, calendar, now, io);
    }
    if (as_json) io.out << json.end_array().text() << '\n';
    return kDone;
}

}  // namespace pintu::cli
