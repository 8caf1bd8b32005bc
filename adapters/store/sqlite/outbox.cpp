// Effects that are not settled, as people look at them.
#include "adapters/store/sqlite/agenda.hpp"
#include "adapters/store/sqlite/listing.hpp"
#include "adapters/store/sqlite/rows.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {

Result<std::vector<cases::Effect>> SqliteStore::unsent(std::size_t limit) {
    static const std::string kUnsent =
        std::string(kSelectEffect) + " FROM outbox ORDER BY id LIMIT ?1";
    std::vector<cases::Effect> effects;
    auto& rows = database_->query(kUnsent, std::uint64_t{limit});
    while (rows.step()) effects.push_back(effect_of(rows));
    return given(std::move(effects));
}

std::string select_outbox(Sought sought) {
    constexpr const char* kSought[] = {"effect_key = ?2 AND ", "agency = ?1 AND ", ""};
    return std::string(kSelectEffect) + kOutgoing + ", next_at, dead, why FROM outbox WHERE " +
           kSought[static_cast<int>(sought)] +
           "(?1 IS NULL OR agency = ?1) AND (?2 IS NULL OR effect_key = ?2) AND "
           "(?3 IS NULL OR dead = ?3) ORDER BY id LIMIT ?4";
}

Result<std::vector<ports::OutboxRow>> SqliteStore::outbox(const ports::OutboxFilter& filter) {
    static const std::string kSelect[] = {
        select_outbox(Sought::one), select_outbox(Sought::of_agency), select_outbox(Sought::all)};
    constexpr int kNextAt = kEffectColumns + 3;
    std::vector<ports::OutboxRow> found;
    auto& rows =
        database_->query(kSelect[static_cast<int>(sought_by(filter.key, filter.agency))],
                         filter.agency, filter.key, filter.dead, std::uint64_t{filter.limit});
    while (rows.step()) {
        const bool dead = rows.integer(kNextAt + 1) != 0;
        const Instant next{dead ? 0 : rows.integer(kNextAt)};
        found.push_back({outgoing_of(rows), next, dead, rows.text(kNextAt + 2)});
    }
    return given(std::move(found));
}

Result<bool> SqliteStore::retry_effect(const EffectKey& key, Instant now) {
    static const std::string kAgain =
        "UPDATE outbox SET next_at = ?2, attempts = 0, slotted = 0, why = '', dead = 0 "
        "WHERE effect_key = ?1";
    database_->begin();
    database_->run(kAgain, key, now);
    const bool found = database_->changes() > 0;
    if (found) Agenda(*database_, 0).look(agency_of(key), ports::Work::send);
    database_->commit();
    database_->rollback();
    return given(found);
}

}  // namespace pintu::store
