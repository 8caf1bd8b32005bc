#include "engine/cases/apply/apply.hpp"

namespace pintu::cases {

void apply(State& state, const Event& /*event*/, const Received& received) {
    state.agency = received.agency;
    state.tracking_id = received.tracking_id;
    state.workflow = received.workflow;
    state.channel = received.channel;
    state.external_id = received.external_id;
    state.received_at = received.received_at;
    state.region = received.region;
    state.lat_udeg = received.lat_udeg;
    state.lon_udeg = received.lon_udeg;
    state.anonim = received.anonim;
    state.rahasia = received.rahasia;
    state.hops = received.hops;
    state.transferred_from = received.transferred_from;
    state.fields = {received.fields_known.begin(), received.fields_known.end()};
    state.probes = {received.probes.begin(), received.probes.end()};
}

}  // namespace pintu::cases
