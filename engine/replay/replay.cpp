#include "engine/replay/replay.hpp"

#include <type_traits>

#include "engine/cases/apply/apply.hpp"
#include "engine/replay/again.hpp"
#include "engine/replay/show.hpp"

namespace pintu::replay {
namespace {

template <class T>
concept FollowsFromSomething = requires(const Past& past, const T& recorded) {
    again(past, recorded);
};

// What the event is about, for people: "decision pemilik".
template <class T>
std::string what_of(const T& payload) {
    if constexpr (std::is_same_v<T, cases::Decided>) {
        return "decision " + payload.decision;
    } else if constexpr (std::is_same_v<T, cases::Transitioned>) {
        return "transition " + payload.name;
    } else if constexpr (std::is_same_v<T, cases::Assigned>) {
        return "owner";
    } else {
        return "clock " + payload.clock;
    }
}

template <class T>
Divergence divergence(const cases::Event& event, const T& recorded, const T& replayed) {
    Divergence found{event.case_id, event.sequence, what_of(recorded), "", "", ""};
    const auto before = field_texts(recorded);
    const auto after = field_texts(replayed);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].second == after[i].second) continue;
        found.field = before[i].first;
        found.recorded = before[i].second;
        found.replayed = after[i].second;
        break;
    }
    return found;
}

// Nothing that the definitions know could have made it.
template <class T>
Divergence unfounded(const cases::Event& event, const T& recorded) {
    return {event.case_id,
            event.sequence,
            what_of(recorded),
            T::kType,
            field_texts(recorded).front().second,
            ""};
}

}  // namespace

void Replayer::begin() {
    state_ = {};
    compared_ = 0;
}

Result<std::optional<Divergence>> Replayer::add(const cases::Event& event) {
    std::optional<Divergence> found;
    const auto judge = [&]<class T>(const T& recorded) -> Result<void> {
        if constexpr (FollowsFromSomething<T>) {
            const auto definitions =
                archive_.find(event.agency, event.pinned, event.current, event.at);
            if (!definitions) return definitions.unexpected();
            ++compared_;
            const auto replayed = again(Past{state_, event, *definitions}, recorded);
            if (!replayed) {
                found = unfounded(event, recorded);
            } else if (!(*replayed == recorded)) {
                found = divergence(event, recorded, *replayed);
            }
        }
        return {};
    };
    const auto judged = std::visit(judge, event.payload);
    if (!judged) return judged.unexpected();
    cases::apply(state_, event);
    return found;
}

Result<std::vector<Divergence>> replay(const std::vector<cases::Event>& events, Archive& archive,
                                       Summary& summary) {
    std::vector<Divergence> all;
    Replayer replayer(archive);
    for (const auto& event : events) {
        auto found = replayer.add(event);
        if (!found) return found.unexpected();
        if (*found) all.push_back(std::move(**found));
    }
    ++summary.cases;
    summary.events += events.size();
    ++(all.empty() ? summary.equal : summary.different);
    if (!summary.first && !all.empty()) summary.first = all.front();
    return all;
}

cases::State as_of(const std::vector<cases::Event>& events, Instant at) {
    cases::State state;
    for (const auto& event : events) {
        if (event.at > at) break;
        cases::apply(state, event);
    }
    return state;
}

}  // namespace pintu::replay
