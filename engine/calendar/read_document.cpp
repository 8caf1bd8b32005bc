#include <array>
#include <utility>

#include "engine/base/nearest.hpp"
#include "engine/calendar/document.hpp"
#include "engine/yaml/map_reader.hpp"

namespace pintu::calendar {
namespace {

constexpr std::int32_t kFirstYear = 1990;
constexpr std::int32_t kLastYear = 2100;

const std::vector<std::string>& weekday_names() {
    static const std::vector<std::string> names = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "senin",  "selasa",  "rabu",      "kamis",    "jumat",  "sabtu",    "minggu"};
    return names;
}

std::optional<Weekday> weekday_named(const std::string& name) {
    const auto& names = weekday_names();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<Weekday>(i % 7);
    return std::nullopt;
}

// "07:30" as a minute of the day.
std::optional<std::int32_t> minute_of(const std::string& text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const auto hour = (text[0] - '0') * 10 + (text[1] - '0');
    const auto minute = (text[3] - '0') * 10 + (text[4] - '0');
    return hour < 24 && minute < 60 ? std::optional(hour * 60 + minute) : std::nullopt;
}

template <class T>
std::set<std::string> texts(const std::vector<T>& words) {
    std::set<std::string> result;
    for (const auto& word : words) result.insert(word.text);
    return result;
}

class Reader {
  public:
    Reader(const yaml::Node& node, Diagnostics& diagnostics)
        : node_(node), diagnostics_(diagnostics), map_(node, diagnostics) {}

    std::optional<CalendarDocument> read() {
        const auto agency = map_.word("calendar", yaml::Need::required);
        map_.allow("end");
        if (const auto extends = map_.word("extends")) {
            document_.extends = {extends->text, extends->span};
        }
        if (const auto zone = map_.word("zone")) document_.zone = {zone->text, zone->span};
        read_opens();
        read_closed();
        read_working_kinds();
        read_holidays();
        read_provisional();
        map_.finish();
        if (!agency) return std::nullopt;
        document_.agency = AgencyCode(agency->text);
        document_.span = agency->span;
        return std::move(document_);
    }

  private:
    void read_opens() {
        const auto opens = map_.word("opens");
        if (!opens) return;
        if (const auto minute = minute_of(opens->text))
            document_.opens_minute = {*minute, opens->span};
        else
            diagnostics_.error("CA001", opens->span, opens->text);
    }

    void read_closed() {
        const auto* entry = map_.find_entry("closed");
        if (entry == nullptr) return;
        Said<std::set<Weekday>> closed{{}, entry->key_span};
        const auto words = yaml::as_words(entry->value, diagnostics_);
        for (const auto& word : words.value_or(std::vector<yaml::Word>{})) {
            const auto day = weekday_named(word.text);
            if (!day)
                unknown_weekday(word);
            else if (!closed.value.insert(*day).second)
                diagnostics_.error("CA003", word.span, word.text);
        }
        if (closed.value.size() == 7)
            diagnostics_.error("CA004", entry->key_span);
        else
            document_.closed = closed;
    }

    void unknown_weekday(const yaml::Word& word) {
        const auto close = nearest(word.text, weekday_names());
        diagnostics_.error("CA002", word.span, word.text, close.empty() ? "saturday" : close);
    }

    void read_working_kinds() {
        const auto* entry = map_.find_entry("working_kinds");
        if (entry == nullptr) return;
        const auto words =
            yaml::as_words(entry->value, diagnostics_).value_or(std::vector<yaml::Word>{});
        for (const auto& word : words) yaml::expect_one_of(word, holiday_kinds(), diagnostics_);
        document_.working_kinds = {texts(words), entry->key_span};
    }

    void read_holidays() {
        const auto* holidays = map_.find("holidays");
        if (holidays == nullptr || holidays->is_null() ||
            !yaml::expect_map(*holidays, diagnostics_))
            return;
        for (const auto& entry : holidays->entries) read_holiday(entry);
    }

    void read_holiday(const yaml::Entry& entry) {
        const auto date = parse_date(entry.key);
        const auto year = date ? year_month_day(*date).year : kFirstYear;
        if (!date)
            diagnostics_.error("CA005", entry.key_span, entry.key);
        else if (year < kFirstYear || year > kLastYear)
            diagnostics_.error("CA006", entry.key_span, std::to_string(year),
                               std::to_string(kFirstYear), std::to_string(kLastYear));
        const auto holiday = read_holiday_value(entry);
        if (date && holiday) document_.holidays.emplace(*date, *holiday);
    }

    std::optional<Said<std::optional<Holiday>>> read_holiday_value(const yaml::Entry& entry) {
        if (entry.value.is_scalar() && entry.value.text == "removed")
            return Said<std::optional<Holiday>>{std::nullopt, entry.key_span};
        if (!entry.value.is_map()) {
            diagnostics_.error("CA007", entry.value.span);
            return std::nullopt;
        }
        yaml::MapReader map(entry.value, diagnostics_);
        const auto name = map.word("name", yaml::Need::required);
        const auto source = map.word("source", yaml::Need::required);
        const auto kind = map.one_of("kind", holiday_kinds(), yaml::Need::required);
        map.finish();
        if (!name || !source || !kind) return std::nullopt;
        return Said<std::optional<Holiday>>{Holiday{name->text, source->text, kind->text},
                                            entry.key_span};
    }

    void read_provisional() {
        const auto* entry = map_.find_entry("provisional");
        if (entry == nullptr || entry->value.is_null() ||
            !yaml::expect_sequence(entry->value, diagnostics_))
            return;
        document_.provisional = {{}, entry->key_span};
        for (const auto& item : entry->value.items) {
            const auto year = yaml::as_integer(item, kFirstYear, kLastYear, diagnostics_);
            if (year &&
                !document_.provisional->value.insert(static_cast<std::int32_t>(*year)).second)
                diagnostics_.error("CA008", item.span, item.text);
        }
    }

    const yaml::Node& node_;
    Diagnostics& diagnostics_;
    yaml::MapReader map_;
    CalendarDocument document_;
};

}  // namespace

const std::vector<std::string>& holiday_kinds() {
    static const std::vector<std::string> kinds = {"nasional", "cuti_bersama", "daerah"};
    return kinds;
}

std::optional<CalendarDocument> read_document(const yaml::Node& node, Diagnostics& diagnostics) {
    if (!yaml::expect_map(node, diagnostics)) return std::nullopt;
    return Reader(node, diagnostics).read();
}

}  // namespace pintu::calendar
