#include "engine/runtime/audit.hpp"

#include <algorithm>
#include <set>

#include "engine/cases/apply/apply.hpp"
#include "engine/replay/projection.hpp"
#include "engine/runtime/readable.hpp"
#include "engine/runtime/waiting.hpp"

namespace pintu::runtime {
namespace {

constexpr std::size_t kPage = 1'000;

using Visit = std::function<void(const ports::LoggedEvent&)>;

Result<void> each_logged(ports::EventStore& store, const AgencyCode& agency, const Visit& visit) {
    for (std::uint64_t from = 0;;) {
        const auto page = store.log(agency, from, kPage);
        if (!page) return page.unexpected();
        if (page->empty()) return {};
        for (const auto& row : *page) visit(row);
        from = page->back().position + 1;
    }
}

Result<history::Verifier> verifier_of(ports::EventStore& store, const AgencyCode& agency,
                                      const std::vector<history::Checkpoint>& against,
                                      std::uint64_t* size = nullptr) {
    const auto stored = store.roots(agency);
    if (!stored) return stored.unexpected();
    if (size != nullptr && !stored->empty()) *size = stored->back().size;
    std::vector<history::StoredRoot> roots;
    for (const auto& root : *stored) roots.push_back({root.size, root.root});
    return history::Verifier(agency, std::move(roots), against);
}

// The values of each event against its commitments, and those that belong to none.
void check_values(const ports::StoredCase& stored, std::vector<cases::PersonalValue> values,
                  history::Findings& findings) {
    const bool erased = std::any_of(
        stored.events.begin(), stored.events.end(),
        [](const auto& event) { return std::holds_alternative<cases::Erased>(event.payload); });
    for (const auto& event : stored.events) {
        std::vector<history::StoredValue> own;
        for (const auto& value : values) {
            if (value.sequence == event.sequence) own.push_back({value.path, value.value});
        }
        history::verify_values(event, stored.key, own, erased, findings);
        std::erase_if(values, [&](const auto& v) { return v.sequence == event.sequence; });
    }
    for (const auto& value : values) {
        findings.add({"HI042", std::nullopt, value.case_id, value.sequence, {value.path}});
    }
}

Result<void> check_case(const cases::CaseRow& row, const ports::StoredCase& stored,
                        std::vector<cases::PersonalValue> values, Waiting& waiting,
                        history::Findings& findings) {
    if (stored.events.empty()) {
        findings.add({"HI052", std::nullopt, row.id, 0, {}});
        return {};
    }
    const auto state = cases::fold(stored.events);
    replay::compare_rows(row, cases::project(state), findings);
    if (auto looked = waiting.look(state, stored.key); !looked) return looked;
    check_values(stored, std::move(values), findings);
    return {};
}

// Where its bytes are damaged, that was found in the log already. But a store may keep with the
// case where its events lie.
void tell_unreadable(const CaseId& id, const Error& error, history::Findings& findings) {
    const auto& known = findings.items();
    const bool told = std::any_of(known.begin(), known.end(),
                                  [&](const auto& finding) { return finding.case_id == id; });
    if (!told) findings.add({error.code, std::nullopt, id, 0, error.args});
}

// Rows that were listed together.
Result<void> check_some(ports::EventStore& store, const std::vector<cases::CaseRow>& rows,
                        Waiting& waiting, history::Findings& findings) {
    std::vector<CaseId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    const auto stored = load_readable(store, ids);
    if (!stored) return stored.unexpected();
    auto values = store.personal_of(ids);
    if (!values) return values.unexpected();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& one = (*stored)[i];
        if (!one) {
            tell_unreadable(rows[i].id, one.error(), findings);
            continue;
        }
        auto checked = check_case(rows[i], *one, std::move((*values)[i]), waiting, findings);
        if (!checked) return checked;
    }
    return {};
}

Result<void> check_cases(ports::EventStore& store, Audit& audit, std::set<CaseId> logged,
                         const Progress& progress) {
    auto waiting = Waiting::begin(store, audit.agency);
    if (!waiting) return waiting.unexpected();
    const auto all = logged.size();
    ports::CaseFilter filter;
    filter.agency = audit.agency;
    filter.limit = kReadTogether;
    for (;;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        auto checked = check_some(store, *rows, *waiting, audit.findings);
        if (!checked) return checked;
        for (const auto& row : *rows) logged.erase(row.id);
        audit.cases += rows->size();
        if (progress) progress(AuditStage::cases, audit.cases, all);
        if (rows->size() < kReadTogether) break;
        filter.after = rows->back().id;
    }
    for (const auto& id : logged) audit.findings.add({"HI051", std::nullopt, id, 0, {}});
    return waiting->finish(audit.findings);
}

}  // namespace

Result<Audit> audit(ports::EventStore& store, const AgencyCode& agency,
                    const std::vector<history::Checkpoint>& against, const Progress& progress) {
    std::uint64_t size = 0;
    auto verifier = verifier_of(store, agency, against, &size);
    if (!verifier) return verifier.unexpected();
    std::set<CaseId> logged;
    const auto read = each_logged(store, agency, [&](const auto& row) {
        verifier->add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
        if (row.sequence == 1) logged.insert(row.case_id);
        if (progress && row.position % kPage == 0) progress(AuditStage::events, row.position, size);
    });
    if (!read) return read.unexpected();
    verifier->finish();
    Audit done{agency, verifier->size(), 0, verifier->root(), verifier->findings()};
    const auto checked = check_cases(store, done, std::move(logged), progress);
    if (!checked) return checked.unexpected();
    return done;
}

Result<history::Checkpoint> make_checkpoint(ports::EventStore& store, const AgencyCode& agency,
                                            Instant now) {
    auto verifier = verifier_of(store, agency, {});
    if (!verifier) return verifier.unexpected();
    const auto read = each_logged(store, agency, [&](const auto& row) {
        verifier->add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
    });
    if (!read) return read.unexpected();
    verifier->finish();
    if (!verifier->findings().empty()) {
        return fail("HI035", agency.value, std::to_string(verifier->findings().count()));
    }
    return history::Checkpoint{agency, verifier->size(), verifier->root(), now};
}

}  // namespace pintu::runtime
