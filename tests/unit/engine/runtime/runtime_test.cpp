#include "engine/runtime/runtime.hpp"

#include <gtest/gtest.h>

#include "engine/cases/command/codec.hpp"
#include "engine/cases/tracking.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;
using Status = IntakeAnswer::Status;

const bundle::Definitions& files() {
    static const auto kFiles = read_fixture("tests/fixtures/kasus");
    return kFiles;
}

const Date kToday = *make_date(2026, 1, 1);

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string text_of(const std::string& path) {
    for (const auto& file : files().files)
        if (file.path == path) return file.bytes;
    ADD_FAILURE() << path;
    return "";
}

Loadout edited(const std::string& path, const std::string& from, const std::string& to) {
    return loadout_of(with_files(files(), {{path, replaced(text_of(path), from, to)}}), kToday);
}

TEST(Intake, goes_on_at_a_node_that_was_loaded_years_ago) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2029-03-02");
    EXPECT_TRUE(world.act(id, "p-001", "arsipkan", {{"alasan", "lama"}}, "2029-03-02").accepted);
    EXPECT_EQ(world.state(id).decisions.at("kategori").value, "jalan/berlubang");
}

TEST(Intake, answers_each_report_of_a_batch_in_order) {
    World world(kasus());
    std::vector<cases::Report> reports = {road_hole("a"), road_hole("b"), road_hole("a"),
                                          road_hole("b"), road_hole("c")};
    reports[3].isi = "Lain";
    reports[4].isi = "\xff";
    const auto answers = world.runtime.intake(reports, {}, at("2026-03-02"));
    ASSERT_TRUE(answers.has_value());
    const Status expected[] = {Status::accepted, Status::accepted, Status::repeated,
                               Status::conflict, Status::rejected};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ((*answers)[i].status, expected[i]) << i;
    EXPECT_EQ((*answers)[2].tracking_id, (*answers)[0].tracking_id);
    EXPECT_EQ((*answers)[3].tracking_id, (*answers)[1].tracking_id);
    EXPECT_TRUE(cases::parse_tracking_id((*answers)[0].tracking_id.value).has_value());
    EXPECT_NE((*answers)[0].tracking_id, (*answers)[1].tracking_id);
}

TEST(Intake, of_many_reports_is_a_few_commits) {
    auto store = std::make_shared<MemoryStore>();
    World world(kasus(), Settings{.batch = 100}, store);
    std::vector<cases::Report> reports;
    for (int i = 0; i < 250; ++i) {
        reports.push_back(road_hole("r" + std::to_string(i)));
        reports.back().lat_udeg = -1'000'000 - i * 5000;
    }
    ASSERT_TRUE(world.runtime.intake(reports, {}, at("2026-03-02")).has_value());
    EXPECT_EQ(store->commits(), 3U);
    EXPECT_EQ(store->all_cases().size(), 250U);
}

TEST(Intake, knows_a_report_without_a_key_by_its_content_and_time) {
    World world(kasus());
    cases::Report report = road_hole("");
    report.received_at = at("2026-03-01");
    EXPECT_EQ(world.answer(report, "2026-03-02").status, Status::accepted);
    EXPECT_EQ(world.answer(report, "2026-03-03").status, Status::repeated);
    report.received_at = at("2026-03-02");
    EXPECT_EQ(world.answer(report, "2026-03-03").status, Status::accepted);
    report.received_at.reset();
    EXPECT_EQ(world.answer(report, "2026-03-03").status, Status::accepted);
    EXPECT_EQ(world.answer(report, "2026-03-03").status, Status::accepted) << "cannot be told";
}

TEST(Intake, goes_to_the_agency_of_the_place_then_the_intake_then_the_province) {
    World world(kasus());
    const auto agency = [&](const std::string& region, const std::string& intake,
                            const std::string& key) {
        cases::Report report = road_hole(key);
        report.region = region;
        const auto answers =
            world.runtime.intake({report}, {AgencyCode(intake), ""}, at("2026-03-02"));
        return world.state(answers->front().case_id).agency.value;
    };
    EXPECT_EQ(agency("64.09.01", "64", "a"), "64.09");
    EXPECT_EQ(agency("64", "64.09", "b"), "64");
    EXPECT_EQ(agency("", "64.09", "c"), "64.09");
    EXPECT_EQ(agency("", "", "d"), "64");
    EXPECT_EQ(agency("31.71", "99", "e"), "64");
}

TEST(Queue, gives_each_command_one_outcome_whoever_asks_again) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    const cases::Command command{CommandId("once"), id, person("p-001"),
                                 cases::Act{"teruskan", {{"kelas", "ringan"}}}};
    const ports::PendingCommand waiting{command.id, AgencyCode("64.09"), id, at("2026-03-03"),
                                        cases::encode(command)};
    ASSERT_TRUE(world.store->submit(waiting).has_value());
    ASSERT_TRUE(world.store->submit(waiting).has_value());
    world.play("2026-03-03");
    ASSERT_TRUE(world.store->submit(waiting).has_value());
    world.play("2026-03-04");
    const auto outcome = world.store->outcome(command.id);
    ASSERT_TRUE(*outcome);
    EXPECT_TRUE((*outcome)->accepted);
    EXPECT_EQ((*outcome)->at, at("2026-03-03"));
    EXPECT_EQ(world.state(id).name, "diproses");
    EXPECT_TRUE(world.store->pending(10)->empty());
}

TEST(Queue, rejects_what_it_cannot_read_or_find) {
    World world(kasus());
    ASSERT_TRUE(world.store
                    ->submit({CommandId("x"), AgencyCode("64"), CaseId("nobody"), at("2026-03-02"),
                              "rubbish"})
                    .has_value());
    const cases::Command command{CommandId("y"), CaseId("nobody"), person("p-001"),
                                 cases::Comment{"halo"}};
    ASSERT_TRUE(world.store
                    ->submit({command.id, AgencyCode("64"), command.case_id, at("2026-03-02"),
                              cases::encode(command)})
                    .has_value());
    world.play("2026-03-02");
    EXPECT_EQ((**world.store->outcome(CommandId("x"))).code, "CS090");
    EXPECT_EQ((**world.store->outcome(CommandId("y"))).code, "CS001");
}

TEST(Effects, that_cannot_be_sent_now_are_sent_later_and_once) {
    World world(kasus());
    world.connector.answer = ports::Performed::Outcome::later;
    const CaseId id = world.report(road_hole("a"), "2026-03-02T09:00:00");
    world.play("2026-03-02T09:00:30");
    EXPECT_EQ(world.state(id).unsettled.size(), 1U);
    EXPECT_TRUE(world.log.has("RT028"));
    world.connector.answer = ports::Performed::Outcome::done;
    world.play("2026-03-02T09:02:00");
    EXPECT_TRUE(world.state(id).unsettled.empty());
    EXPECT_TRUE(world.store->unsent(10)->empty());
}

TEST(Effects, that_are_refused_are_recorded_as_failed) {
    World world(kasus());
    world.connector.answer = ports::Performed::Outcome::refused;
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    world.play("2026-03-02");
    EXPECT_NE(world.story(id).find("EffectFailed test"), std::string::npos);
    EXPECT_TRUE(world.store->unsent(10)->empty());
}

TEST(Race, lost_to_another_process_is_run_again_on_what_that_one_did) {
    auto store = std::make_shared<MemoryStore>();
    World one(kasus(), {}, store);
    World two(kasus(), {}, store);
    const CaseId id = one.report(road_hole("a"), "2026-03-02");
    EXPECT_EQ(two.state(id).name, "diterima") << "cached there now";
    EXPECT_TRUE(one.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").accepted);
    const auto outcome = two.runtime.perform(
        {CommandId("two"), id, person("p-001"), cases::Act{"teruskan", {{"kelas", "berat"}}}},
        at("2026-03-03"));
    ASSERT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->code, "CS010") << "the other was quicker";
    EXPECT_EQ(two.state(id).name, "diproses");
}

// L8: rules, workflow and schema of the receipt; C10: calendars as they are now.
TEST(Definitions, of_the_receipt_decide_and_calendars_follow_todays) {
    auto store = std::make_shared<MemoryStore>();
    World old(kasus(), {}, store);
    const CaseId id = old.report(road_hole("a"), "2026-03-02T09:00:00");
    const auto first = old.state(id);

    World rules(edited("rules/nasional/dasar.rules", "kelas = ringan                 -> 5",
                       "kelas = ringan                 -> 9"),
                {}, store);
    rules.play("2026-03-02T10:00:00");
    const auto sent = rules.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03");
    EXPECT_TRUE(sent.accepted) << sent.code;
    EXPECT_EQ(rules.state(id).decisions.at("tenggat").value, "5 working days") << "pinned";
    EXPECT_EQ(rules.state(id).pinned, first.pinned);
    EXPECT_EQ(rules.state(id).clocks.at("tindak_lanjut").due, at("2026-03-10T00:00:00"));

    const std::string calendar = "workflows/64.09-penajam-paser-utara/calendar.yaml";
    World holidays(edited(calendar, "holidays: {}",
                          "holidays:\n  2026-03-06: {name: Hari jadi, source: SK 1, kind: daerah}"),
                   {}, store);
    holidays.play("2026-03-04");
    EXPECT_EQ(holidays.state(id).clocks.at("tindak_lanjut").due, at("2026-03-11T00:00:00"));
    EXPECT_NE(holidays.story(id).find("ClockRecomputed tindak_lanjut calendar"), std::string::npos);
    EXPECT_NE(holidays.state(id).current, first.current);
    EXPECT_EQ(*store->in_force(), holidays.runtime.definitions_id());
    const auto before = holidays.state(id).sequence;
    World again(edited(calendar, "holidays: {}",
                       "holidays:\n  2026-03-06: {name: Hari jadi, source: SK 1, kind: daerah}"),
                {}, store);
    again.play("2026-03-04T09:30:00");
    EXPECT_EQ(again.state(id).sequence, before) << "followed once";
}

TEST(Definitions, that_are_kept_nowhere_leave_the_case_as_it_is_and_say_so) {
    auto store = std::make_shared<MemoryStore>();
    World old(kasus(), {}, store);
    const CaseId id = old.report(road_hole("a"), "2026-03-02");
    class Forgetful : public MemoryStore {
        Result<std::optional<ports::DefinitionSet>> load_definitions(const BundleHash&) override {
            return std::optional<ports::DefinitionSet>();
        }
    };
    auto lost = std::make_shared<Forgetful>();
    static_cast<MemoryStore&>(*lost) = *store;
    World world(edited("rules/nasional/dasar.rules", "-> 5 working", "-> 9 working"), {}, lost);
    EXPECT_EQ(world.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").code,
              "RT020");
    world.play("2026-03-31");
    EXPECT_TRUE(world.log.has("RT027"));
    EXPECT_EQ(world.state(id).name, "diterima");
}

TEST(Migrate, moves_a_running_case_to_the_workflow_in_force) {
    auto store = std::make_shared<MemoryStore>();
    World old(kasus(), {}, store);
    const CaseId id = old.report(road_hole("a"), "2026-03-02T09:00:00");
    EXPECT_TRUE(old.act(id, "p-001", "tanya", {{"alasan", "x"}}, "2026-03-03").accepted);
    const BundleHash from = old.state(id).pinned;

    const std::string path = "workflows/nasional/pengaduan.yaml";
    std::string text = replaced(text_of(path), "lasts: 3 working days", "lasts: 4 working days");
    for (const auto* place : {"paused_in: [menunggu]", "paused_in: [menunggu]", "{to: menunggu,"}) {
        const std::string word(place);
        text = replaced(text, word, replaced(word, "menunggu", "tunda"));
    }
    text = replaced(text, "  menunggu:\n", "  tunda:\n");
    text = replaced(text, "end: pengaduan",
                    "migrate:\n  from: " + from.text() +
                        "\n  states: {menunggu: tunda}\n  clocks: {verifikasi: recompute, "
                        "tindak_lanjut: keep}\nend: pengaduan");
    const Loadout newer = loadout_of(with_files(files(), {{path, text}}), kToday);
    World world(newer, {}, store);
    const BundleHash to = newer.library->bundles.at(AgencyCode("64.09"))->pinned;
    EXPECT_EQ(world.perform(id, person("p-001"), cases::Migrate{from}, "2026-03-04").code, "CS036");
    EXPECT_TRUE(world.perform(id, person("p-001"), cases::Migrate{to}, "2026-03-04").accepted);
    EXPECT_EQ(world.state(id).name, "tunda");
    EXPECT_EQ(world.state(id).pinned, to);
    EXPECT_EQ(calendar::to_string(world.state(id).clocks.at("verifikasi").lasts), "4 working days");
    EXPECT_TRUE(world.act(id, "pelapor", "lengkapi", {{"keterangan", "x"}}, "2026-03-05").accepted);
    EXPECT_EQ(world.state(id).name, "diterima");
}

TEST(Time, that_was_set_back_leaves_a_history_in_its_order) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    const auto comment = cases::Comment{"sudah ditinjau"};
    EXPECT_TRUE(world.perform(id, person("p-001"), comment, "2026-03-04").accepted);
    EXPECT_TRUE(world.perform(id, person("p-001"), comment, "2026-03-03").accepted);
    EXPECT_EQ(world.state(id).changed_at, at("2026-03-04"));
}

TEST(Gap, that_was_accepted_waits_at_the_front_desk_until_a_person_decides) {
    const std::string rules = "rules/nasional/dasar.rules";
    World world(edited(rules, "  otherwise even if unknown                       -> tutup\n",
                       "  rule baik when penilaian >= 4 -> tutup\n"
                       "accept gap akibat when penilaian = 3 or penilaian is unknown until "
                       "2027-06-30 because \"menunggu SK\"\n"));
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    EXPECT_TRUE(world.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03").accepted);
    EXPECT_TRUE(
        world.act(id, "p-011", "jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}, "2026-03-04")
            .accepted);
    EXPECT_TRUE(
        world.perform(id, reporter(), cases::Act{"nilai", {{"penilaian", "3"}}}, "2026-03-05")
            .accepted);
    EXPECT_EQ(world.state(id).name, "dinilai");
    EXPECT_EQ(world.state(id).owner, UnitId("64.09/diskominfo"));
    EXPECT_TRUE(
        world.perform(id, person("p-002"), cases::Correct{"akibat", "tutup", "cukup"}, "2026-03-06")
            .accepted);
    EXPECT_EQ(world.state(id).name, "selesai");
}

TEST(Redecide, is_recorded_with_the_person_who_asked) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    EXPECT_TRUE(world.perform(id, person("p-001"), cases::Redecide{"tenggat", false}, "2026-03-03")
                    .accepted);
    const auto stored = world.store->load({id});
    const auto& events = stored->front().events;
    EXPECT_TRUE(std::holds_alternative<cases::Decided>(events.back().payload));
    EXPECT_EQ(events.back().actor, person("p-001"));
}

TEST(Answers, that_are_too_long_or_no_text_are_refused) {
    World world(kasus());
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    const auto told = [&](cases::Body body) {
        return world.perform(id, person("p-001"), std::move(body), "2026-03-03").code;
    };
    EXPECT_EQ(told(cases::Act{"tanya", {{"alasan", std::string(1 << 20, 'a')}}}), "CS103");
    EXPECT_EQ(told(cases::Act{"tanya", {{"alasan", "\xff"}}}), "CS105");
    EXPECT_EQ(told(cases::Comment{std::string(1 << 20, 'a')}), "CS103");
    EXPECT_EQ(told(cases::Comment{"\xff"}), "CS105");
    EXPECT_EQ(world.state(id).name, "diterima");
}

TEST(Erasure, destroys_what_was_personal_and_the_log_stays_whole) {
    auto store = std::make_shared<MemoryStore>();
    World world(kasus(), {}, store);
    const CaseId id = world.report(road_hole("a"), "2026-03-02");
    EXPECT_FALSE(store->personal(id)->empty());
    EXPECT_TRUE(world.perform(id, person("p-001"), cases::Erase{"minta"}, "2026-03-03").accepted);
    EXPECT_TRUE(store->personal(id)->empty());
    EXPECT_TRUE(store->load({id})->front().key.empty());
    EXPECT_TRUE(world.act(id, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-04").accepted);
}

}  // namespace
}  // namespace pintu::runtime
