#include "engine/workflow/model/read.hpp"

#include <gtest/gtest.h>

#include "engine/workflow/model/migrate.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"

namespace pintu::workflow {
namespace {

using calendar::Duration;
using calendar::DurationUnit;

Workflow sample() {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto& source =
        sources.add("pengaduan.yaml",
                    testing::read_file(
                        std::string(PINTU_SOURCE_DIR) +
                        "/tests/fixtures/ppu/workflows/64.09-penajam-paser-utara/pengaduan.yaml"));
    const auto tree = yaml::parse(source, diagnostics);
    return read(tree.value_or(yaml::Node{}), diagnostics).value_or(Workflow{});
}

TEST(Who, is_a_role_of_somebody_or_the_reporter) {
    EXPECT_EQ(to_string(*parse_who("kepala of owner")), "kepala of owner");
    EXPECT_EQ(to_string(*parse_who("kepala  dari  agency")), "kepala of agency");
    EXPECT_EQ(to_string(*parse_who("kepala of 64/dpupr")), "kepala of 64/dpupr");
    EXPECT_EQ(parse_who("pelapor")->of, Who::Of::reporter);
    EXPECT_EQ(parse_who("kepala of inspektorat")->of, Who::Of::unit);
    for (const auto* text : {"", "kepala", "of owner", "kepala of", "kepala of owner lagi",
                             "Kepala of owner", "kepala of Dinas", "kepala di owner"})
        EXPECT_FALSE(parse_who(text)) << text;
}

TEST(Read, keeps_every_word_of_the_sample) {
    const auto workflow = sample();
    EXPECT_EQ(workflow.extends, "nasional/pengaduan");
    EXPECT_EQ(workflow.intake.key, (std::vector<std::string>{"channel", "external_id"}));
    EXPECT_EQ(workflow.intake.similar->same, "kategori");
    const auto* clock = workflow.find_clock("tindak_lanjut");
    ASSERT_NE(clock, nullptr);
    EXPECT_EQ(std::get<std::string>(clock->lasts), "tenggat");
    EXPECT_TRUE(clock->calendar_of_owner);
    EXPECT_FALSE(clock->restart_again);
    ASSERT_EQ(clock->rungs.size(), 2U);
    EXPECT_EQ(clock->rungs[0].percent, 80);
    EXPECT_EQ(clock->rungs[1].again_every, (Duration{2, DurationUnit::working_days}));
    EXPECT_EQ(clock->rungs[1].at_most, 3);
    EXPECT_EQ(to_string(std::get<Escalate>(*clock->rungs[1].then).whom), "sekda of agency");
    const auto* state = workflow.find_state("diterima");
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->actions.size(), 5U);
    const auto* event = state->find_event("minta_kelengkapan");
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->at_most, 2);
    EXPECT_EQ(event->then, "diarsipkan");
    EXPECT_EQ(state->find_event("arsipkan")->approved_by->role, "koordinator");
    EXPECT_TRUE(std::get<DecideAction>(workflow.find_state("disposisi_ulang")->actions[0])
                    .excluding_previous);
}

TEST(Actor, is_by_then_the_task_then_the_reporter) {
    const auto workflow = sample();
    const auto* state = workflow.find_state("diterima");
    EXPECT_EQ(actor(*state, state->on[0]).role, "admin_instansi");
    auto own = state->on[0];
    own.by = parse_who("sekda of agency");
    EXPECT_EQ(actor(*state, own).role, "sekda");
    const auto* waiting = workflow.find_state("menunggu_pelapor");
    EXPECT_EQ(actor(*waiting, waiting->on[0]).of, Who::Of::reporter);
}

TEST(Migration, moves_what_is_named_and_keeps_the_rest) {
    const auto workflow = sample();
    const auto& migration = workflow.migrations.at(0);
    EXPECT_EQ(moved_state(migration, "telaah"), "diterima");
    EXPECT_EQ(moved_state(migration, "diproses"), "diproses");
    EXPECT_EQ(clock_move(migration, "verifikasi"), ClockMove::keep);
}

TEST(SameClock, sees_every_part_of_a_ladder) {
    const auto clock = *sample().find_clock("tindak_lanjut");
    EXPECT_TRUE(same_clock(clock, clock));
    const auto differs = [&](auto change) {
        auto other = clock;
        change(other);
        return !same_clock(clock, other);
    };
    EXPECT_TRUE(differs([](ClockSpec& c) { c.stop = {"selesai"}; }));
    EXPECT_TRUE(differs([](ClockSpec& c) { c.lasts = std::string("lain"); }));
    EXPECT_TRUE(differs([](ClockSpec& c) { c.rungs.pop_back(); }));
    EXPECT_TRUE(differs([](ClockSpec& c) { c.rungs[1].at_most = 4; }));
    EXPECT_TRUE(differs([](ClockSpec& c) { c.rungs[1].then.reset(); }));
    EXPECT_TRUE(differs([](ClockSpec& c) {
        c.rungs[0].action = Escalate{std::get<Remind>(c.rungs[0].action).whom};
    }));
}

}  // namespace
}  // namespace pintu::workflow
