#include "engine/runtime/definitions.hpp"

#include <gtest/gtest.h>

#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

const Date kToday = *make_date(2026, 1, 1);
const char* kRules = "rules/nasional/dasar.rules";
const char* kCalendar = "workflows/64.09-penajam-paser-utara/calendar.yaml";

const bundle::Definitions& files() {
    static const auto kFiles = read_fixture("tests/fixtures/kasus");
    return kFiles;
}

bundle::Definitions edited(const std::string& path, const std::string& from,
                           const std::string& to) {
    for (const auto& file : files().files) {
        if (file.path != path) continue;
        std::string text = file.bytes;
        return with_files(files(), {{path, text.replace(text.find(from), from.size(), to)}});
    }
    return files();
}

const Loadout& slower() {
    static const Loadout kLoadout = loadout_of(edited(kRules, "kelas = ringan                 -> 5",
                                                      "kelas = ringan                 -> 9"),
                                               kToday);
    return kLoadout;
}

class Published : public ::testing::Test {
  protected:
    std::string term_of(World& world, const std::string& name) {
        cases::Report report = road_hole(name);
        report.lat_udeg = -1'000'000 - name.front() * 5000;
        const CaseId id = world.report(report, "2026-03-02");
        EXPECT_TRUE(
            world.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").accepted);
        ids_.push_back(id);
        return world.state(id).decisions.at("tenggat").value;
    }

    std::shared_ptr<MemoryStore> store_ = std::make_shared<MemoryStore>();
    World one_{kasus(), {}, store_};
    World two_{kasus(), {}, store_};
    std::vector<CaseId> ids_;
};

TEST_F(Published, definitions_decide_on_each_node_from_when_it_follows) {
    EXPECT_FALSE(*two_.runtime.refresh(kToday)) << "they are the same";
    EXPECT_EQ(term_of(two_, "a"), "5 working days");
    ASSERT_TRUE(one_.runtime.publish(slower()).has_value());
    EXPECT_EQ(term_of(one_, "b"), "9 working days");
    EXPECT_EQ(term_of(two_, "c"), "5 working days") << "not yet";
    EXPECT_TRUE(*two_.runtime.refresh(kToday));
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    EXPECT_EQ(two_.runtime.definitions_id(), one_.runtime.definitions_id());
    EXPECT_EQ(term_of(two_, "d"), "9 working days");
    const auto before = kasus().library->bundles.at(AgencyCode("64.09"))->pinned;
    const auto after = slower().library->bundles.at(AgencyCode("64.09"))->pinned;
    EXPECT_EQ(one_.state(ids_[0]).pinned, before);
    EXPECT_EQ(one_.state(ids_[1]).pinned, after);
    EXPECT_EQ(one_.state(ids_[2]).pinned, before) << "each case says what decided it";
    EXPECT_EQ(one_.state(ids_[3]).pinned, after);
}

TEST_F(Published, definitions_that_do_not_load_here_are_an_incident_and_the_old_ones_stay) {
    auto broken = to_set(slower());
    broken.id = "broken";
    for (auto& file : broken.files)
        if (file.path == kRules) file.bytes = "decide nonsense";
    ASSERT_TRUE(store_->publish(broken, {AgencyCode("64.09")}).has_value());
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    EXPECT_EQ(two_.runtime.definitions_id(), kasus().id);
    EXPECT_TRUE(two_.log.has("RT032"));
    const auto incidents = *store_->incidents({});
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].what, "definitions");
    EXPECT_EQ(incidents[0].times, 1U) << "they were not tried again";
    EXPECT_EQ(term_of(two_, "a"), "5 working days");
    EXPECT_EQ(two_.runtime.follow_step(at("2026-03-02"))->recomputed, 0U);
    ASSERT_TRUE(one_.runtime.publish(slower()).has_value());
    EXPECT_TRUE(*two_.runtime.refresh(kToday));
}

TEST_F(Published, calendars_are_followed_by_a_node_that_has_them) {
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    one_.play("2026-03-02");
    const auto before = one_.state(id);
    ASSERT_TRUE(one_.runtime
                    .publish(loadout_of(edited(kCalendar, "holidays: {}",
                                               "holidays:\n  2026-03-06: {name: Hari jadi, "
                                               "source: SK 1, kind: daerah}"),
                                        kToday))
                    .has_value());
    const Instant now = at("2026-03-03");
    const auto behind = two_.runtime.follow_step(now);
    EXPECT_TRUE(behind->idle) << "it would follow the old ones";
    EXPECT_EQ(behind->recomputed, 0U);
    ASSERT_TRUE(*two_.runtime.refresh(kToday));
    std::size_t recomputed = 0;
    for (auto done = two_.runtime.follow_step(now); !done->idle;
         done = two_.runtime.follow_step(now))
        recomputed += done->recomputed;
    EXPECT_EQ(recomputed, 1U);
    EXPECT_GT(two_.state(id).clocks.at("tindak_lanjut").due, before.clocks.at("tindak_lanjut").due);
    EXPECT_TRUE(one_.runtime.follow_step(now)->idle);
}

TEST_F(Published, calendars_are_followed_by_what_a_node_decided_too_late) {
    const auto later = loadout_of(edited(kCalendar, "holidays: {}",
                                         "holidays:\n  2026-03-06: {name: Hari jadi, "
                                         "source: SK 1, kind: daerah}"),
                                  kToday);
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    ASSERT_TRUE(one_.runtime.publish(later).has_value());
    one_.play("2026-03-01");
    const CaseId id = two_.report(road_hole("a"), "2026-03-02");
    const auto before = two_.state(id).clocks.at("verifikasi").due;
    one_.play("2026-03-02");
    EXPECT_EQ(one_.state(id).clocks.at("verifikasi").due, before) << "all had followed by then";
    EXPECT_TRUE(*two_.runtime.refresh(kToday));
    one_.play("2026-03-02");
    EXPECT_GT(one_.state(id).clocks.at("tindak_lanjut").due, before);
    EXPECT_NE(one_.story(id).find("ClockRecomputed tindak_lanjut calendar"), std::string::npos);
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    EXPECT_TRUE(store_->pending(10)->empty());
}

// Whoever was late with the same definitions before is late anew.
TEST_F(Published, calendars_that_come_back_are_followed_by_what_a_node_decided_too_late_again) {
    const auto later = loadout_of(edited(kCalendar, "holidays: {}",
                                         "holidays:\n  2026-03-06: {name: Hari jadi, "
                                         "source: SK 1, kind: daerah}"),
                                  kToday);
    const CaseId id = one_.report(road_hole("a"), "2026-03-02");
    one_.play("2026-03-02");
    EXPECT_FALSE(*two_.runtime.refresh(kToday));
    for (const char* day : {"2026-03-02T10:00:00", "2026-03-02T11:00:00"}) {
        ASSERT_TRUE(one_.runtime.publish(later).has_value());
        one_.play(day);
        EXPECT_TRUE(two_.perform(id, person("p-001"), cases::Comment{"cek"}, day).accepted)
            << "by the older ones, after all had followed";
        EXPECT_TRUE(*two_.runtime.refresh(kToday));
        ASSERT_EQ(store_->pending(10)->size(), 1U) << day;
        one_.play(day);
        EXPECT_TRUE(store_->pending(10)->empty());
        ASSERT_TRUE(one_.runtime.publish(kasus()).has_value());
        one_.play(day);
        EXPECT_TRUE(*two_.runtime.refresh(kToday));
    }
}

TEST_F(Published, definitions_are_followed_a_batch_a_turn) {
    World small(kasus(), {.batch = 2}, store_);
    for (int i = 0; i < 5; ++i) {
        auto report = road_hole("r" + std::to_string(i));
        report.lat_udeg = -1'000'000 - i * 5000;
        small.report(report, "2026-03-02");
    }
    small.play("2026-03-02");
    ASSERT_TRUE(small.runtime.publish(slower()).has_value());
    std::vector<std::size_t> turns;
    for (auto done = small.runtime.follow_step(at("2026-03-03")); !done->idle;
         done = small.runtime.follow_step(at("2026-03-03")))
        turns.push_back(done->recomputed);
    std::size_t all = 0;
    for (const auto turn : turns) {
        EXPECT_LE(turn, 2U);
        all += turn;
    }
    EXPECT_EQ(all, 5U);
}

}  // namespace
}  // namespace pintu::runtime
