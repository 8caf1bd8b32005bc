#include <algorithm>
#include <filesystem>
#include <istream>
#include <iterator>
#include <numeric>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/reports.hpp"
#include "adapters/cli/settings.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/files/blob_files.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/log/log.hpp"
#include "adapters/plugged/evidence.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kMostFileBytes = 1U << 30U;
constexpr std::size_t kBatch =
    256;  // as many as the engine commits at once: answers follow commits

std::optional<std::string> read_input(const Options& options, const IntakeArgs& args, Io& io) {
    if (args.file == "-") return std::string(std::istreambuf_iterator<char>(io.in), {});
    auto text = files::read_file(args.file, kMostFileBytes);
    if (!text) return say(io, options, text.error()), std::nullopt;
    return std::move(*text);
}

// Where the files of reports go, and who looks at them. Made only where a report has files.
class Files {
  public:
    explicit Files(const Options& options)
        : blobs_(blobs_folder(options)), log_(log::to_standard_error({})) {}

    // False: pintu.yaml is wrong, which was said.
    bool open(const Options& options, const std::vector<wire::ReportLine>& lines, const Io& io) {
        const auto has_files = [](const wire::ReportLine& line) { return !line.paths.empty(); };
        if (std::none_of(lines.begin(), lines.end(), has_files)) return true;
        Settings settings;
        if (!read_settings(options, settings, io)) return false;
        host_ = open_plugins(options, settings, io);
        if (!host_) return false;
        evidence_ = std::make_unique<plugged::Evidence>(*host_->plugins, blobs_, *log_);
        return true;
    }
    Result<Digest> keep(const std::string& bytes) { return evidence_->keep(bytes); }
    Result<void> claim(const cases::Report& report, const CaseId& by) {
        for (const auto& attachment : report.attachments) {
            if (attachment.content == Digest{}) continue;
            if (auto claimed = blobs_.claim(attachment.content, by); !claimed) return claimed;
        }
        return {};
    }

  private:
    files::BlobFiles blobs_;
    std::unique_ptr<ports::Log> log_;
    std::optional<PluginHost> host_;
    std::unique_ptr<plugged::Evidence> evidence_;
};

struct Counts {
    std::size_t by_status[4] = {0, 0, 0, 0};
    std::size_t all() const { return std::accumulate(by_status, by_status + 4, std::size_t{0}); }
};

std::string status_words(runtime::IntakeAnswer::Status status, const Options& options) {
    constexpr std::string_view kCodes[] = {"CL380", "CL381", "CL382", "CL383"};
    return words(options, kCodes[static_cast<int>(status)]);
}

void print_answer(const Options& options, const wire::ReportLine& line,
                  const runtime::IntakeAnswer* answer, const std::string& name, Io& io) {
    if (options.output == Output::json || options.output == Output::jsonl) {
        io.out << answer_json(line, answer, name, options) << '\n';
        return;
    }
    using Status = runtime::IntakeAnswer::Status;
    const Status status = answer == nullptr ? Status::rejected : answer->status;
    const std::string id = answer == nullptr ? "" : answer->tracking_id.value;
    if (options.output == Output::csv)
        io.out << line.line << ',' << status_name(status) << ',' << id << "\r\n";
    else
        io.out << words(options, "CL384",
                        {std::to_string(line.line), status_words(status, options)})
               << (id.empty() ? "" : "  " + id) << '\n';
    const auto tell = [&](std::uint32_t column, const Error& error) {
        std::vector<std::string> args;
        for (const auto& arg : error.args) args.push_back(shown_argument(options, arg));
        const auto text = messages::render(error.code, args, options.language);
        io.err << name << ':' << line.line << ':' << column << ": [" << error.code << "] "
               << text.message << (text.hint.empty() ? "" : " " + text.hint) << '\n';
    };
    for (const auto& error : line.errors) tell(error.column, {error.code, error.args});
    if (answer == nullptr) return;
    for (const auto& error : answer->errors) tell(1, error);
    for (const auto& note : answer->notes) tell(1, note);
}

// One group of lines: taken in, and answered once they are on disk.
std::optional<Error> take_batch(const Options& options, runtime::Runtime& runtime,
                                const std::vector<const wire::ReportLine*>& lines, Instant now,
                                const std::string& name, Files& kept, Counts& counts, Io& io) {
    const auto answers = take_in(runtime, lines, options, now);
    if (!answers) return answers.error();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& answer = (*answers)[i];
        using Status = runtime::IntakeAnswer::Status;
        if (answer && !answer->case_id.empty() && answer->status != Status::conflict)
            if (auto claimed = kept.claim(*lines[i]->report, answer->case_id); !claimed)
                return claimed.error();
        ++counts.by_status[static_cast<int>(answer ? answer->status : Status::rejected)];
        print_answer(options, *lines[i], answer ? &*answer : nullptr, name, io);
    }
    io.out.flush();
    return std::nullopt;
}

void print_totals(const Options& options, const Counts& counts, const Io& io) {
    const auto& n = counts.by_status;
    say(io, options, "CL060",
        {std::to_string(n[0]), std::to_string(n[1]), std::to_string(n[2]), std::to_string(n[3])});
}

// What was answered is on disk; of the batch that failed nothing was said, and the same file again
// repeats nothing.
int broke_off(const Options& options, const Error& error, const Counts& counts,
              const std::vector<wire::ReportLine>& lines, const Io& io) {
    const int exit = store_failed(options, error, io);
    print_totals(options, counts, io);
    const auto& next = lines[counts.all()];
    say(io, options, "CL062",
        {std::to_string(lines.size() - counts.all()), std::to_string(next.line)});
    return exit;
}

}  // namespace

int intake(const Options& options, const IntakeArgs& args, Io& io) {
    auto text = read_input(options, args, io);
    if (!text) return kFailed;
    const std::string name = args.file == "-" ? "-" : args.file;
    SourceSet sources;
    Diagnostics diagnostics;
    auto lines = read_reports(name, std::move(*text), args.csv || name.ends_with(".csv"), sources,
                              diagnostics);
    if (diagnostics.has_errors()) {
        print_diagnostics(io.err, diagnostics, sources, options, Output::pretty, io.color);
        return kFailed;
    }
    if (lines.empty()) say(io, options, "CL061", {name});
    const std::string folder =
        name == "-" ? "." : std::filesystem::path(name).parent_path().string();
    Files kept(options);
    if (!kept.open(options, lines, io)) return kFailed;
    for (auto& line : lines)
        read_attachments(line, folder.empty() ? "." : folder,
                         [&kept](const std::string& bytes) { return kept.keep(bytes); });
    const Instant now = moment(options);
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    auto engine = start_engine(options, *store, lone_settings(options, now), io, exit);
    if (!engine) return exit;
    Counts counts;
    if (options.output == Output::csv) io.out << "line,status,tracking_id\r\n";
    for (std::size_t from = 0; from < lines.size(); from += kBatch) {
        std::vector<const wire::ReportLine*> batch;
        for (std::size_t i = from; i < std::min(from + kBatch, lines.size()); ++i)
            batch.push_back(&lines[i]);
        if (const auto error =
                take_batch(options, *engine->runtime, batch, now, name, kept, counts, io))
            return broke_off(options, *error, counts, lines, io);
    }
    engine->lone_facts->settle(*store);
    sequence_all(*store);
    print_totals(options, counts, io);
    return counts.by_status[2] + counts.by_status[3] == 0 ? kDone : kFailed;
}

}  // namespace pintu::cli
