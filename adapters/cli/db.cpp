#include <ostream>
#include <span>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/store/store.hpp"
#include "adapters/wire/json_writer.hpp"

namespace pintu::cli {
namespace {

bool is_json(const Options& options) {
    return options.output == Output::json || options.output == Output::jsonl;
}

std::int64_t number(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

std::string_view work_word(ports::Work work) {
    constexpr std::string_view kWords[] = {"decide", "send", "follow"};
    return kWords[static_cast<std::size_t>(work)];
}

// What of a store is counted: name in JSON and CSV, and words for people.
struct Figure {
    std::string_view name;
    std::string_view code;
    std::uint64_t store::Status::*count;
};
constexpr Figure kFigures[] = {
    {"bytes", "CL263", &store::Status::bytes},
    {"agencies", "CL264", &store::Status::agencies},
    {"cases", "CL265", &store::Status::cases},
    {"open_cases", "CL266", &store::Status::open_cases},
    {"events", "CL267", &store::Status::events},
    {"unsequenced", "CL268", &store::Status::unsequenced},
    {"timers", "CL269", &store::Status::timers},
    {"due_timers", "CL270", &store::Status::due_timers},
    {"commands", "CL271", &store::Status::commands},
    {"effects", "CL272", &store::Status::effects},
    {"open_incidents", "CL273", &store::Status::open_incidents},
};

// Of tables that this program does not know only their size.
std::span<const Figure> figures_of(const store::Status& status) {
    const bool known = status.schema == status.known_schema || status.schema == 0;
    return std::span(kFigures).first(known ? std::size(kFigures) : 1);
}

void print_json(const store::Status& status, const std::string& in_force, Io& io) {
    wire::JsonWriter json;
    json.begin_object().field("store", status.store).field("server", status.server);
    json.field("read_only", status.read_only).field("schema", status.schema);
    json.field("known_schema", status.known_schema).key("definitions");
    if (in_force.empty())
        json.null();
    else
        json.value(in_force);
    for (const auto& figure : figures_of(status))
        json.field(figure.name, number(status.*figure.count));
    json.key("turns").begin_array();
    for (const auto& turn : status.turns) {
        json.begin_object().field("agency", turn.agency.value).field("work", work_word(turn.work));
        json.field("node", turn.node).field("left_ms", turn.left_ms).end_object();
    }
    io.out << json.end_array().end_object().text() << '\n';
}

void print_csv(const store::Status& status, Io& io) {
    Table table({"name", "value"});
    for (const auto& figure : figures_of(status))
        table.add({std::string(figure.name), std::to_string(status.*figure.count)});
    table.print(io.out, Output::csv);
}

void print_text(const Options& options, const store::Status& status, const std::string& in_force,
                Io& io) {
    const auto line = [&](std::string_view code, const std::string& value) {
        io.out << words(options, code) << ": " << value << '\n';
    };
    line("CL260", status.store + "  (" + status.server +
                      (status.read_only ? ", " + words(options, "CL261") : "") + ")");
    line("CL262", std::to_string(status.schema) + " / " + std::to_string(status.known_schema));
    if (!in_force.empty()) line("CL274", in_force.substr(0, 12));
    for (const auto& figure : figures_of(status))
        line(figure.code, std::to_string(status.*figure.count));
    for (const auto& turn : status.turns)
        io.out << words(options, "CL275",
                        {turn.agency.value, std::string(work_word(turn.work)), turn.node,
                         std::to_string(turn.left_ms)})
               << '\n';
}

// Of a store that is there and of our schema; "" where there are none.
std::string definitions_in_force(const Options& options, const store::Status& status) {
    if (status.schema != status.known_schema) return {};
    const auto store = open_store(options, Access::read);
    if (!store) return {};
    const auto id = (*store)->in_force();
    return id && *id ? **id : std::string();
}

void print_archived(const Options& options, std::string_view code, const store::Archived& archived,
                    Io& io) {
    if (is_json(options)) {
        wire::JsonWriter json;
        json.begin_object().field("file", archived.file).field("bytes", number(archived.bytes));
        json.field("rows", number(archived.rows)).field("events", number(archived.events));
        json.field("agencies", number(archived.agencies)).end_object();
        io.out << json.text() << '\n';
        return;
    }
    say(io, options, code,
        {archived.file, std::to_string(archived.rows), std::to_string(archived.events),
         std::to_string(archived.agencies)});
}

}  // namespace

int db_migrate(const Options& options, Io& io) {
    const auto done = store::migrate(store_address(options));
    if (!done) return store_failed(options, done.error(), io);
    if (is_json(options)) {
        wire::JsonWriter json;
        json.begin_object().field("from", done->from).field("to", done->to).end_object();
        io.out << json.text() << '\n';
        return kDone;
    }
    say(io, options, done->from == done->to ? "CL133" : "CL132",
        {shown_store(options), std::to_string(done->from), std::to_string(done->to)});
    return kDone;
}

int db_status(const Options& options, Io& io) {
    const auto status = store::status(store_address(options), moment(options));
    if (!status) return store_failed(options, status.error(), io);
    const std::string in_force = definitions_in_force(options, *status);
    if (is_json(options))
        print_json(*status, in_force, io);
    else if (options.output == Output::csv)
        print_csv(*status, io);
    else
        print_text(options, *status, in_force, io);
    return kDone;
}

int db_backup(const Options& options, const DbArgs& args, Io& io) {
    const auto done = store::backup(store_address(options), args.file);
    if (!done) return store_failed(options, done.error(), io);
    return print_archived(options, "CL134", *done, io), kDone;
}

int db_restore(const Options& options, const DbArgs& args, Io& io) {
    const auto done = store::restore(args.file, store_address(options));
    if (!done) return store_failed(options, done.error(), io);
    return print_archived(options, "CL135", *done, io), kDone;
}

}  // namespace pintu::cli
