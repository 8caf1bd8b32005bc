#include <algorithm>
#include <ostream>

#include "adapters/cli/audited.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/describe.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/store/store.hpp"
#include "adapters/wire/event_json.hpp"
#include "engine/base/csv.hpp"
#include "engine/history/checkpoint.hpp"
#include "engine/history/codec.hpp"
#include "engine/runtime/audit.hpp"
#include "engine/runtime/whole_log.hpp"

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

namespace {

// Prints what it is given, as JSON lines or as a table.
class Export {
  public:
    Export(const Options& options, std::ostream& out)
        : options_(options), out_(out), csv_(options.output == Output::csv) {
        if (csv_) out_ << "agency,position,leaf,case,sequence,at,actor,type,summary\r\n";
    }

    // What cannot be read is a finding.
    void add(const AgencyCode& agency, const ports::LoggedEvent& row, history::Findings& findings) {
        const auto event = history::decode(row.bytes);
        if (!event) {
            return findings.add(
                {"HI020", row.position, row.case_id, row.sequence, {event.error().code}});
        }
        ++events_;
        csv_ ? add_row(agency, row, *event) : add_line(*event);
    }
    std::uint64_t events() const { return events_; }

  private:
    void add_line(const cases::Event& event) {
        wire::JsonWriter json;
        wire::write_event(json, event);
        out_ << json.text() << '\n';
    }
    void add_row(const AgencyCode& agency, const ports::LoggedEvent& row,
                 const cases::Event& event) {
        out_ << agency.value << ',' << row.position << ',' << to_hex(bytes_of(row.leaf)) << ','
             << row.case_id.value << ',' << row.sequence << ',' << to_string(event.at) << ','
             << csv_cell(describe(event.actor, options_)) << ',' << wire::type_name(event.payload)
             << ',' << csv_cell(describe(event, options_)) << "\r\n";
    }

    const Options& options_;
    std::ostream& out_;
    bool csv_;
    std::uint64_t events_ = 0;
};

// Events of these agencies' cases, placed in a log or not.
Result<std::uint64_t> events_of(ports::EventStore& store, const std::vector<AgencyCode>& agencies) {
    std::uint64_t events = 0;
    for (const auto& agency : agencies) {
        ports::CaseFilter some;
        some.agency = agency;
        for (bool more = true; more;) {
            const auto rows = store.list(some);
            if (!rows) return rows.unexpected();
            for (const auto& row : *rows) events += row.sequence;
            more = rows->size() == some.limit;
            if (more) some.after = rows->back().id;
        }
    }
    return events;
}

// Exports a log, or of it one case; what could not be exported is told and counted.
Result<std::size_t> export_log(ports::EventStore& store, const AgencyCode& agency,
                               const std::optional<cases::CaseRow>& only, Export& all,
                               const Options& options, Io& io) {
    history::Findings findings;
    const auto lacking = runtime::read_log(store, agency, [&](const auto& row) -> Result<bool> {
        if (!only || row.case_id == only->id) all.add(agency, row, findings);
        return true;
    });
    if (!lacking) return lacking.unexpected();
    // Rows of others do not matter to a case that is whole.
    if (!only || all.events() < only->sequence) findings.add(*lacking);
    for (const auto& finding : findings.items()) print_finding(io.err, options, agency, finding);
    return findings.count();
}

}  // namespace

int history_export(const Options& options, const HistoryArgs& args, Io& io) {
    int exit = kFailed;
    const auto store = open_store(options, Access::read, io, exit);
    if (!store) return exit;
    std::optional<cases::CaseRow> only;
    if (!args.id.empty()) {
        only = find_case(options, *store, args.id, io, exit);
        if (!only) return exit;
    }
    auto agencies = agencies_of(options, *store);
    if (!agencies) return store_failed(options, agencies.error(), io);
    if (only) *agencies = {only->agency};
    // Before the logs are read: a node may give out places meanwhile.
    const auto status = store::status(store_address(options), moment(options));
    if (!status) return store_failed(options, status.error(), io);
    Export all(options, io.out);
    std::size_t findings = 0;
    for (const auto& agency : *agencies) {
        const auto found = export_log(*store, agency, only, all, options, io);
        if (!found) return store_failed(options, found.error(), io);
        findings += *found;
    }
    if (findings > 0) return kBroken;
    const auto events = only ? Result<std::uint64_t>(only->sequence) : events_of(*store, *agencies);
    if (!events) return store_failed(options, events.error(), io);
    // What was committed and waits for its place, and nothing else that is not there.
    const auto missing = *events - std::min(*events, all.events());
    if (const auto waiting = std::min(missing, status->unsequenced); waiting > 0)
        say(io, options, "CL087", {std::to_string(waiting)});
    return kDone;
}

}  // namespace pintu::cli
