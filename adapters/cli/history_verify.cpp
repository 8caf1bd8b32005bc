#include <algorithm>
#include <ostream>

#include "adapters/cli/audited.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/runtime/audit.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostCheckpointBytes = 1U << 20U;
constexpr std::int64_t kHalf = 1'000;  // of a bar

// Checkpoints of several agencies stand one after the other; each begins with its origin line.
Result<std::vector<history::Checkpoint>> read_checkpoints(const std::string& path) {
    const auto text = files::read_file(path, kMostCheckpointBytes);
    if (!text) return text.unexpected();
    constexpr std::string_view kOrigin = "pintu/";
    std::vector<history::Checkpoint> checkpoints;
    for (std::size_t at = 0; at < text->size();) {
        auto next = text->find("\n" + std::string(kOrigin), at);
        next = next == std::string::npos ? text->size() : next + 1;
        auto checkpoint = history::parse_checkpoint(text->substr(at, next - at));
        if (!checkpoint) return checkpoint.unexpected();
        checkpoints.push_back(std::move(*checkpoint));
        at = next;
    }
    if (checkpoints.empty()) return fail("HI010", "1");
    return checkpoints;
}

void write_finding(wire::JsonWriter& json, const Options& options, const history::Finding& f) {
    const auto text = messages::render(f.code, f.args, options.language);
    json.begin_object().field("code", f.code).key("position");
    if (f.leaf)
        json.value(static_cast<std::int64_t>(*f.leaf));
    else
        json.null();
    json.field("case", f.case_id.value).field("sequence", static_cast<std::int64_t>(f.sequence));
    json.field("message", text.message).field("hint", text.hint).end_object();
}

void write_audit(const Options& options, const runtime::Audit& audit, Io& io) {
    wire::JsonWriter json;
    json.begin_object().field("agency", audit.agency.value);
    json.field("events", static_cast<std::int64_t>(audit.events));
    json.field("cases", static_cast<std::int64_t>(audit.cases));
    json.field("root", to_hex(bytes_of(audit.root)));
    json.field("count", static_cast<std::int64_t>(audit.findings.count()));
    json.key("findings").begin_array();
    for (const auto& finding : audit.findings.items()) write_finding(json, options, finding);
    json.end_array().key("moving").begin_array();
    for (const auto& id : audit.moving) json.value(id.value);
    io.out << json.end_array().end_object().text() << '\n';
}

void print_audit(const Options& options, const runtime::Audit& audit, Io& io) {
    if (options.output == Output::json || options.output == Output::jsonl)
        write_audit(options, audit, io);
    else
        for (const auto& finding : audit.findings.items())
            print_finding(io.out, options, audit.agency, finding);
    for (const auto& id : audit.moving) say(io, options, "CL088", {audit.agency.value, id.value});
    const auto count = audit.findings.count();
    const char* none = audit.moving.empty() ? "CL084" : "CL140";
    say(io, options, count == 0 ? none : "CL085",
        {audit.agency.value, std::to_string(audit.events), std::to_string(count),
         to_hex(bytes_of(audit.root)), std::to_string(audit.moving.size())});
}

// Reading the log is the one half, the cases beside it the other.
runtime::Progress shown_on(Progress& bar, const Options& options, const AgencyCode& agency) {
    return [&](runtime::AuditStage stage, std::uint64_t done, std::uint64_t of) {
        const bool log = stage == runtime::AuditStage::events;
        const auto part = static_cast<std::int64_t>(done * kHalf / std::max(of, done + 1));
        bar.show(log ? part : kHalf + part,
                 words(options, log ? "CL075" : "CL076",
                       {agency.value, std::to_string(done), std::to_string(std::max(of, done))}));
    };
}

Result<runtime::Audit> verify_agency(const Options& options, ports::EventStore& store,
                                     const AgencyCode& agency,
                                     const std::vector<history::Checkpoint>& checkpoints,
                                     const Io& io) {
    std::vector<history::Checkpoint> own;
    std::copy_if(checkpoints.begin(), checkpoints.end(), std::back_inserter(own),
                 [&](const auto& checkpoint) { return checkpoint.agency == agency; });
    Progress bar(io, 2 * kHalf);
    return runtime::audit(store, agency, own, shown_on(bar, options, agency));
}

}  // namespace

int history_verify(const Options& options, const HistoryArgs& args, Io& io) {
    std::vector<history::Checkpoint> checkpoints;
    if (!args.against.empty()) {
        auto read = read_checkpoints(args.against);
        if (!read) return say(io, options, read.error()), kFailed;
        checkpoints = std::move(*read);
    }
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    auto agencies = agencies_of(options, *store);
    if (!agencies) return store_failed(options, agencies.error(), io);
    // A log that is gone altogether is missed only through its checkpoint.
    if (options.agency.empty())
        for (const auto& checkpoint : checkpoints)
            if (std::find(agencies->begin(), agencies->end(), checkpoint.agency) == agencies->end())
                agencies->push_back(checkpoint.agency);
    std::size_t findings = 0, moving = 0;
    for (const auto& agency : *agencies) {
        const auto verified = verify_agency(options, *store, agency, checkpoints, io);
        if (!verified) return store_failed(options, verified.error(), io);
        print_audit(options, *verified, io);
        findings += verified->findings.count();
        moving += verified->moving.size();
    }
    if (checkpoints.empty()) say(io, options, "CL086");
    if (findings > 0) return kBroken;
    return moving > 0 ? kTryLater : kDone;
}

}  // namespace pintu::cli
