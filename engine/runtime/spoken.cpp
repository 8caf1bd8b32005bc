#include "engine/runtime/spoken.hpp"

#include <algorithm>
#include <array>

namespace pintu::runtime {
namespace {

struct Month {
    const char* id;
    const char* en;
};
constexpr std::array<Month, 12> kMonths = {{{"Januari", "January"},
                                            {"Februari", "February"},
                                            {"Maret", "March"},
                                            {"April", "April"},
                                            {"Mei", "May"},
                                            {"Juni", "June"},
                                            {"Juli", "July"},
                                            {"Agustus", "August"},
                                            {"September", "September"},
                                            {"Oktober", "October"},
                                            {"November", "November"},
                                            {"Desember", "December"}}};

struct StandIn {
    std::string_view word;
    const char* id;
    const char* en;
};
constexpr std::array<StandIn, 3> kStandIns = {
    {{"pelapor", "Pelapor", "Reporter"},
     {"dirahasiakan", "(dirahasiakan)", "(confidential)"},
     {"belum ditentukan", "(belum ditentukan)", "(not set yet)"}}};

constexpr std::int32_t kHour = 3'600;

std::string two_digits(std::int32_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

// Indonesia's three zones by their offset, which never changes; others as "UTC+05".
std::string zone_name(std::int32_t offset_s) {
    if (offset_s == 7 * kHour) return "WIB";
    if (offset_s == 8 * kHour) return "WITA";
    if (offset_s == 9 * kHour) return "WIT";
    const std::int32_t minutes = std::abs(offset_s) / 60;
    const std::string rest = minutes % 60 == 0 ? "" : ":" + two_digits(minutes % 60);
    return (offset_s < 0 ? "UTC-" : "UTC+") + two_digits(minutes / 60) + rest;
}

bool is_start(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::string day_in_words(Date date, const std::string& language) {
    const auto day = year_month_day(date);
    const Month& month = kMonths[static_cast<std::size_t>(day.month - 1)];
    return std::to_string(day.day) + " " + (language == "en" ? month.en : month.id) + " " +
           std::to_string(day.year);
}

std::string moment_in_words(Instant at, const calendar::Zone& zone, const std::string& language) {
    const std::int32_t minute = zone.minute(at);
    const bool english = language == "en";
    return day_in_words(zone.date(at), language) + (english ? ", " : " pukul ") +
           two_digits(minute / 60) + (english ? ":" : ".") + two_digits(minute % 60) + " " +
           zone_name(zone.offset(at));
}

std::string spoken(std::string_view word, const std::string& language) {
    const auto found = std::find_if(kStandIns.begin(), kStandIns.end(),
                                    [&](const StandIn& one) { return one.word == word; });
    if (found == kStandIns.end()) return std::string(word);
    return language == "en" ? found->en : found->id;
}

std::string spaced(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string plain(std::string_view text, std::size_t most, bool lines) {
    std::string kept;
    std::size_t letters = 0;
    for (const char c : text) {
        if (is_start(c) && letters++ == most) {
            kept += "...";
            break;
        }
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        if (!control || (lines && c == '\n'))
            kept += c;
        else if (!kept.empty() && kept.back() != ' ')
            kept += ' ';
    }
    while (!kept.empty() && kept.back() == ' ') kept.pop_back();
    return kept;
}

}  // namespace pintu::runtime
