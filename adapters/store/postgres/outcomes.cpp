// What became of commands: of most the history of their case tells, of the others a row.
#include <algorithm>

#include "adapters/store/postgres/by_agency.hpp"
#include "adapters/store/postgres/marks.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {
namespace {

// As far as a mark tells.
ports::CommandOutcome accepted(const CommandId& id, const CaseId& case_id) {
    ports::CommandOutcome outcome;
    outcome.id = id;
    outcome.case_id = case_id;
    outcome.accepted = true;
    return outcome;
}

}  // namespace

Result<std::optional<ports::CommandOutcome>> PostgresStore::outcome(const CommandId& id) {
    auto found = outcomes({id});
    if (!found) return found.unexpected();
    return std::move(found->front());
}

// Of commands that no row tells of: those that their cases are marked with, by case.
std::map<std::string, std::vector<CommandId>> PostgresStore::marked(
    const std::vector<CommandId>& ids) {
    std::vector<CaseId> candidates;
    std::map<std::string, std::vector<CommandId>> asked, found;
    for (const auto& id : ids)
        for (auto& case_id : cases_in(id)) {
            asked[case_id.value].push_back(id);
            candidates.push_back(std::move(case_id));
        }
    for (const auto& [agency, some] : by_agency(candidates)) {
        const Rows rows = connection_->run(sql::kMarksOf, agency, some);
        for (const auto row : rows)
            for (const auto& id : asked[row.text(0)])
                if (is_marked(row.bytes(1), id)) found[row.text(0)].push_back(id);
    }
    return found;
}

// Commands with a mark and no row were accepted. When and with what, their history tells; where it
// was damaged, nothing does.
Result<PostgresStore::Outcomes> PostgresStore::told(const std::vector<CommandId>& ids) {
    auto by_case = attempt([&] { return marked(ids); });
    if (!by_case) return by_case.unexpected();
    std::vector<CommandId> with_mark;
    for (const auto& [case_id, commands] : *by_case)
        with_mark.insert(with_mark.end(), commands.begin(), commands.end());
    auto found = written(with_mark);  // mark and row may have come since rows were looked for
    if (!found) return found.unexpected();
    for (const auto& [case_id, commands] : *by_case) {
        Outcomes from_events;
        for (const auto& id : commands)
            if (!found->contains(id.value)) from_events[id.value] = accepted(id, CaseId(case_id));
        if (from_events.empty()) continue;
        auto stored = load({CaseId(case_id)});
        if (!stored && !stored.error().code.starts_with("HI")) return stored.unexpected();
        if (stored)
            for (const auto& event : stored->front().events)
                if (const auto one = from_events.find(event.command.value);
                    one != from_events.end())
                    one->second = outcome_of(event);
        found->merge(from_events);
    }
    return found;
}

Result<PostgresStore::Outcomes> PostgresStore::written(const std::vector<CommandId>& ids) {
    return attempt([&] {
        Outcomes found;
        for (const auto& [agency, some] : by_agency(ids)) {
            const Rows rows = connection_->run(sql::kFindOutcomes, agency, some);
            for (const auto row : rows)
                found[row.text(0)] = unpack_outcome(row.text(0), row.bytes(1));
        }
        return found;
    });
}

Result<std::vector<std::optional<ports::CommandOutcome>>> PostgresStore::outcomes(
    const std::vector<CommandId>& ids) {
    auto kept = written(ids);
    if (!kept) return kept.unexpected();
    std::vector<CommandId> others;
    for (const auto& id : ids)
        if (!kept->contains(id.value)) others.push_back(id);
    auto more = told(others);
    if (!more) return more.unexpected();
    kept->merge(*more);
    if (!kept->empty())
        if (const auto vouched = vouch(); !vouched) return vouched.unexpected();
    std::vector<std::optional<ports::CommandOutcome>> found;
    for (const auto& id : ids) {
        const auto one = kept->find(id.value);
        found.push_back(one == kept->end() ? std::nullopt : std::optional(one->second));
    }
    return found;
}

}  // namespace pintu::postgres
