#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

constexpr std::size_t kMostSimilar = 10;  // offered at most

std::string value_of(const State& state, const std::string& name) {
    if (const auto decided = state.decisions.find(name); decided != state.decisions.end())
        return decided->second.value;
    const auto field = state.fields.find(name);
    return field == state.fields.end() ? "unknown" : field->second;
}

}  // namespace

std::optional<Question> similar_question(const Turn& turn) {
    const State& state = turn.state();
    const auto* flow = turn.workflow();
    if (flow == nullptr || !flow->intake.similar || !state.lat_udeg || !state.lon_udeg)
        return std::nullopt;
    const auto& similar = *flow->intake.similar;
    const std::string value = value_of(state, similar.same);
    if (value == "unknown") return std::nullopt;
    return Question{turn.agency(),
                    similar.same,
                    value,
                    plus_seconds(state.received_at, -similar.within_days * kSecondsPerDay),
                    state.received_at,
                    similar.within_m,
                    *state.lat_udeg,
                    *state.lon_udeg,
                    state.id,
                    kMostSimilar};
}

}  // namespace pintu::cases
