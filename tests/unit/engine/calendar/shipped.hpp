// The calendar of Penajam Paser Utara as shipped: the decrees of 2025 and 2026, WITA.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/calendar/clock.hpp"
#include "engine/calendar/document.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"

namespace pintu::calendar {

inline std::shared_ptr<const Zone> zone_of(const std::string& name) {
    const auto bytes = testing::read_file("/usr/share/zoneinfo/" + name);
    return std::make_shared<const Zone>(Zone::read(name, bytes).value());
}

inline Zones zones() {
    Zones result;
    for (const auto* name : {"Asia/Makassar", "Asia/Jakarta", "Asia/Jayapura"})
        result.emplace(name, zone_of(name));
    return result;
}

inline Calendar read_shipped() {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto document = [&](const std::string& path) {
        const auto text = testing::read_file(std::string(PINTU_SOURCE_DIR) + "/workflows/" + path);
        const auto node = yaml::parse(sources.add(path, text), diagnostics);
        return read_document(node.value(), diagnostics).value();
    };
    const auto national =
        join({document("nasional/calendar-2025.yaml"), document("nasional/calendar-2026.yaml")},
             sources, diagnostics);
    const auto local =
        merge(national, document("64.09-penajam-paser-utara/calendar.yaml"), diagnostics);
    auto calendar = make_calendar(local, zones(), diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    return calendar.value();
}

inline const Calendar& shipped() {
    static const Calendar calendar = read_shipped();
    return calendar;
}

inline Date day(const std::string& text) {
    return parse_date(text).value();
}

// "2026-03-13 09:30" in the zone of the calendar; "24:00" is the end of the day.
inline Instant local(const std::string& text, const Calendar& calendar = shipped()) {
    const auto hours = std::stoi(text.substr(11, 2));
    const auto minutes = std::stoi(text.substr(14, 2));
    return calendar.zone().instant(day(text.substr(0, 10)), hours * 60 + minutes);
}

inline std::string local_text(Instant at, const Calendar& calendar = shipped()) {
    const auto text = to_string(at, calendar.zone().offset(at));
    const auto clock = text.substr(11, 5);
    if (clock != "00:00") return text.substr(0, 10) + " " + clock;
    return to_string(due_date(calendar, at)) + " 24:00";
}

}  // namespace pintu::calendar
