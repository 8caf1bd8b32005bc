#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/log_reading.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/cases/apply/apply.hpp"
#include "engine/history/verify.hpp"
#include "engine/replay/projection.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kPage = 2'000;
constexpr std::size_t kMostCheckpointBytes = 1U << 20U;

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

// What one agency's log, rows and personal values come to.
struct Verified {
    std::uint64_t events = 0;
    Digest root{};
    std::vector<history::Finding> findings;
    std::size_t count = 0;
};

void take(Verified& verified, const history::Findings& findings) {
    verified.findings.insert(verified.findings.end(), findings.items().begin(),
                             findings.items().end());
    verified.count += findings.count();
}

using States = std::map<CaseId, cases::State>;

Result<void> verify_log(ports::EventStore& store, const AgencyCode& agency,
                        std::vector<history::Checkpoint> checkpoints, States& states,
                        Verified& verified) {
    const auto roots = store.roots(agency);
    if (!roots) return roots.unexpected();
    std::vector<history::StoredRoot> stored;
    for (const auto& root : *roots) stored.push_back({root.size, root.root});
    history::Verifier verifier(agency, std::move(stored), std::move(checkpoints));
    const auto read = read_log(store, agency, [&](const ports::LoggedEvent& row) {
        const auto* event =
            verifier.add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
        if (event != nullptr) cases::apply(states[event->case_id], *event);
    });
    if (!read) return read.unexpected();
    verifier.finish();
    verified.events = verifier.size();
    verified.root = verifier.root();
    take(verified, verifier.findings());
    return {};
}

Result<void> verify_rows(ports::EventStore& store, const AgencyCode& agency, const States& states,
                         Verified& verified) {
    history::Findings findings;
    std::set<CaseId> met;
    ports::CaseFilter filter;
    filter.agency = agency;
    filter.limit = kPage;
    for (bool more = true; more;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        for (const auto& row : *rows) {
            const auto state = states.find(row.id);
            if (state == states.end()) {
                findings.add({"HI052", std::nullopt, row.id, 0, {}});
                continue;
            }
            met.insert(row.id);
            replay::compare_rows(row, cases::project(state->second), findings);
        }
        more = rows->size() == kPage;
        if (more) filter.after = rows->back().id;
    }
    for (const auto& [id, state] : states)
        if (!met.contains(id)) findings.add({"HI051", std::nullopt, id, 0, {}});
    take(verified, findings);
    return {};
}

Result<void> verify_personal(ports::EventStore& store, const States& states, Verified& verified) {
    history::Findings findings;
    for (const auto& [id, state] : states) {
        const auto stored = store.load({id});
        if (!stored) return stored.unexpected();
        const auto personal = store.personal(id);
        if (!personal) return personal.unexpected();
        for (const auto& event : stored->front().events) {
            std::vector<history::StoredValue> values;
            for (const auto& value : *personal)
                if (value.sequence == event.sequence) values.push_back({value.path, value.value});
            history::verify_values(event, stored->front().key, values, state.erased, findings);
        }
    }
    take(verified, findings);
    return {};
}

void print_finding(const Options& options, const AgencyCode& agency, const history::Finding& f,
                   Io& io) {
    const auto text = messages::render(f.code, f.args, options.language);
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().field("agency", agency.value).field("code", f.code).key("leaf");
        if (f.leaf)
            json.value(static_cast<std::int64_t>(*f.leaf));
        else
            json.null();
        json.field("case", f.case_id.value)
            .field("sequence", static_cast<std::int64_t>(f.sequence));
        json.field("message", text.message).field("hint", text.hint).end_object();
        io.out << json.text() << '\n';
        return;
    }
    std::string place = agency.value;
    if (f.leaf) place += " " + words(options, "CL080", {std::to_string(*f.leaf)});
    if (!f.case_id.empty()) place += " " + words(options, "CL081", {f.case_id.value});
    if (f.sequence > 0) place += " " + words(options, "CL082", {std::to_string(f.sequence)});
    io.out << place << ": [" << f.code << "] " << text.message << '\n';
    if (!text.hint.empty()) io.out << "  = " << text.hint << '\n';
}

Result<Verified> verify_agency(ports::EventStore& store, const AgencyCode& agency,
                               const std::vector<history::Checkpoint>& checkpoints) {
    std::vector<history::Checkpoint> own;
    std::copy_if(checkpoints.begin(), checkpoints.end(), std::back_inserter(own),
                 [&](const auto& checkpoint) { return checkpoint.agency == agency; });
    Verified verified;
    States states;
    if (auto done = verify_log(store, agency, std::move(own), states, verified); !done)
        return done.unexpected();
    if (auto done = verify_rows(store, agency, states, verified); !done) return done.unexpected();
    if (auto done = verify_personal(store, states, verified); !done) return done.unexpected();
    return verified;
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
    std::size_t findings = 0;
    for (const auto& agency : *agencies) {
        const auto verified = verify_agency(*store, agency, checkpoints);
        if (!verified) return store_failed(options, verified.error(), io);
        for (const auto& finding : verified->findings) print_finding(options, agency, finding, io);
        findings += verified->count;
        say(io, options, verified->count == 0 ? "CL084" : "CL085",
            {agency.value, std::to_string(verified->events), std::to_string(verified->count),
             to_hex(bytes_of(verified->root))});
    }
    if (checkpoints.empty()) say(io, options, "CL086");
    return findings == 0 ? kDone : kBroken;
}

}  // namespace pintu::cli
