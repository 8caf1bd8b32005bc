#include "adapters/store/postgres/warm.hpp"

namespace pintu::postgres {

void fetch_parts(const ports::CaseUpdate& update) {
    const auto& row = update.row;
    for (const auto* text : {&row.id.value, &row.tracking_id.value, &row.state, &row.owner.value,
                             &row.channel, &row.external_id})
        fetch(*text);
    fetch_all(row.values);
    fetch_all(row.clocks);
    if (update.timer) fetch(update.timer->name);
    fetch_all(update.lookups);
}

}  // namespace pintu::postgres
