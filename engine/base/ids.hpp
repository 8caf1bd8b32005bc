// Strong types for identity: an AgencyCode is never passed where a UnitId is meant.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace pintu {

template <class Tag>
struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string text) : value(std::move(text)) {}
    bool empty() const { return value.empty(); }
    auto operator<=>(const Id&) const = default;
};

using AgencyCode = Id<struct AgencyTag>;  // "64", "64.09", "nasional"
using UnitId =
    Id<struct UnitTag>;  // absolute: "64.09/dpupr"; front desk of 64.09: its receives-all unit
using PersonId = Id<struct PersonTag>;      // "p-014"
using CaseId = Id<struct CaseTag>;          // "64.09-" + 32 hex digits, growing with time
using TrackingId = Id<struct TrackingTag>;  // what a citizen holds; see engine/cases/tracking.hpp
using CommandId = Id<struct CommandTag>;    // makes a command idempotent
using EffectKey = Id<struct EffectTag>;     // idempotency key of an effect

// Ids of cases, and the ids of commands and effects, which are made of them, begin with the code of
// the case's agency and '-': whoever keeps rows by agency need not ask which. Empty where an id has
// no such beginning.
inline AgencyCode agency_of(const std::string& id) {
    const auto dash = id.find('-');
    return AgencyCode(dash == std::string::npos ? std::string() : id.substr(0, dash));
}
template <class Tag>
AgencyCode agency_of(const Id<Tag>& id) {
    return agency_of(id.value);
}

}  // namespace pintu

template <class Tag>
struct std::hash<pintu::Id<Tag>> {
    std::size_t operator()(const pintu::Id<Tag>& id) const {
        return std::hash<std::string>()(id.value);
    }
};
