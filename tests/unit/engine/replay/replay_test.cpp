#include "engine/replay/replay.hpp"

#include <gtest/gtest.h>

#include "engine/cases/apply/apply.hpp"
#include "engine/replay/projection.hpp"
#include "tests/support/world.hpp"

namespace pintu::replay {
namespace {

using testing::at;
using testing::person;
using testing::reporter;
using testing::road_hole;
using testing::World;

Archive archive_of(ports::EventStore& store) {
    return Archive([&store](const BundleHash& hash) -> Result<std::optional<bundle::Definitions>> {
        auto set = store.load_definitions(hash);
        if (!set) return set.unexpected();
        if (!*set) return std::optional<bundle::Definitions>();
        bundle::Definitions files;
        for (auto& file : (*set)->files) files.files.push_back({file.path, std::move(file.bytes)});
        return std::optional(std::move(files));
    });
}

// A world in which several cases have lived: one that nobody looked at, one answered, rated low and
// answered again, one paused twice and withdrawn by silence, one sent back and disposed again, one
// corrected by a person.
class Lived : public ::testing::Test {
  protected:
    static World& world() {
        static World& lived = *make();
        return lived;
    }

    static World* make() {
        static const auto loadout = testing::loadout_of(
            testing::read_fixture("tests/fixtures/kasus"), *make_date(2026, 1, 1));
        auto* lived = new World(loadout);
        World& w = *lived;
        const auto act = [&](const CaseId& id, const char* who, const char* event,
                             cases::Answers answers, const char* when) {
            const auto outcome = w.act(id, who, event, std::move(answers), when);
            EXPECT_TRUE(outcome.accepted) << event << " " << outcome.code;
        };
        const auto correct = [&](const CaseId& id, cases::Body body, const char* when) {
            EXPECT_TRUE(w.perform(id, person("p-001"), std::move(body), when).accepted) << when;
        };
        w.report(road_hole("ignored"), "2026-03-02");
        const auto answered = w.report(road_hole("answered"), "2026-03-02");
        const auto silent = w.report(road_hole("silent"), "2026-03-02");
        const auto back = w.report(road_hole("back"), "2026-03-02");
        const auto corrected = w.report(road_hole("corrected"), "2026-03-02");
        act(answered, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-02T10:00:00");
        act(silent, "p-001", "tanya", {{"alasan", "di mana?"}}, "2026-03-03");
        act(answered, "p-011", "jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}, "2026-03-03");
        act(back, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03");
        act(back, "p-011", "kembalikan", {{"alasan", "bukan kami"}}, "2026-03-03");
        act(back, "p-001", "kirim", {}, "2026-03-04");
        act(answered, "pelapor", "nilai", {{"penilaian", "1"}}, "2026-03-04");
        correct(corrected, cases::Correct{"kategori", "pengawasan", "bukan jalan"}, "2026-03-04");
        correct(corrected, cases::Redecide{"pemilik", false}, "2026-03-04");
        correct(corrected, cases::Correct{"tenggat", "5 working days", "janji"}, "2026-03-05");
        correct(corrected, cases::Redecide{"tenggat", false}, "2026-03-05");
        act(answered, "p-011", "jawab", {{"jawaban", "sudah"}}, "2026-03-05");
        act(silent, "pelapor", "lengkapi", {{"keterangan", "di sini"}}, "2026-03-06");
        act(silent, "p-001", "tanya", {{"alasan", "foto?"}}, "2026-03-09");
        w.play("2026-07-01");
        return lived;
    }

    static std::vector<CaseId> cases() {
        auto* store = dynamic_cast<testing::MemoryStore*>(world().store.get());
        return store->all_cases();
    }
    static std::vector<cases::Event> events(const CaseId& id) {
        return (*world().store->load({id}))[0].events;
    }

    // The first event of a kind in any case, changed; then what replay says.
    template <class T, class Change>
    std::vector<Divergence> after_change(Change change) {
        for (const auto& id : cases()) {
            auto history = events(id);
            for (auto& event : history) {
                auto* payload = std::get_if<T>(&event.payload);
                if (payload == nullptr || !change(*payload)) continue;
                changed_ = event;
                Archive archive = archive_of(*world().store);
                Summary summary;
                const auto found = replay(history, archive, summary);
                EXPECT_TRUE(found) << (found ? "" : found.error().code);
                return found ? *found : std::vector<Divergence>{};
            }
        }
        ADD_FAILURE() << "no such event";
        return {};
    }
    void expect_first(const std::vector<Divergence>& found, const std::string& what,
                      const std::string& field) {
        ASSERT_FALSE(found.empty());
        EXPECT_EQ(found[0].case_id, changed_.case_id);
        EXPECT_EQ(found[0].sequence, changed_.sequence);
        EXPECT_EQ(found[0].what, what);
        EXPECT_EQ(found[0].field, field);
        EXPECT_NE(found[0].recorded, found[0].replayed);
    }
    cases::Event changed_;
};

TEST_F(Lived, replays_equal_event_by_event) {
    Archive archive = archive_of(*world().store);
    Summary summary;
    for (const auto& id : cases()) {
        const auto found = replay(events(id), archive, summary);
        ASSERT_TRUE(found) << found.error().code;
        for (const auto& d : *found) {
            ADD_FAILURE() << d.case_id.value << " " << d.sequence << " " << d.what << " " << d.field
                          << ": " << d.recorded << " | " << d.replayed << "\n"
                          << world().story(id);
        }
    }
    EXPECT_EQ(summary.cases, cases().size());
    EXPECT_EQ(summary.equal, summary.cases);
    EXPECT_EQ(summary.different, 0U);
    EXPECT_FALSE(summary.first);
    EXPECT_GT(summary.events, 80U);
}

TEST_F(Lived, folds_to_the_state_that_the_engine_held) {
    Archive archive = archive_of(*world().store);
    for (const auto& id : cases()) {
        Replayer replayer(archive);
        for (const auto& event : events(id)) ASSERT_TRUE(replayer.add(event));
        EXPECT_EQ(replayer.state(), world().state(id));
        EXPECT_EQ(replayer.state(), cases::fold(events(id)));
        EXPECT_GT(replayer.compared(), 5U);
    }
}

TEST_F(Lived, sees_a_decision_that_was_changed) {
    const auto found = after_change<cases::Decided>([](cases::Decided& decided) {
        if (decided.decision != "pemilik") return false;
        decided.value = "64.09/bpbd";
        return true;
    });
    expect_first(found, "decision pemilik", "value");
    EXPECT_EQ(found[0].recorded, "64.09/bpbd");
}

TEST_F(Lived, sees_a_reason_that_was_changed) {
    const auto found = after_change<cases::Decided>([](cases::Decided& decided) {
        if (decided.rules.empty()) return false;
        decided.rules[0].at = "rules/lain.rules:1";
        return true;
    });
    EXPECT_EQ(found.at(0).field, "rules");
}

TEST_F(Lived, sees_a_decision_that_the_definitions_do_not_know) {
    const auto found = after_change<cases::Decided>([](cases::Decided& decided) {
        decided.decision = "upah";
        return true;
    });
    expect_first(found, "decision upah", "Decided");
}

TEST_F(Lived, sees_a_report_whose_facts_were_changed) {
    const auto found = after_change<cases::Received>([](cases::Received& received) {
        if (received.probes.empty()) return false;
        for (auto& [probe, truth] : received.probes) truth = truth == "yes" ? "no" : "yes";
        return true;
    });
    ASSERT_FALSE(found.empty());
    EXPECT_TRUE(found[0].what.starts_with("decision "));
}

TEST_F(Lived, sees_a_deadline_that_was_moved) {
    const auto found = after_change<cases::ClockStarted>([](cases::ClockStarted& started) {
        if (started.clock != "tindak_lanjut") return false;
        started.due = plus_seconds(started.due, kSecondsPerDay);
        return true;
    });
    expect_first(found, "clock tindak_lanjut", "due");
}

TEST_F(Lived, sees_a_clock_that_was_called_on_time) {
    const auto found = after_change<cases::ClockStopped>([](cases::ClockStopped& stopped) {
        stopped.on_time = !stopped.on_time;
        return true;
    });
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].field, "on_time");
}

TEST_F(Lived, sees_a_reminder_that_came_at_another_time) {
    const auto found = after_change<cases::ClockFired>([](cases::ClockFired& fired) {
        fired.due = plus_seconds(fired.due, -1);
        return true;
    });
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].field, "due");
}

TEST_F(Lived, sees_a_move_that_the_workflow_does_not_have) {
    const auto found = after_change<cases::Transitioned>([](cases::Transitioned& moved) {
        if (moved.name != "teruskan") return false;
        moved.to = "selesai";
        return true;
    });
    expect_first(found, "transition teruskan", "to");
    EXPECT_EQ(found[0].replayed, "diproses");
}

TEST_F(Lived, sees_a_move_from_where_the_case_was_not) {
    const auto found = after_change<cases::Transitioned>([](cases::Transitioned& moved) {
        if (moved.name != "after") return false;
        moved.from = "diterima";
        return true;
    });
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].field, "from");
}

TEST_F(Lived, is_shown_as_it_was_at_any_moment) {
    const auto history = events(cases()[1]);
    EXPECT_EQ(as_of(history, at("2026-03-01")).sequence, 0U);
    EXPECT_EQ(as_of(history, at("2026-03-02T09:00:00")).name, "diterima");
    EXPECT_EQ(as_of(history, at("2026-03-03")).name, "dijawab");
    EXPECT_EQ(as_of(history, at("2026-03-04")).name, "diproses");
    EXPECT_EQ(as_of(history, at("2027-01-01")), cases::fold(history));
}

TEST_F(Lived, has_rows_that_follow_from_its_histories) {
    history::Findings findings;
    const auto rows = *world().store->list({});
    for (const auto& row : rows) {
        compare_rows(row, cases::project(cases::fold(events(row.id))), findings);
    }
    EXPECT_TRUE(findings.empty());
}

TEST_F(Lived, has_no_row_that_can_be_edited_unseen) {
    auto rows = *world().store->list({});
    const auto truth = cases::project(cases::fold(events(rows[0].id)));
    rows[0].state = "selesai";
    rows[0].escalations += 1;
    history::Findings findings;
    compare_rows(rows[0], truth, findings);
    ASSERT_EQ(findings.count(), 2U);
    EXPECT_EQ(findings.items()[0].code, "HI050");
    EXPECT_EQ(findings.items()[0].args[0], "state");
    EXPECT_EQ(findings.items()[0].args[1], "selesai");
    EXPECT_EQ(findings.items()[1].args[0], "escalations");
}

TEST_F(Lived, cannot_be_replayed_without_its_definitions) {
    Archive archive([](const BundleHash&) { return std::optional<bundle::Definitions>(); });
    Summary summary;
    const auto found = replay(events(cases()[0]), archive, summary);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "HI060");
}

TEST_F(Lived, is_not_replayed_under_definitions_that_no_longer_load) {
    Archive archive([](const BundleHash&) -> Result<std::optional<bundle::Definitions>> {
        return std::optional(bundle::Definitions{{{"rules/nasional/a.rules", "ruleset"}}});
    });
    Summary summary;
    const auto found = replay(events(cases()[0]), archive, summary);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "HI061");
}

TEST_F(Lived, is_not_replayed_under_definitions_that_were_changed) {
    Archive archive([&](const BundleHash& hash) -> Result<std::optional<bundle::Definitions>> {
        const auto set = world().store->load_definitions(hash);
        bundle::Definitions files;
        for (const auto& file : (*set)->files) files.files.push_back({file.path, file.bytes});
        for (auto& file : files.files) {
            if (file.path.ends_with("registry.yaml")) file.bytes += "\n# diubah\n";
        }
        return std::optional(std::move(files));
    });
    Summary summary;
    const auto found = replay(events(cases()[0]), archive, summary);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "HI062");
}

}  // namespace
}  // namespace pintu::replay
