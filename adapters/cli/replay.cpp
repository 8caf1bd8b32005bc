#include <ostream>

#include "adapters/cli/archive.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/replay/replay.hpp"

namespace pintu::cli {
namespace {

// Neighbours by id lie in the same pages of the log.
constexpr std::size_t kReadTogether = 256;

void print_divergence(const Options& options, const replay::Divergence& d, Io& io) {
    io.out << words(options, "CL070",
                    {d.case_id.value, std::to_string(d.sequence), d.what, d.field})
           << '\n'
           << "  " << words(options, "CL071", {d.recorded}) << '\n'
           << "  " << words(options, "CL072", {d.replayed}) << '\n';
}

void print_summary(const Options& options, const replay::Summary& summary, Io& io) {
    if (options.output != Output::json && options.output != Output::jsonl) {
        say(io, options, "CL073",
            {std::to_string(summary.cases), std::to_string(summary.events),
             std::to_string(summary.equal), std::to_string(summary.different)});
        return;
    }
    wire::JsonWriter json;
    json.begin_object().field("cases", static_cast<std::int64_t>(summary.cases));
    json.field("events", static_cast<std::int64_t>(summary.events));
    json.field("equal", static_cast<std::int64_t>(summary.equal));
    json.field("different", static_cast<std::int64_t>(summary.different)).key("first");
    if (const auto& first = summary.first)
        json.begin_object()
            .field("case", first->case_id.value)
            .field("sequence", static_cast<std::int64_t>(first->sequence))
            .field("what", first->what)
            .field("field", first->field)
            .field("recorded", first->recorded)
            .field("replayed", first->replayed)
            .end_object();
    else
        json.null();
    io.out << json.end_object().text() << '\n';
}

// One call of the command.
struct Replaying {
    const Options& options;
    ports::EventStore& store;
    Io& io;
    replay::Archive archive = archive_of(store);
    replay::Summary summary = {};
    Progress progress{io, 0};

    std::optional<Error> some(const std::vector<CaseId>& ids);
    std::optional<Error> all();
};

std::optional<Error> Replaying::some(const std::vector<CaseId>& ids) {
    const auto stored = store.load(ids);
    if (!stored) return stored.error();
    for (const auto& one : *stored) {
        const auto divergences = replay::replay(one.events, archive, summary);
        if (!divergences) return divergences.error();
        if (divergences->empty() || options.output != Output::table) continue;
        progress.clear();
        for (const auto& divergence : *divergences) print_divergence(options, divergence, io);
    }
    return std::nullopt;
}

std::optional<Error> Replaying::all() {
    ports::CaseFilter filter;
    if (!options.agency.empty()) filter.agency = AgencyCode(options.agency);
    filter.limit = kReadTogether;
    for (;;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.error();
        std::vector<CaseId> ids;
        for (const auto& row : *rows) ids.push_back(row.id);
        if (auto error = some(ids)) return error;
        if (rows->size() < kReadTogether) return std::nullopt;
        filter.after = rows->back().id;
        progress.show(0, words(options, "CL077",
                               {std::to_string(summary.cases), std::to_string(summary.events)}));
    }
}

}  // namespace

int replay(const Options& options, const ReplayArgs& args, Io& io) {
    if (args.all == !args.id.empty()) return say(io, options, "CL074"), kWrongUsage;
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    Replaying replaying{options, *store, io};
    std::optional<Error> error;
    if (args.all) {
        error = replaying.all();
    } else {
        const auto row = find_case(options, *store, args.id, io, exit);
        if (!row) return exit;
        error = replaying.some({row->id});
    }
    replaying.progress.clear();
    if (error) return store_failed(options, *error, io);
    print_summary(options, replaying.summary, io);
    return replaying.summary.different == 0 ? kDone : kBroken;
}

}  // namespace pintu::cli
