#include <algorithm>

#include "adapters/cli/audited.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/progress.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
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
