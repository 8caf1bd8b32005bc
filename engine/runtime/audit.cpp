#include "engine/runtime/audit.hpp"

#include <limits>
#include <set>

#include "engine/runtime/case_audit.hpp"
#include "engine/runtime/readable.hpp"
#include "engine/runtime/whole_log.hpp"

namespace pintu::runtime {
namespace {

constexpr std::uint64_t kTold = 1'000;  // events, then the progress is shown
constexpr std::uint64_t kAll = std::numeric_limits<std::int64_t>::max();

Result<std::vector<history::StoredRoot>> roots_of(ports::EventStore& store,
                                                  const AgencyCode& agency) {
    const auto stored = store.roots(agency);
    if (!stored) return stored.unexpected();
    std::vector<history::StoredRoot> roots;
    for (const auto& root : *stored) roots.push_back({root.size, root.root});
    return roots;
}

// A running engine writes events and their root at one go: those that still have none, though the
// roots are read after them, never get one.
Result<bool> has_rootless(ports::EventStore& store, const AgencyCode& agency, std::uint64_t size) {
    const auto beyond = store.log(agency, size, 1);
    if (!beyond) return beyond.unexpected();
    if (beyond->empty()) return false;
    const auto roots = roots_of(store, agency);
    if (!roots) return roots.unexpected();
    return roots->empty() || roots->back().size <= size;
}

// The whole log as it was when its roots were read. `seen` gets each row and how many there are.
Result<history::Verifier> verify_log(
    ports::EventStore& store, const AgencyCode& agency,
    const std::vector<history::Checkpoint>& against,
    const std::function<void(const ports::LoggedEvent&, std::uint64_t size)>& seen = {}) {
    auto roots = roots_of(store, agency);
    if (!roots) return roots.unexpected();
    const std::uint64_t size = roots->empty() ? 0 : roots->back().size;
    history::Verifier verifier(agency, std::move(*roots), against);
    const VisitLogged visit = [&](const auto& row) -> Result<bool> {
        verifier.add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
        if (seen) seen(row, size);
        return true;
    };
    if (auto read = read_rows(store, agency, 0, size, visit); !read) return read.unexpected();
    const auto more = has_rootless(store, agency, size);
    if (!more) return more.unexpected();
    if (*more)
        if (auto read = read_rows(store, agency, size, kAll, visit); !read)
            return read.unexpected();
    verifier.finish();
    return verifier;
}

Result<void> check_cases(ports::EventStore& store, Audit& audit, std::set<CaseId> logged,
                         const Progress& progress) {
    auto auditor = CaseAuditor::begin(store, audit.agency, audit.findings);
    if (!auditor) return auditor.unexpected();
    const auto all = logged.size();
    for (bool more = true; more;) {
        const auto looked = auditor->next();
        if (!looked) return looked.unexpected();
        for (const auto& id : *looked) logged.erase(id);
        audit.cases += looked->size();
        if (progress) progress(AuditStage::cases, audit.cases, all);
        more = looked->size() == kReadTogether;
    }
    for (const auto& id : logged) audit.findings.add({"HI051", std::nullopt, id, 0, {}});
    const auto finished = auditor->finish();
    audit.moving = auditor->moving();
    return finished;
}

}  // namespace

Result<Audit> audit(ports::EventStore& store, const AgencyCode& agency,
                    const std::vector<history::Checkpoint>& against, const Progress& progress) {
    std::set<CaseId> logged;
    const auto verifier = verify_log(store, agency, against, [&](const auto& row, auto size) {
        if (row.sequence == 1) logged.insert(row.case_id);
        if (progress && row.position % kTold == 0) progress(AuditStage::events, row.position, size);
    });
    if (!verifier) return verifier.unexpected();
    Audit done{agency, verifier->size(), 0, verifier->root(), verifier->findings(), {}};
    const auto checked = check_cases(store, done, std::move(logged), progress);
    if (!checked) return checked.unexpected();
    return done;
}

Result<history::Checkpoint> make_checkpoint(ports::EventStore& store, const AgencyCode& agency,
                                            Instant now) {
    const auto verifier = verify_log(store, agency, {});
    if (!verifier) return verifier.unexpected();
    if (!verifier->findings().empty()) {
        return fail("HI035", agency.value, std::to_string(verifier->findings().count()));
    }
    return history::Checkpoint{agency, verifier->size(), verifier->root(), now};
}

}  // namespace pintu::runtime
