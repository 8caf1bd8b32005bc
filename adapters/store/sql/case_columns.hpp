// The columns of the table of cases, listed once: statements are written, rows bound and rows read
// from this list.
#pragma once

#include <algorithm>
#include <string>

#include "adapters/store/sql/lists.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::store {

// v(column, field) for each column that is a field of the row.
template <class V, class Row>
void case_columns(V& v, Row& row) {
    v("agency", row.agency);
    v("case_id", row.id);
    v("sequence", row.sequence);
    v("tracking_id", row.tracking_id);
    v("workflow", row.workflow);
    v("state", row.state);
    v("closed", row.closed);
    v("withdrawn", row.withdrawn);
    v("owner", row.owner);
    v("channel", row.channel);
    v("external_id", row.external_id);
    v("received_at", row.received_at);
    v("recorded_at", row.recorded_at);
    v("changed_at", row.changed_at);
    v("closed_at", row.closed_at);
    v("region", row.region);
    v("lat_udeg", row.lat_udeg);
    v("lon_udeg", row.lon_udeg);
    v("anonim", row.anonim);
    v("rahasia", row.rahasia);
    v("erased", row.erased);
    v("supporters", row.supporters);
    v("escalations", row.escalations);
    v("hops", row.hops);
    v("waits_for_approval", row.waits_for_approval);
    v("value_list", row.values);
    v("clock_list", row.clocks);
}

inline bool any_late(const cases::CaseRow& row) {
    return std::any_of(row.clocks.begin(), row.clocks.end(), [](const auto& c) { return c.late; });
}

}  // namespace pintu::store
