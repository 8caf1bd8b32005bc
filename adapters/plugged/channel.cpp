#include "adapters/plugged/channel.hpp"

#include <algorithm>
#include <filesystem>

#include "adapters/plugged/said.hpp"
#include "adapters/plugged/spool.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/runtime/incidents.hpp"

namespace pintu::plugged {
namespace {

using plugins::Kind;
using plugins::Milliseconds;
using plugins::Status;

constexpr std::string_view kStatus[] = {"accepted", "repeated", "conflict", "rejected"};
constexpr std::size_t kNameDigits = 32;

bool is_in(const Settled& answer) {
    return answer.status == kStatus[0] || answer.status == kStatus[1];
}

Settled rejected(const PolledReport& report) {
    Settled answer;
    answer.external_id = report.external_id;
    answer.status = kStatus[3];
    for (const auto& error : report.line.errors) answer.errors.push_back({error.code, error.args});
    return answer;
}

Settled settled(const PolledReport& report, const runtime::IntakeAnswer& taken) {
    Settled answer;
    answer.external_id = report.external_id;
    answer.status = kStatus[static_cast<int>(taken.status)];
    answer.tracking_id = taken.tracking_id.value;
    answer.errors = taken.errors;
    answer.errors.insert(answer.errors.end(), taken.notes.begin(), taken.notes.end());
    return answer;
}

// Errors that are the report's own: it will never be better.
bool is_the_reports(const Error& error) {
    return error.code.starts_with("EV") && error.code != "EV004";
}

}  // namespace

Result<Polled> Channel::ask() {
    const auto* manifest = ports_.plugins.find(settings_.plugin);
    if (manifest == nullptr) return fail("PL010", settings_.plugin);
    wire::JsonWriter request;
    request.begin_object().field("limit", static_cast<std::int64_t>(settings_.most)).end_object();
    auto answer = ports_.plugins.call(settings_.plugin, Kind::channel, "channel.poll",
                                      request.text(), Milliseconds(manifest->poll_ms));
    if (!answer) return answer.unexpected();
    if (answer->status != Status::ok)
        return fail("PL214", settings_.plugin, said_of(answer->document, {}));
    auto polled = read_polled(answer->document, *manifest, settings_.most);
    if (!polled) return fail("PL210", settings_.plugin);
    return std::move(*polled);
}

// What is wrong with a file becomes the report's; what is returned is the disk's.
Result<void> Channel::read_files(PolledReport& report) {
    if (!report.line.report) return {};
    const std::string spool = ports_.plugins.spool_of(settings_.plugin);
    std::int64_t left = settings_.most_report_bytes;
    for (std::size_t i = 0; i < report.line.paths.size(); ++i) {
        const auto& path = report.line.paths[i];
        if (path.empty()) continue;
        auto bytes = read_spooled(spool, path, std::min(left, settings_.most_file_bytes));
        if (!bytes && !is_the_reports(bytes.error())) return bytes.unexpected();
        if (!bytes) {
            report.line.errors.push_back({bytes.error().code, 1, bytes.error().args});
            continue;
        }
        left -= static_cast<std::int64_t>(bytes->size());
        auto kept = ports_.evidence.keep(*bytes);
        if (!kept) return kept.unexpected();
        report.line.report->attachments[i].content = *kept;
        report.line.report->attachments[i].size_bytes = static_cast<std::int64_t>(bytes->size());
    }
    if (!report.line.errors.empty()) report.line.report.reset();
    return {};
}

// In their order, each group of one office in one call.
Result<Channel::Answers> Channel::take_in(const std::vector<PolledReport>& reports, Instant now) {
    Answers answers;
    for (const auto& report : reports) answers.push_back(rejected(report));
    for (std::size_t from = 0; from < reports.size();) {
        const AgencyCode agency = reports[from].line.agency;
        std::vector<cases::Report> sound;
        std::vector<std::size_t> places;
        std::size_t to = from;
        for (; to < reports.size() && reports[to].line.agency == agency; ++to) {
            if (!reports[to].line.report) continue;
            sound.push_back(*reports[to].line.report);
            places.push_back(to);
        }
        runtime::IntakeOptions intake;
        intake.agency = agency.empty() ? settings_.agency : agency;
        const auto taken = ports_.runtime.intake(sound, intake, now);
        if (!taken) return taken.unexpected();
        for (std::size_t i = 0; i < places.size(); ++i) {
            answers[places[i]] = settled(reports[places[i]], (*taken)[i]);
            if (!is_in(answers[places[i]])) continue;
            if (auto claimed = claim_files(reports[places[i]], (*taken)[i].case_id); !claimed)
                return claimed.unexpected();
        }
        from = to;
    }
    return answers;
}

Result<void> Channel::claim_files(const PolledReport& report, const CaseId& by) {
    for (const auto& attachment : report.line.report->attachments) {
        if (attachment.content == Digest{}) continue;
        if (auto claimed = ports_.evidence.blobs().claim(attachment.content, by); !claimed)
            return claimed;
    }
    return {};
}

// The plugin removes them from its spool once it was answered. Those that cannot be read were told
// of, and stay named as they were.
Result<std::string> Channel::keep_files(const std::string& report, const std::string& name) {
    const std::string spool = ports_.plugins.spool_of(settings_.plugin);
    std::int64_t left = settings_.most_report_bytes;
    std::vector<std::string> paths = attachment_paths(report);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (paths[i].empty()) continue;
        const auto bytes = read_spooled(spool, paths[i], std::min(left, settings_.most_file_bytes));
        if (!bytes && !is_the_reports(bytes.error())) return bytes.unexpected();
        if (!bytes) continue;
        left -= static_cast<std::int64_t>(bytes->size());
        paths[i] = name + ".files/" + std::to_string(i + 1);
        if (auto kept = ports_.keep(settings_.rejected + "/" + paths[i], *bytes); !kept)
            return kept.unexpected();
    }
    return with_attachment_paths(report, paths);
}

// First told, then kept under a name that says what it is: whoever was stopped in between does both
// again, and what is kept already was told.
Result<void> Channel::keep_refused(const PolledReport& report, const Settled& answer, Instant now) {
    const std::string name = to_hex(bytes_of(sha256(report.text))).substr(0, kNameDigits);
    const std::string path = settings_.rejected + "/" + name + ".json";
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return {};
    auto text = keep_files(report.text, name);
    if (!text) return text.unexpected();
    const bool conflict = answer.status == kStatus[2];
    const std::string first = answer.errors.empty() ? std::string() : answer.errors.front().code;
    ports::Commit commit;
    commit.incidents.push_back(runtime::report_incident(
        settings_.incidents, settings_.plugin + "/" + name,
        {conflict ? "PL213" : "PL212", {settings_.plugin, first, path}}, now));
    const auto told = ports_.store.commit(commit);
    if (!told) return told.unexpected();
    return ports_.keep(path, kept_document(*text, answer, to_string(now), settings_.language));
}

Result<void> Channel::tell(const Answers& answers) {
    const auto* manifest = ports_.plugins.find(settings_.plugin);
    const auto told = ports_.plugins.call(settings_.plugin, Kind::channel, "channel.taken",
                                          taken_document(answers, settings_.language),
                                          Milliseconds(manifest->poll_ms));
    if (!told) return told.unexpected();
    if (told->status != Status::ok)
        return fail("PL215", settings_.plugin, said_of(told->document, {}));
    return {};
}

Result<Brought> Channel::poll(Instant now) {
    auto polled = ask();
    if (!polled) return polled.unexpected();
    Brought brought;
    brought.more = polled->more;
    if (polled->reports.empty()) return brought;
    for (auto& report : polled->reports)
        if (auto read = read_files(report); !read) return read.unexpected();
    const auto answers = take_in(polled->reports, now);
    if (!answers) return answers.unexpected();
    for (std::size_t i = 0; i < answers->size(); ++i) {
        const std::string& status = (*answers)[i].status;
        if (status == kStatus[1]) ++brought.repeated;
        if (is_in((*answers)[i])) {
            ++brought.taken;
            continue;
        }
        ++(status == kStatus[2] ? brought.conflicts : brought.rejected);
        if (auto kept = keep_refused(polled->reports[i], (*answers)[i], now); !kept)
            return kept.unexpected();
    }
    if (auto told = tell(*answers); !told) return told.unexpected();
    return brought;
}

}  // namespace pintu::plugged
