#include <ostream>

#include "adapters/cli/archive.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/replay/replay.hpp"
#include "engine/runtime/readable.hpp"

namespace pintu::cli {
namespace {

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
        if (summary.unreplayed > 0) say(io, options, "CL078", {std::to_string(summary.unreplayed)});
        return;
    }
    wire::JsonWriter json;
    json.begin_object().field("cases", static_cast<std::int64_t>(summary.cases));
    json.field("events", static_cast<std::int64_t>(summary.events));
    json.field("equal", static_cast<std::int64_t>(summary.equal));
    json.field("different", static_cast<std::int64_t>(summary.different));
    json.field("unreplayed", static_cast<std::int64_t>(summary.unreplayed)).key("first");
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
    bool all_cases;
    replay::Archive archive = archive_of(store);
    replay::Summary summary = {};
    Progress progress{io, 0};

    Result<void> some(const std::vector<CaseId>& ids);
    Result<void> all();
    Result<void> one(const CaseId& id, const Result<ports::StoredCase>& stored);
    Result<void> pass_over(const CaseId& id, const Error& why);
};

Result<void> Replaying::some(const std::vector<CaseId>& ids) {
    const auto stored = runtime::load_readable(store, ids);
    if (!stored) return stored.unexpected();
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (auto told = one(ids[i], (*stored)[i]); !told) return told;
    return {};
}

Result<void> Replaying::one(const CaseId& id, const Result<ports::StoredCase>& stored) {
    if (!stored) return pass_over(id, stored.error());
    const auto divergences = replay::replay(stored->events, archive, summary);
    if (!divergences) return pass_over(id, divergences.error());
    if (divergences->empty() || options.output != Output::table) return {};
    progress.clear();
    for (const auto& divergence : *divergences) print_divergence(options, divergence, io);
    return {};
}

// Of all, one that is damaged, or whose definitions are not kept, hides no other.
Result<void> Replaying::pass_over(const CaseId& id, const Error& why) {
    if (!all_cases || !why.code.starts_with("HI")) return Unexpected<Error>{why};
    ++summary.unreplayed;
    progress.clear();
    say(io, options, "CL079", {id.value});
    say(io, options, why);
    return {};
}

Result<void> Replaying::all() {
    ports::CaseFilter filter;
    if (!options.agency.empty()) filter.agency = AgencyCode(options.agency);
    filter.limit = runtime::kReadTogether;
    for (;;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        std::vector<CaseId> ids;
        for (const auto& row : *rows) ids.push_back(row.id);
        if (auto told = some(ids); !told) return told;
        if (rows->size() < filter.limit) return {};
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
    std::vector<CaseId> ids;
    if (!args.all) {
        const auto row = find_case(options, *store, args.id, io, exit);
        if (!row) return exit;
        ids = {row->id};
    }
    Replaying replaying{options, *store, io, args.all};
    const auto told = args.all ? replaying.all() : replaying.some(ids);
    replaying.progress.clear();
    if (!told) return store_failed(options, told.error(), io);
    const auto& summary = replaying.summary;
    print_summary(options, summary, io);
    return summary.different + summary.unreplayed == 0 ? kDone : kBroken;
}

}  // namespace pintu::cli
