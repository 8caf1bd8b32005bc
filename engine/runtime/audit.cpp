#include "engine/runtime/audit.hpp"

#include <algorithm>
#include <set>

#include "engine/cases/apply/apply.hpp"
#include "engine/replay/projection.hpp"
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
                                      const std::vector<history::Checkpoint>& against) {
    const auto stored = store.roots(agency);
    if (!stored) return stored.unexpected();
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

Result<void> check_case(ports::EventStore& store, const cases::CaseRow& row, Waiting& waiting,
                        history::Findings& findings) {
    const auto stored = store.load({row.id});
    // Bytes that cannot be read were found in the log already.
    if (!stored && stored.error().code.starts_with("HI")) return {};
    if (!stored) return stored.unexpected();
    const auto& one = stored->front();
    if (one.events.empty()) {
        findings.add({"HI052", std::nullopt, row.id, 0, {}});
        return {};
    }
    const auto state = cases::fold(one.events);
    replay::compare_rows(row, cases::project(state), findings);
    if (auto looked = waiting.look(state, one.key); !looked) return looked;
    auto values = store.personal(row.id);
    if (!values) return values.unexpected();
    check_values(one, std::move(*values), findings);
    return {};
}

Result<void> check_cases(ports::EventStore& store, Audit& audit, std::set<CaseId> logged,
                         const Progress& progress) {
    auto waiting = Waiting::begin(store, audit.agency);
    if (!waiting) return waiting.unexpected();
    ports::CaseFilter filter;
    filter.agency = audit.agency;
    filter.limit = kPage;
    for (;;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        if (rows->empty()) break;
        for (const auto& row : *rows) {
            if (auto checked = check_case(store, row, *waiting, audit.findings); !checked)
                return checked;
            logged.erase(row.id);
            ++audit.cases;
            if (progress) progress(audit.cases, 0);
        }
        filter.after = rows->back().id;
    }
    for (const auto& id : logged) audit.findings.add({"HI051", std::nullopt, id, 0, {}});
    return waiting->finish(audit.findings);
}

}  // namespace

Result<Audit> audit(ports::EventStore& store, const AgencyCode& agency,
                    const std::vector<history::Checkpoint>& against, const Progress& progress) {
    auto verifier = verifier_of(store, agency, against);
    if (!verifier) return verifier.unexpected();
    std::set<CaseId> logged;
    const auto read = each_logged(store, agency, [&](const auto& row) {
        verifier->add({row.position, row.case_id.value, row.sequence, row.bytes, row.leaf});
        if (row.sequence == 1) logged.insert(row.case_id);
        if (progress && row.position % kPage == 0) progress(row.position, 0);
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
