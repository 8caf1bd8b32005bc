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

constexpr std::size_t kMostFindings = 200;  // that JSON lists

bool is_json(const Options& options) {
    return options.output == Output::json || options.output == Output::jsonl;
}

void print_divergence(const Options& options, const replay::Divergence& d, Io& io) {
    io.out << words(options, "CL070",
                    {d.case_id.value, std::to_string(d.sequence), d.what, d.field})
           << '\n'
           << "  " << words(options, "CL071", {d.recorded}) << '\n'
           << "  " << words(options, "CL072", {d.replayed}) << '\n';
}

void write_divergence(wire::JsonWriter& json, const replay::Divergence& d) {
    json.field("sequence", static_cast<std::int64_t>(d.sequence));
    json.field("what", d.what).field("field", d.field);
    json.field("recorded", d.recorded).field("replayed", d.replayed).end_object();
}

// What became of one case; `error` where it could not be replayed.
std::string result_json(const Options& options, const CaseId& id, std::size_t events,
                        const std::vector<replay::Divergence>& differences, const Error* error) {
    wire::JsonWriter json;
    json.begin_object().field("case", id.value).field("events", static_cast<std::int64_t>(events));
    json.field("result",
               error != nullptr ? "unreplayed" : (differences.empty() ? "equal" : "different"));
    json.key("differences").begin_array();
    for (const auto& d : differences) write_divergence(json.begin_object(), d);
    json.end_array().key("error");
    if (error == nullptr) return json.null().end_object().text();
    const auto text = messages::render(*error, options.language);
    json.begin_object().field("code", error->code).field("message", text.message);
    return json.field("hint", text.hint).end_object().end_object().text();
}

void print_totals(const Options& options, const replay::Summary& summary, Io& io) {
    say(io, options, "CL073",
        {std::to_string(summary.cases), std::to_string(summary.events),
         std::to_string(summary.equal), std::to_string(summary.different)});
    if (summary.unreplayed > 0) say(io, options, "CL078", {std::to_string(summary.unreplayed)});
}

// `findings`: of cases that are not equal, each a result_json().
std::string summary_json(const replay::Summary& summary, const std::vector<std::string>& findings) {
    wire::JsonWriter json;
    json.begin_object().field("cases", static_cast<std::int64_t>(summary.cases));
    json.field("events", static_cast<std::int64_t>(summary.events));
    json.field("equal", static_cast<std::int64_t>(summary.equal));
    json.field("different", static_cast<std::int64_t>(summary.different));
    json.field("unreplayed", static_cast<std::int64_t>(summary.unreplayed)).key("first");
    if (const auto& first = summary.first)
        write_divergence(json.begin_object().field("case", first->case_id.value), *first);
    else
        json.null();
    json.key("findings").begin_array();
    for (const auto& finding : findings) json.raw(finding);
    return json.end_array().end_object().text();
}

// One call of the command.
struct Replaying {
    const Options& options;
    ports::EventStore& store;
    Io& io;
    bool all_cases;
    replay::Archive archive = archive_of(store);
    replay::Summary summary = {};
    std::vector<std::string> findings = {};  // of JSON: cases that are not equal, the first ones
    Progress progress{io, 0};

    Result<void> some(const std::vector<CaseId>& ids);
    Result<void> all();
    Result<void> one(const CaseId& id, const Result<ports::StoredCase>& stored);
    Result<void> pass_over(const CaseId& id, const Error& why);
    void keep(std::string result, bool equal);
    void print_summary() const;
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
    const auto differences = replay::replay(stored->events, archive, summary);
    if (!differences) return pass_over(id, differences.error());
    if (is_json(options))
        keep(result_json(options, id, stored->events.size(), *differences, nullptr),
             differences->empty());
    if (differences->empty() || options.output != Output::table) return {};
    progress.clear();
    for (const auto& difference : *differences) print_divergence(options, difference, io);
    return {};
}

// Of all, one that is damaged, or whose definitions are not kept, hides no other.
Result<void> Replaying::pass_over(const CaseId& id, const Error& why) {
    const bool told_with_others = all_cases || is_json(options);
    if (!told_with_others || !why.code.starts_with("HI")) return Unexpected<Error>{why};
    ++summary.unreplayed;
    if (is_json(options)) keep(result_json(options, id, 0, {}, &why), false);
    progress.clear();
    say(io, options, "CL079", {id.value});
    say(io, options, why);
    return {};
}

void Replaying::keep(std::string result, bool equal) {
    if (options.output == Output::jsonl)
        io.out << result << '\n';
    else if (!equal && findings.size() < kMostFindings)
        findings.push_back(std::move(result));
}

void Replaying::print_summary() const {
    if (options.output == Output::json)
        io.out << summary_json(summary, findings) << '\n';
    else
        print_totals(options, summary, io);
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
    replaying.print_summary();
    return summary.different + summary.unreplayed == 0 ? kDone : kBroken;
}

}  // namespace pintu::cli
