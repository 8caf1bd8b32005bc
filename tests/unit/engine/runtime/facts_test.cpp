// Facts that plugins answer: asked once, recorded, and never asked again.
#include <gtest/gtest.h>

#include <functional>

#include "engine/cases/command/codec.hpp"
#include "engine/history/codec.hpp"
#include "engine/replay/replay.hpp"
#include "engine/runtime/runtime.hpp"
#include "tests/support/crashing_store.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

// At receipt `bahaya` and `orang` are asked for, `puas` when an answer was rated.
const Loadout& definitions() {
    static const Loadout kLoadout = [] {
        auto files = read_fixture("tests/fixtures/kasus");
        std::string rules;
        for (const auto& file : files.files)
            if (file.path == "rules/nasional/dasar.rules") rules = file.bytes;
        const auto put = [&](const std::string& before, const std::string& text) {
            const auto at = rules.find(before);
            EXPECT_NE(at, std::string::npos) << before;
            rules.insert(at, text);
        };
        put("decide kategori",
            "fact bahaya = plugin teks.bahaya(isi, kategori, kelas) : {aman, mungkin, akut}  "
            "timeout 50 ms else mungkin\n"
            "fact orang_lain = plugin teks.orang(isi) : yesno\n"
            "fact puas = plugin teks.puas(isi) : yesno else no\n\n");
        put("  rule ringan", "  rule akut when bahaya = akut -> 1 working day\n");
        put("  rule pengawasan", "  rule lain when orang_lain -> rahasia\n");
        put("  rule rendah", "  rule puas when puas -> tutup\n");
        return loadout_of(with_files(std::move(files), {{"rules/nasional/dasar.rules", rules}}),
                          *make_date(2026, 1, 1));
    }();
    return kLoadout;
}

// Says what it was told to, and remembers what it was asked.
class ToldFacts : public ports::FactSource {
  public:
    ports::FactAnswer ask(const ports::FactQuestion& question) override {
        asked.push_back(question);
        const auto found = answers.find(question.function);
        return {found == answers.end() ? std::nullopt : std::optional(found->second), took_ms};
    }
    std::map<std::string, std::string> answers;
    std::int64_t took_ms = 0;
    std::vector<ports::FactQuestion> asked;
};

class Facts : public ::testing::Test {
  protected:
    std::vector<cases::Event> events(const CaseId& id) {
        return world_.store->load({id})->front().events;
    }
    std::map<std::string, cases::FactRecorded> recorded(const CaseId& id) {
        std::map<std::string, cases::FactRecorded> facts;
        for (const auto& event : events(id))
            if (const auto* fact = std::get_if<cases::FactRecorded>(&event.payload))
                facts[fact->name] = *fact;
        return facts;
    }
    CaseId rated() {
        const CaseId id = world_.report(road_hole("a"), "2026-03-02");
        EXPECT_TRUE(
            world_.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").accepted);
        EXPECT_TRUE(
            world_
                .act(id, "p-011", "jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}, "2026-03-04")
                .accepted);
        EXPECT_TRUE(
            world_.act(id, "pelapor", "nilai", {{"penilaian", "1"}}, "2026-03-05").accepted);
        return id;
    }

    ToldFacts told_;
    World world_{definitions(), {}, std::make_shared<MemoryStore>(), &told_};
};

TEST_F(Facts, decide_as_the_plugin_says) {
    told_.answers = {{"teks.bahaya", "akut"}, {"teks.orang", "ya"}};
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    const auto state = world_.state(id);
    EXPECT_EQ(state.decisions.at("tenggat").value, "1 working day");
    EXPECT_TRUE(state.rahasia);
    const auto facts = recorded(id);
    EXPECT_EQ(facts.at("bahaya").value, "akut");
    EXPECT_FALSE(facts.at("bahaya").assumed);
    EXPECT_EQ(facts.at("orang_lain").value, "yes") << "as histories write it";
}

TEST_F(Facts, are_asked_with_what_the_rule_lists) {
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    ASSERT_EQ(told_.asked.size(), 2U) << "what nobody read yet is not asked for";
    const auto& question =
        told_.asked[0].function == "teks.bahaya" ? told_.asked[0] : told_.asked[1];
    EXPECT_EQ(question.timeout_ms, 50);
    ASSERT_EQ(question.arguments.size(), 2U) << "kelas is not known";
    EXPECT_EQ(question.arguments[0], (ports::FactArgument{"isi", road_hole("a").isi, "isi"}));
    EXPECT_EQ(question.arguments[1], (ports::FactArgument{"kategori", "jalan/berlubang", ""}));
    EXPECT_EQ(told_.asked[0].timeout_ms + told_.asked[1].timeout_ms, 250) << "200 ms by default";
    EXPECT_EQ(recorded(id).at("bahaya").arguments,
              (cases::Values{{"kategori", "jalan/berlubang"}}));
}

TEST_F(Facts, keep_nothing_personal_in_the_history) {
    auto report = road_hole("a");
    report.isi = "Rahasia sekali";
    const CaseId id = world_.report(report, "2026-03-02");
    for (const auto& event : events(id))
        EXPECT_EQ(history::encode(event).find("ahasia sekali"), std::string::npos);
}

TEST_F(Facts, that_nobody_answers_take_their_else) {
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    const auto facts = recorded(id);
    EXPECT_EQ(facts.at("bahaya").value, "mungkin");
    EXPECT_TRUE(facts.at("bahaya").assumed);
    EXPECT_EQ(facts.at("orang_lain").value, "unknown") << "it has no else";
    World alone(definitions());
    const CaseId same = alone.report(road_hole("a"), "2026-03-02");
    EXPECT_EQ(alone.story(same), world_.story(id)) << "as where no plugin is";
}

TEST_F(Facts, outside_their_type_count_as_no_answer) {
    for (const char* answer : {"sangat", "", "unknown"}) {
        told_.answers = {{"teks.bahaya", answer}};
        world_.log.lines.clear();
        const CaseId id = world_.report(road_hole(std::string("r") + answer), "2026-03-02");
        EXPECT_EQ(recorded(id).at("bahaya").value, "mungkin");
        EXPECT_TRUE(recorded(id).at("bahaya").assumed);
        EXPECT_TRUE(world_.log.has("CS055")) << answer;
    }
}

TEST_F(Facts, that_are_needed_later_are_asked_with_the_text_that_was_kept) {
    told_.answers = {{"teks.puas", "yes"}};
    const CaseId id = rated();
    ASSERT_EQ(told_.asked.size(), 3U);
    EXPECT_EQ(told_.asked.back().function, "teks.puas");
    EXPECT_EQ(told_.asked.back().arguments[0].value, road_hole("a").isi);
    EXPECT_EQ(world_.state(id).name, "selesai");
}

TEST_F(Facts, are_asked_once_in_a_life) {
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    const auto before = told_.asked.size();
    told_.answers = {{"teks.bahaya", "akut"}};
    EXPECT_TRUE(world_.perform(id, person("p-001"), cases::Redecide{"tenggat", false}, "2026-03-03")
                    .accepted);
    EXPECT_EQ(told_.asked.size(), before);
    EXPECT_EQ(world_.state(id).facts.at("bahaya").value, "mungkin");
}

TEST_F(Facts, of_an_erased_text_take_their_else) {
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    EXPECT_TRUE(world_.perform(id, person("p-001"), cases::Erase{"minta"}, "2026-03-03").accepted);
    told_.answers = {{"teks.puas", "yes"}};
    const auto before = told_.asked.size();
    EXPECT_TRUE(world_.perform(id, person("p-001"), cases::Redecide{"akibat", false}, "2026-03-03")
                    .accepted);
    EXPECT_EQ(told_.asked.size(), before);
    EXPECT_TRUE(recorded(id).at("puas").assumed);
}

TEST_F(Facts, are_never_asked_by_a_replay) {
    told_.answers = {{"teks.bahaya", "akut"}, {"teks.puas", "yes"}};
    const CaseId id = rated();
    const auto before = told_.asked.size();
    replay::Archive archive([](const BundleHash&) -> Result<std::optional<bundle::Definitions>> {
        return std::optional<bundle::Definitions>();
    });
    archive.know(definitions().library);
    replay::Summary summary;
    const auto differences = replay::replay(events(id), archive, summary);
    ASSERT_TRUE(differences.has_value()) << differences.error().code;
    EXPECT_TRUE(differences->empty());
    EXPECT_EQ(summary.equal, 1U);
    EXPECT_EQ(told_.asked.size(), before);
}

// Another node is quicker once.
class BeatenStore : public CrashingStore {
  public:
    explicit BeatenStore(ports::EventStore& disk) : CrashingStore(disk, {}) {}
    std::function<void()> before_commit;
    Result<ports::CommitAnswer> commit(const ports::Commit& commit) override {
        if (const auto first = std::exchange(before_commit, nullptr)) first();
        return CrashingStore::commit(commit);
    }
};

TEST_F(Facts, are_not_asked_again_because_a_race_was_lost) {
    auto disk = std::static_pointer_cast<MemoryStore>(world_.store);
    auto beaten = std::make_shared<BeatenStore>(*disk);
    World late(definitions(), {}, beaten, &told_);
    const CaseId id = world_.report(road_hole("a"), "2026-03-02");
    const auto before = told_.asked.size();
    beaten->before_commit = [&] {
        EXPECT_TRUE(
            world_.perform(id, person("p-001"), cases::Comment{"x"}, "2026-03-02").accepted);
    };
    EXPECT_TRUE(
        late.perform(id, person("p-001"), cases::Redecide{"akibat", false}, "2026-03-03").accepted);
    EXPECT_EQ(told_.asked.size(), before + 1);
    EXPECT_EQ(recorded(id).count("puas"), 1U);
}

TEST_F(Facts, of_slow_plugins_do_not_outlast_a_turn) {
    std::vector<CaseId> ids;
    for (int i = 0; i < 4; ++i)
        ids.push_back(world_.report(road_hole(std::to_string(i)), "2026-03-02"));
    for (const auto& id : ids) {
        const cases::Command command{CommandId(id.value + "-akibat"), id, person("p-001"),
                                     cases::Redecide{"akibat", false}};
        ASSERT_TRUE(world_.store
                        ->submit({command.id, agency_of(command.id), id, at("2026-03-02"),
                                  cases::encode(command)})
                        .has_value());
    }
    told_.took_ms = 2'000;  // of the 10,000 of a turn
    told_.asked.clear();
    std::size_t left = ids.size();
    // The same text: the first answer serves the others of its turn.
    while (left > 0) {
        ASSERT_TRUE(world_.runtime.decide_step(at("2026-03-03")).has_value());
        const auto pending = world_.store->pending(10)->size();
        ASSERT_LT(pending, left) << "each turn gets on";
        left = pending;
    }
    EXPECT_LE(told_.asked.size(), ids.size());
}

TEST_F(Facts, of_slow_plugins_divide_an_intake_into_commits) {
    told_.took_ms = 1'500;
    std::vector<cases::Report> reports;
    for (int i = 0; i < 5; ++i) {
        reports.push_back(road_hole(std::to_string(i)));
        reports.back().isi += " " + std::to_string(i);
    }
    const auto answers = world_.runtime.intake(reports, {}, at("2026-03-02"));
    ASSERT_TRUE(answers.has_value());
    for (const auto& answer : *answers) EXPECT_EQ(answer.status, IntakeAnswer::Status::accepted);
    EXPECT_EQ(told_.asked.size(), 10U);
}

}  // namespace
}  // namespace pintu::runtime
