// Tables of clocks: a command a line, and behind "->" what comes of it. docs/clocks.md holds its
// examples in the same notation, and they are run here too.
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <sstream>

#include "engine/calendar/clock.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/engine/calendar/shipped.hpp"

namespace pintu::calendar {
namespace {

class Table {
  public:
    std::string fill(const std::string& text) {
        std::istringstream lines(text);
        std::string filled;
        for (std::string line; std::getline(lines, line);) filled += filled_line(line) + "\n";
        return filled;
    }

  private:
    std::string filled_line(const std::string& line) {
        const auto command = line.substr(0, line.find("->"));
        if (command.find_first_not_of(' ') == std::string::npos || command[0] == '#') return line;
        const auto result = run(command.substr(0, command.find_last_not_of(' ') + 1));
        if (result.empty()) return line;
        constexpr std::size_t kColumn = 52;
        auto left = command.substr(0, command.find_last_not_of(' ') + 1);
        left.resize(std::max(left.size() + 1, kColumn), ' ');
        return left + "-> " + result;
    }

    std::string run(const std::string& command) {
        std::istringstream words(command);
        std::string name;
        words >> name;
        const auto rest = [&] {
            std::string text;
            std::getline(words >> std::ws, text);
            return text;
        };
        if (name == "ladder") return set_ladder(rest());
        if (name == "due") return due();
        if (name == "firings") return firings();
        if (name == "fired") return fired();
        std::string date, clock;
        words >> date >> clock;
        const auto at = local(date + " " + clock, calendar_);
        return at_time(name, at, words.eof() ? "" : rest());
    }

    std::string at_time(const std::string& name, Instant at, const std::string& rest) {
        if (name == "start") {
            state_ = {};
            calendar_ = shipped();
        }
        if (name == "start" || name == "restart") {
            const auto lasts = parse_duration(rest.substr(std::string("for ").size())).value();
            apply(state_, start(state_, ladder_, calendar_, lasts, at));
            return due();
        }
        if (name == "pause") return pause_at(at);
        if (name == "resume") {
            apply(state_, resume(state_, ladder_, calendar_, at), at);
            return due();
        }
        if (name == "stop") {
            const auto record = stop(state_, at);
            apply(state_, record, at);
            return record.on_time ? "on time" : "late";
        }
        if (name == "length") return length(at, parse_duration(rest).value());
        if (name == "holiday") return change(at, day(rest), true);
        if (name == "worked") return change(at, day(rest), false);
        if (name == "zone") return change_zone(at, rest);
        if (name == "past") return past(at);
        if (name == "run") return run_until(at);
        if (name == "on_time") return on_time(state_, at) ? "on time" : "late";
        if (name == "counted") return std::to_string(counted(state_, calendar_, at));
        ADD_FAILURE() << "no such command: " << name;
        return "";
    }

    std::string set_ladder(const std::string& text) {
        ladder_.clear();
        std::istringstream rungs(text);
        for (std::string rung; std::getline(rungs >> std::ws, rung, ',');) {
            RungTimes times;
            times.percent = std::stoi(rung);
            if (const auto every = rung.find("every "); every != std::string::npos) {
                const auto most = rung.find(" at_most ");
                times.again_every = parse_duration(rung.substr(every + 6, most - every - 6));
                times.at_most = std::stoi(rung.substr(most + 9));
            }
            ladder_.push_back(times);
        }
        return "";
    }

    std::string pause_at(Instant at) {
        const auto record = pause(state_, calendar_, at);
        apply(state_, record, at);
        return "counted " + std::to_string(record.counted);
    }

    std::string due() const {
        const auto at = due_of_clock(state_);
        return at ? "due " + local_text(*at, calendar_) : "no due while paused";
    }

    std::string moved(const std::optional<Recomputed>& record, Instant at) {
        if (!record) return "nothing moves";
        apply(state_, *record, at);
        return due();
    }

    std::string length(Instant at, const Duration& lasts) {
        return moved(change_length(state_, ladder_, calendar_, lasts, at), at);
    }

    std::string change(Instant at, Date date, bool holiday) {
        auto parts = calendar_.parts();
        if (holiday)
            parts.holidays[date] = {"Libur daerah", "SK Bupati", "daerah"};
        else
            parts.holidays.erase(date);
        calendar_ = Calendar(parts);
        return moved(change_calendar(state_, ladder_, calendar_, at), at);
    }

    std::string change_zone(Instant at, const std::string& zone) {
        auto parts = calendar_.parts();
        parts.zone = zones().at(zone);
        calendar_ = Calendar(parts);
        return moved(change_calendar(state_, ladder_, calendar_, at), at);
    }

    std::string firing(const Firing& f) const {
        const auto& rung = ladder_[f.rung];
        auto name = std::to_string(f.percent) + "%";
        if (f.repeat > rung.at_most)
            name += " then";
        else if (f.repeat > 0)
            name += " again " + std::to_string(f.repeat);
        return name + " " + local_text(f.at, calendar_) + (f.notifies ? "" : " (silent)");
    }

    std::string all(const std::vector<Firing>& firings) const {
        std::string text;
        for (const auto& f : firings) text += (text.empty() ? "" : ", ") + firing(f);
        return text.empty() ? "nothing" : text;
    }

    // As already_past, and recorded.
    std::string past(Instant at) {
        const auto firings = already_past(state_, ladder_, calendar_, at);
        for (const auto& f : firings) apply(state_, Fired{f.percent, f.repeat});
        return all(firings);
    }

    // Timers one after the other, each when it is due.
    std::string run_until(Instant at) {
        std::vector<Firing> firings;
        for (auto f = next_firing(state_, ladder_, calendar_); f && f->at <= at;
             f = next_firing(state_, ladder_, calendar_)) {
            firings.push_back(*f);
            apply(state_, Fired{f->percent, f->repeat});
        }
        return all(firings);
    }

    std::string firings() const {
        Table copy = *this;
        return copy.run_until({std::numeric_limits<std::int64_t>::max()});
    }

    std::string fired() const {
        std::string text;
        for (const auto& f : state_.fired)
            text += (text.empty() ? "" : ", ") + std::to_string(f.percent) + "%/" +
                    std::to_string(f.repeat);
        return text.empty() ? "nothing" : text;
    }

    ClockState state_;
    Ladder ladder_ = {{80, {}, 0}, {100, Duration{2, DurationUnit::working_days}, 3}};
    Calendar calendar_ = shipped();
};

TEST(ClockTable, gives_what_the_twelve_rules_say) {
    testing::check_golden("calendar/clocks", ".clock",
                          [](const auto&, const std::string& text) { return Table().fill(text); });
}

// Every block of docs/clocks.md between ```clock and ```.
TEST(ClockTable, the_examples_of_the_guide_hold) {
    const std::string path = std::string(PINTU_SOURCE_DIR) + "/docs/clocks.md";
    const auto guide = testing::read_file(path);
    const std::string open = "```clock\n";
    std::string filled;
    std::size_t done = 0;
    std::size_t blocks = 0;
    for (auto at = guide.find(open); at != std::string::npos; at = guide.find(open, done)) {
        const auto begin = at + open.size();
        const auto end = guide.find("```", begin);
        ASSERT_NE(end, std::string::npos);
        filled += guide.substr(done, begin - done) + Table().fill(guide.substr(begin, end - begin));
        done = end;
        ++blocks;
    }
    filled += guide.substr(done);
    EXPECT_GE(blocks, 12U);
    const char* rewrite = std::getenv("PINTU_REWRITE");
    if (rewrite != nullptr && *rewrite == '1')
        testing::write_file(path, filled);
    else
        EXPECT_EQ(filled, guide);
}

}  // namespace
}  // namespace pintu::calendar
