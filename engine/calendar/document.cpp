// Joining, layering and making.
#include "engine/calendar/document.hpp"

#include "engine/base/nearest.hpp"

namespace pintu::calendar {
namespace {

template <class T>
void take_same(std::optional<Said<T>>& known, const std::optional<Said<T>>& other, const char* key,
               const SourceSet& sources, Diagnostics& diagnostics) {
    if (!other) return;
    if (known && known->value != other->value)
        diagnostics.error("CA013", other->span, key, sources.place(known->span));
    if (!known) known = other;
}

template <class T>
void unite(std::optional<Said<std::set<T>>>& known, const std::optional<Said<std::set<T>>>& other) {
    if (!known)
        known = other;
    else if (other)
        known->value.insert(other->value.begin(), other->value.end());
}

template <class T>
void replace(std::optional<Said<T>>& known, const std::optional<Said<T>>& other) {
    if (other) known = other;
}

void replace_all_but_holidays(CalendarDocument& upper, const CalendarDocument& lower) {
    upper.agency = lower.agency;
    upper.span = lower.span;
    replace(upper.extends, lower.extends);
    replace(upper.zone, lower.zone);
    replace(upper.opens_minute, lower.opens_minute);
    replace(upper.closed, lower.closed);
    replace(upper.working_kinds, lower.working_kinds);
    replace(upper.provisional, lower.provisional);
}

}  // namespace

CalendarDocument join(const std::vector<CalendarDocument>& documents, const SourceSet& sources,
                      Diagnostics& diagnostics) {
    auto joined = documents.front();
    for (std::size_t i = 1; i < documents.size(); ++i) {
        const auto& other = documents[i];
        take_same(joined.extends, other.extends, "extends", sources, diagnostics);
        take_same(joined.zone, other.zone, "zone", sources, diagnostics);
        take_same(joined.opens_minute, other.opens_minute, "opens", sources, diagnostics);
        take_same(joined.closed, other.closed, "closed", sources, diagnostics);
        take_same(joined.working_kinds, other.working_kinds, "working_kinds", sources, diagnostics);
        unite(joined.provisional, other.provisional);
        for (const auto& [date, holiday] : other.holidays) {
            const auto [known, fresh] = joined.holidays.emplace(date, holiday);
            if (!fresh)
                diagnostics.error("CA012", holiday.span, to_string(date),
                                  sources.place(known->second.span));
        }
    }
    return joined;
}

CalendarDocument merge(const CalendarDocument& upper, const CalendarDocument& lower,
                       Diagnostics& diagnostics) {
    auto merged = upper;
    replace_all_but_holidays(merged, lower);
    for (const auto& [date, holiday] : lower.holidays) {
        if (holiday.value) {
            merged.holidays.insert_or_assign(date, holiday);
        } else if (merged.holidays.erase(date) == 0) {
            diagnostics.warning("CA014", holiday.span, to_string(date));
        }
    }
    return merged;
}

std::optional<Calendar> make_calendar(const CalendarDocument& document, const Zones& zones,
                                      Diagnostics& diagnostics) {
    if (!document.zone) {
        diagnostics.error("CA015", document.span, document.agency.value);
        return std::nullopt;
    }
    const auto zone = zones.find(document.zone->value);
    if (zone == zones.end()) {
        std::vector<std::string> names;
        for (const auto& [name, known] : zones) names.push_back(name);
        const auto close = nearest(document.zone->value, names);
        diagnostics.error("CA016", document.zone->span, document.zone->value,
                          close.empty() ? "Asia/Makassar" : close);
        return std::nullopt;
    }
    Calendar::Parts parts;
    parts.agency = document.agency;
    parts.zone = zone->second;
    if (document.opens_minute) parts.opens_minute = document.opens_minute->value;
    if (document.closed) parts.closed = document.closed->value;
    if (document.provisional) parts.provisional = document.provisional->value;
    for (const auto& [date, holiday] : document.holidays) {
        if (holiday.value)
            parts.holidays.emplace(date, *holiday.value);
        else
            diagnostics.warning("CA014", holiday.span, to_string(date));
    }
    if (document.working_kinds) parts.working_kinds = document.working_kinds->value;
    return Calendar(std::move(parts));
}

std::optional<Calendar> read_calendar(const yaml::Node& node, const Zones& zones,
                                      Diagnostics& diagnostics) {
    Diagnostics own;
    const auto document = read_document(node, own);
    // A zone that could not be read has been told already.
    const bool readable = document && (document->zone || !own.has_errors());
    auto calendar = readable ? make_calendar(*document, zones, own) : std::nullopt;
    diagnostics.append(own);
    return own.has_errors() ? std::nullopt : calendar;
}

}  // namespace pintu::calendar
