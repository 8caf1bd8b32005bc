// What auditors ask of all cases of an agency.
#include <algorithm>
#include <tuple>

#include "adapters/store/postgres/by_agency.hpp"
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/shown.hpp"

namespace pintu::postgres {

Result<std::vector<std::vector<cases::PersonalValue>>> PostgresStore::personal_of(
    const std::vector<CaseId>& cases) {
    static const std::string kValues =
        "SELECT p.case_id, p.value_list FROM unnest($2) AS n(case_id) CROSS JOIN LATERAL (SELECT "
        "k.case_id, k.value_list FROM personal k WHERE k.agency = $1 AND k.case_id = n.case_id "
        "OFFSET 0) AS p";
    using Values = std::map<std::string, std::vector<cases::PersonalValue>>;
    auto read = attempt([&] {
        Values found;
        for (const auto& [agency, ids] : by_agency(cases)) {
            const Rows rows = connection_->run(kValues, agency, ids);
            for (const auto row : rows) {
                const CaseId id(row.text(0));
                auto& own = found[id.value];
                for (auto& value : unpack_values(id, row.bytes(1))) own.push_back(std::move(value));
            }
        }
        return found;
    });
    if (!read) return read.unexpected();
    for (auto& [id, own] : *read) {
        std::sort(own.begin(), own.end(), [](const auto& a, const auto& b) {
            return std::tie(a.sequence, a.path) < std::tie(b.sequence, b.path);
        });
    }
    std::vector<std::vector<cases::PersonalValue>> found;
    for (const auto& id : cases) found.push_back((*read)[id.value]);
    return found;
}

Result<std::vector<cases::PersonalValue>> PostgresStore::personal(const CaseId& case_id) {
    auto found = personal_of({case_id});
    if (!found) return found.unexpected();
    return std::move(found->front());
}

Result<std::vector<ports::Timer>> PostgresStore::timers_of(const AgencyCode& agency) {
    static const std::string kTimers = "SELECT c.case_id, c.timer_due, " PINTU_SHOWN_TIMER
                                       " FROM cases c WHERE c.agency = $1 AND "
                                       "c.timer_due IS NOT NULL";
    return attempt([&] {
        std::vector<ports::Timer> timers;
        const Rows rows = connection_->run(kTimers, agency);
        for (const auto row : rows)
            timers.push_back({CaseId(row.text(0)), agency, {row.integer(1)}, row.text(2)});
        return timers;
    });
}

}  // namespace pintu::postgres
