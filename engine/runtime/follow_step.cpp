// A turn at one agency's open cases after definitions were published (C10).
#include "engine/runtime/incidents.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::runtime {

// Whoever follows must have what is in force: it is asked for within the turn, because publishing
// ends the turns that go on.
Result<Stepped> Runtime::follow_step(Instant now) {
    auto claimed = claim(ports::Work::follow, now);
    if (!claimed) return claimed.unexpected();
    if (!*claimed) return Stepped{};
    const ports::Lease& lease = (*claimed)->lease;
    auto in_force = ports_.store.in_force();
    if (!in_force) {
        release(lease, in_force.error());
        return in_force.unexpected();
    }
    if (*in_force != definitions_.id()) {
        release(lease, {"RT032", {}});
        return Stepped{};
    }
    return take_turn(lease, now, [&](Batch& batch, ports::TurnEnd& end, Stepped& stepped) {
        return follow(batch, end, stepped, now);
    });
}

Result<void> Runtime::follow(Batch& batch, ports::TurnEnd& end, Stepped& stepped, Instant now) {
    ports::CaseFilter filter;
    filter.agency = end.lease.agency;
    filter.closed = false;
    if (!end.lease.memo.empty()) filter.after = CaseId(end.lease.memo);
    filter.limit = settings_.batch;
    auto rows = ports_.store.list(filter);
    if (!rows) return rows.unexpected();
    std::vector<const CaseId*> ids;
    for (const auto& row : *rows) ids.push_back(&row.id);
    // Most of them get no event.
    if (auto fetched = batch.prefetch_anew(ids); !fetched) return fetched;
    for (const auto& row : *rows) {
        const CaseId& id = row.id;
        ++stepped.recomputed;
        const cases::Command command{CommandId(id.value + "-calendar-" + definitions_.id()),
                                     id,
                                     {},
                                     cases::RecalculateClocks{}};
        auto verdict = batch.decide(command);
        if (!verdict) return verdict.unexpected();
        if (verdict->accepted) continue;
        const std::string& why = verdict->rejected.code;
        ports_.log.write(ports::LogLevel::error, "RT027", {id.value, "calendar", why});
        batch.report(command_incident(command, why, now));
    }
    end.finished = ids.size() < filter.limit;
    if (!ids.empty()) end.lease.memo = ids.back()->value;
    return {};
}

}  // namespace pintu::runtime
