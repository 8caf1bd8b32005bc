// The calendar documents of a definitions folder (language.md section 1), before and after
// layering. Reading goes: read_document for each file, join the files of one layer, merge the
// layers from the uppermost down, make_calendar at the end.
//
//     calendar: 64.09
//     extends: 64                             # optional; the bundle room knows the layers
//     zone: Asia/Makassar
//     opens: "07:30"
//     closed: [saturday, sunday]              # or sabtu, minggu
//     working_kinds: [cuti_bersama]           # optional: holidays of this kind count all the same
//     holidays:
//       2026-03-19: {name: Nyepi, source: SKB 1497/2025, kind: nasional}
//       2026-03-20: removed                   # an upper layer's holiday that is worked here
//     provisional: [2027]                     # years without a decree yet
//     end: 64.09
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/ids.hpp"
#include "engine/calendar/calendar.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::calendar {

// Something that a file says, and where.
template <class T>
struct Said {
    T value;
    Span span;
};

struct CalendarDocument {
    AgencyCode agency;
    std::optional<Said<std::string>> extends;
    std::optional<Said<std::string>> zone;
    std::optional<Said<std::int32_t>> opens_minute;
    std::optional<Said<std::set<Weekday>>> closed;
    std::optional<Said<std::set<std::string>>> working_kinds;
    std::map<Date, Said<std::optional<Holiday>>> holidays;  // nothing: `removed`
    std::optional<Said<std::set<std::int32_t>>> provisional;
    Span span;
};

// The kinds of holidays, as the key `kind` has them.
const std::vector<std::string>& holiday_kinds();

// One file. What is wrong is told (CA001 to CA008, and what yaml::MapReader tells) and left out.
// Nothing where the node is no map, or names no agency.
std::optional<CalendarDocument> read_document(const yaml::Node& node, Diagnostics& diagnostics);

// The files of one layer, one or several a year, in any order: holidays and provisional years
// unite. CA012 a date in two files, CA013 two files that say different zones, hours or weekdays.
// `sources` name the place of the other one. Precondition: at least one document.
CalendarDocument join(const std::vector<CalendarDocument>& documents, const SourceSet& sources,
                      Diagnostics& diagnostics);

// Layering (L6): what `lower` says replaces what `upper` says; holidays merge by date, and
// `removed` deletes. CA014, a warning: removed, though no upper layer has it.
CalendarDocument merge(const CalendarDocument& upper, const CalendarDocument& lower,
                       Diagnostics& diagnostics);

using Zones = std::map<std::string, std::shared_ptr<const Zone>>;  // by name

// The calendar of a whole stack. Without `opens` days open at 00:00; without `closed` every
// weekday is open. CA014 for a `removed` of the uppermost layer. Nothing, with a diagnostic, where
// the zone is missing (CA015) or not among `zones` (CA016).
std::optional<Calendar> make_calendar(const CalendarDocument& document, const Zones& zones,
                                      Diagnostics& diagnostics);

// read_document and make_calendar in one, for an agency of one file.
std::optional<Calendar> read_calendar(const yaml::Node& node, const Zones& zones,
                                      Diagnostics& diagnostics);

}  // namespace pintu::calendar
