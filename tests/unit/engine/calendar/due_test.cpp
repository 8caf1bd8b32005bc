#include <gtest/gtest.h>

#include "engine/calendar/clock.hpp"
#include "engine/messages/messages.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

std::string table(const std::vector<DayWhy>& days) {
    std::string text;
    for (const auto& d : days) {
        text += to_string(d.date) + (d.counted ? " + " : "   ");
        for (const auto language : {messages::Language::english, messages::Language::indonesian})
            text += messages::render(d.code(), d.args(), language).message +
                    (language == messages::Language::english ? " | " : "\n");
    }
    return text;
}

TEST(Due, lists_every_day_and_why) {
    testing::check_golden("calendar/due", ".due", [](const auto&, const std::string& text) {
        const auto space = text.find(' ');
        const auto from = parse_instant(text.substr(0, space)).value();
        const auto lasts = text.substr(space + 1, text.find('\n') - space - 1);
        const auto due = due_of(shipped(), from, parse_duration(lasts).value());
        return "due " + to_string(due.due, shipped().zone().offset(due.due)) + "\ndue_date " +
               to_string(due.due_date) + "\n" + table(due.days);
    });
}

TEST(Due, of_a_long_length_is_found_at_once) {
    const auto due = due_instant(shipped(), local("2026-03-13 09:30"),
                                 parse_duration("100000 working days").value());
    EXPECT_EQ(shipped().count(day("2026-03-13"), due_date(shipped(), due)), 100'000);
}

class Explained : public ::testing::Test {
  protected:
    Explained() {
        const auto from = local("2026-04-06 09:00");
        apply(state, start(state, {}, shipped(), {5, DurationUnit::working_days}, from));
    }
    void pause_at(const std::string& at) {
        apply(state, pause(state, shipped(), local(at)), local(at));
    }
    ClockState state;
};

TEST_F(Explained, tells_pauses_and_calendars_of_before) {
    pause_at("2026-04-07 15:00");
    const auto at = local("2026-04-09 08:00");
    apply(state, resume(state, {}, shipped(), at), at);
    auto parts = shipped().parts();
    parts.holidays[day("2026-04-09")] = {"Hari Jadi", "SK Bupati", "daerah"};
    parts.holidays[day("2026-04-13")] = {"Pilkada", "SK KPU", "daerah"};
    const Calendar changed(parts);
    const auto later = local("2026-04-10 08:00");
    apply(state, change_calendar(state, {}, changed, later).value(), later);
    EXPECT_EQ(table(explain(state, changed, later)),
              "2026-04-06   day 0 | hari ke-0\n"
              "2026-04-07 + working day | hari kerja\n"
              "2026-04-08   the clock was paused | penghitungan dijeda\n"
              "2026-04-09 + working day of the calendar in force before | "
              "hari kerja menurut kalender yang berlaku sebelumnya\n"
              "2026-04-10 + working day | hari kerja\n"
              "2026-04-11   Saturday | Sabtu\n"
              "2026-04-12   Sunday | Minggu\n"
              "2026-04-13   Pilkada (SK KPU) | Pilkada (SK KPU)\n"
              "2026-04-14 + working day | hari kerja\n"
              "2026-04-15 + working day | hari kerja\n");
}

TEST_F(Explained, reaches_to_the_asked_moment_while_paused) {
    pause_at("2026-04-07 15:00");
    EXPECT_EQ(table(explain(state, shipped(), local("2026-04-08 12:00"))),
              "2026-04-06   day 0 | hari ke-0\n"
              "2026-04-07 + working day | hari kerja\n"
              "2026-04-08   the clock was paused | penghitungan dijeda\n");
    EXPECT_TRUE(explain(ClockState{}, shipped(), {}).empty());
}

}  // namespace
}  // namespace pintu::calendar
