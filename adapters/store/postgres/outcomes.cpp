// What became of commands: of most the history of their case tells, of the others a row.
#include <algorithm>

#include "adapters/store/postgres/by_agency.hpp"
#include "adapters/store/postgres/marks.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {

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

// As the histories tell them; of one that was damaged, what is wrong with it.
Result<PostgresStore::Outcomes> PostgresStore::told(const std::vector<CommandId>& ids) {
    Outcomes found;
    auto by_case = attempt([&] { return marked(ids); });
    if (!by_case) return by_case.unexpected();
    for (const auto& [case_id, commands] : *by_case) {
        auto stored = load({CaseId(case_id)});
        if (!stored && ports::may_pass(stored.error())) return stored.unexpected();
        for (const auto& id : commands)
            if (!stored)
                found[id.value] = {
                    id, CaseId(case_id), false, stored.error().code, stored.error().args, {}, 0,
                    {}};
        if (!stored) continue;
        for (const auto& event : stored->front().events)
            if (std::find(commands.begin(), commands.end(), event.command) != commands.end())
                found[event.command.value] = outcome_of(event);
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
