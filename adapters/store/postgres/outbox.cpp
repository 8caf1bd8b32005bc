// Effects that are not settled, as people look at them.
#include "adapters/store/postgres/packed.hpp"
#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {

Result<std::vector<cases::Effect>> PostgresStore::unsent(std::size_t limit) {
    static const std::string kUnsent =
        "SELECT o.effect_key, o.effect FROM outbox o ORDER BY o.id LIMIT $1";
    return attempt([&] {
        std::vector<cases::Effect> effects;
        const Rows rows = connection_->run(kUnsent, std::uint64_t{limit});
        for (const auto row : rows) effects.push_back(unpack_effect(row.text(0), row.bytes(1)));
        return effects;
    });
}

Result<std::vector<ports::OutboxRow>> PostgresStore::outbox(const ports::OutboxFilter& filter) {
    static const std::string kSelect =
        "SELECT o.effect_key, o.effect, o.attempts, o.slotted, o.reached_list, o.next_at, o.dead, "
        "o.why FROM outbox o WHERE ($1 IS NULL OR o.agency = $1) AND "
        "($2 IS NULL OR o.effect_key = $2) AND ($3 IS NULL OR o.dead = $3) ORDER BY o.id LIMIT $4";
    return attempt([&] {
        std::vector<ports::OutboxRow> found;
        const Rows rows = connection_->run(kSelect, filter.agency, filter.key, filter.dead,
                                           std::uint64_t{filter.limit});
        for (const auto row : rows) {
            const bool dead = row.boolean(6);
            found.push_back({{unpack_effect(row.text(0), row.bytes(1)),
                              static_cast<std::uint32_t>(row.integer(2)), row.boolean(3),
                              store::ids_from_list<PersonTag>(row.bytes(4))},
                             Instant{dead ? 0 : row.integer(5)},
                             dead,
                             row.text(7)});
        }
        return found;
    });
}

Result<bool> PostgresStore::retry_effect(const EffectKey& key, Instant now) {
    const AgencyCode agency = agency_of(key);
    bool found = false;
    const auto done = attempt_commit([&] {
        found = !connection_->run(sql::kRetryEffect, agency, key, now).empty();
        if (!found) return;
        Column works = integers(), due = integers();
        works.add(static_cast<std::int64_t>(ports::Work::send));
        due.add(now);
        connection_->run(sql::kWake, agency, works, due);
    });
    if (!done) return done.unexpected();
    return found;
}

}  // namespace pintu::postgres
