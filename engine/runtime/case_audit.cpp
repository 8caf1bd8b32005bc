#include "engine/runtime/case_audit.hpp"

#include <algorithm>

#include "engine/cases/apply/apply.hpp"
#include "engine/replay/projection.hpp"
#include "engine/runtime/readable.hpp"

namespace pintu::runtime {
namespace {

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

history::Findings in_both(const history::Findings& some, const history::Findings& others) {
    history::Findings both;
    for (const auto& one : some.items())
        if (std::find(others.items().begin(), others.items().end(), one) != others.items().end())
            both.add(one);
    return both;
}

}  // namespace

CaseAuditor::CaseAuditor(ports::EventStore& store, const AgencyCode& agency, Waiting waiting,
                         history::Findings& findings)
    : store_(&store), waiting_(std::move(waiting)), findings_(&findings) {
    filter_.agency = agency;
    filter_.limit = kReadTogether;
}

Result<CaseAuditor> CaseAuditor::begin(ports::EventStore& store, const AgencyCode& agency,
                                       history::Findings& findings) {
    auto waiting = Waiting::begin(store, agency);
    if (!waiting) return waiting.unexpected();
    return CaseAuditor(store, agency, std::move(*waiting), findings);
}

Result<std::vector<CaseId>> CaseAuditor::next() {
    const auto rows = store_->list(filter_);
    if (!rows) return rows.unexpected();
    const auto first = look(*rows);
    if (!first) return first.unexpected();
    std::vector<CaseId> looked;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const CaseId& id = looked.emplace_back((*rows)[i].id);
        if (!(*first)[i].empty()) {
            const auto found = look_again(id, filter_.after);
            if (!found) return found.unexpected();
            findings_->add(*found);
        }
        filter_.after = id;
    }
    return looked;
}

Result<std::vector<history::Findings>> CaseAuditor::look(const Rows& rows) {
    std::vector<CaseId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    const auto stored = load_readable(*store_, ids);
    if (!stored) return stored.unexpected();
    auto values = store_->personal_of(ids);
    if (!values) return values.unexpected();
    std::vector<history::Findings> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto one = check(rows[i], (*stored)[i], std::move((*values)[i]));
        if (!one) return one.unexpected();
        found.push_back(std::move(*one));
    }
    return found;
}

// Where its bytes are damaged, that was found in the log already. But a store may keep with the
// case where its events lie.
Result<history::Findings> CaseAuditor::check(const cases::CaseRow& row,
                                             const Result<ports::StoredCase>& stored,
                                             std::vector<cases::PersonalValue> values) {
    history::Findings found;
    if (!stored) {
        const Error& why = stored.error();
        if (!findings_->has(row.id)) found.add({why.code, std::nullopt, row.id, 0, why.args});
        return found;
    }
    if (stored->events.empty()) {
        found.add({"HI052", std::nullopt, row.id, 0, {}});
        return found;
    }
    const auto state = cases::fold(stored->events);
    replay::compare_rows(row, cases::project(state), found);
    if (auto looked = waiting_.look(state, stored->key); !looked) return looked.unexpected();
    check_values(*stored, std::move(values), found);
    return found;
}

// The findings of a look during which the row stayed as it was. Where it never did: what was found
// each time, as a case that goes on gives other findings at each look.
Result<history::Findings> CaseAuditor::look_again(const CaseId& id,
                                                  const std::optional<CaseId>& before) {
    std::optional<history::Findings> always;
    auto row = row_of(id, before);
    for (int looks = 1;; ++looks) {
        if (!row) return row.unexpected();
        auto found = look(*row);
        if (!found) return found.unexpected();
        if (found->empty() || found->front().empty()) return history::Findings();
        auto after = row_of(id, before);
        if (!after) return after.unexpected();
        const auto& one = found->front();
        if (*row == *after) return one;
        always = always ? in_both(*always, one) : one;
        if (looks == kMostLooks) {
            if (always->count() < one.count()) moving_.insert(id);
            return *always;
        }
        row = std::move(after);
    }
}

// As it is now; none where it is gone. New ones may have come between it and the one before.
Result<CaseAuditor::Rows> CaseAuditor::row_of(const CaseId& id,
                                              const std::optional<CaseId>& before) {
    ports::CaseFilter filter = filter_;
    filter.after = before;
    filter.limit = 1;
    for (;;) {
        auto row = store_->list(filter);
        if (!row || row->empty() || row->front().id == id) return row;
        if (row->front().id > id) return Rows{};
        filter.after = row->front().id;
    }
}

Result<void> CaseAuditor::finish() {
    return waiting_.finish(*findings_, moving_);
}

}  // namespace pintu::runtime
