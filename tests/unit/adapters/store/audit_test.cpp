// A store in which cases have lived, edited with a tool of one's own: whatever is kept beside the
// log follows from it, and an edit of any of it is found with its case and field.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <optional>

#include "adapters/store/store.hpp"
#include "engine/messages/messages.hpp"
#include "engine/runtime/audit.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/world.hpp"

namespace pintu::store {
namespace {

const AgencyCode kAgency("64.09");

class Audited : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_.emplace();
        const auto loadout = testing::loadout_of(testing::read_fixture("tests/fixtures/kasus"),
                                                 *make_date(2026, 1, 1));
        std::shared_ptr<ports::EventStore> store = std::move(*open_store(sound()));
        testing::World world(loadout, {}, store);
        const auto first = world.report(testing::road_hole("a"), "2026-03-02");
        world.report(testing::road_hole("b"), "2026-03-02");
        saved_ = new history::Checkpoint(
            *runtime::make_checkpoint(*store, kAgency, testing::at("2026-03-02")));
        world.act(first, "p-001", "teruskan", {{"kelas", "ringan"}}, "2026-03-03");
        world.act(first, "p-011", "jawab", {{"jawaban", "beres"}, {"foto", "a.jpg"}}, "2026-03-04");
        world.play("2026-05-01");
    }
    static void TearDownTestSuite() { folder_.reset(); }

    void SetUp() override {
        std::filesystem::copy_file(folder_->at("sound.db"), file(),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    static std::string sound() { return "sqlite:" + folder_->at("sound.db"); }
    static std::string file() { return folder_->at("edited.db"); }

    void edit(const std::string& sql) {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
        char* message = nullptr;
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
            << (message != nullptr ? message : "");
        EXPECT_GT(sqlite3_total_changes(handle), 0) << sql;
        sqlite3_close(handle);
    }
    std::vector<history::Finding> findings() {
        auto store = open_store("sqlite:" + file(), {.read_only = true});
        EXPECT_TRUE(store) << (store ? "" : store.error().code);
        const auto done = runtime::audit(**store, kAgency, {*saved_});
        EXPECT_TRUE(done) << (done ? "" : done.error().code);
        return done ? done->findings.items() : std::vector<history::Finding>{};
    }
    void expect_found(const std::string& sql, const std::string& code, const std::string& field) {
        edit(sql);
        const auto found = findings();
        ASSERT_EQ(found.size(), 1U) << sql;
        EXPECT_EQ(found[0].code, code) << sql;
        EXPECT_FALSE(found[0].case_id.empty()) << sql;
        if (!field.empty()) {
            EXPECT_EQ(found[0].args.at(0), field);
        }
        SetUp();
    }

    static std::optional<testing::TemporaryFolder> folder_;
    static history::Checkpoint* saved_;
};
std::optional<testing::TemporaryFolder> Audited::folder_;
history::Checkpoint* Audited::saved_ = nullptr;

const std::string kOne = " WHERE case_id = (SELECT min(case_id) FROM cases)";

struct Columns {
    std::vector<std::string> names;
    template <class T>
    void operator()(const char* name, const T&) {
        names.emplace_back(name);
    }
};

TEST_F(Audited, is_sound_as_it_was_written) {
    const auto found = findings();
    EXPECT_TRUE(found.empty()) << found[0].code << " " << found[0].args.at(0);
}

TEST_F(Audited, shows_every_edited_field_of_a_case) {
    Columns columns;
    const cases::CaseRow row;
    cases::CaseRow::fields(columns, row);
    for (const auto& name : columns.names) {
        if (name == "agency" || name == "case_id") continue;
        const std::string changed = name == "value_list" || name == "clock_list"
                                        ? "'1:a1:b1:c1:11:01:1'"
                                        : "CASE typeof(" + name + ") WHEN 'text' THEN " + name +
                                              " || 'x' WHEN 'null' THEN 7 ELSE 1 - " + name +
                                              " END";
        expect_found("UPDATE cases SET " + name + " = " + changed + kOne, "HI050", name);
    }
}

TEST_F(Audited, shows_rows_that_are_gone_and_rows_that_nobody_wrote) {
    expect_found("DELETE FROM cases" + kOne, "HI051", "");
    edit("UPDATE cases SET case_id = 'x'" + kOne);
    std::vector<std::string> codes;
    for (const auto& finding : findings()) codes.push_back(finding.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"HI052", "HI051"}));
}

TEST_F(Audited, shows_every_edit_of_personal_values) {
    expect_found("UPDATE personal SET value = value || '!'" + kOne + " AND path = 'isi'", "HI040",
                 "isi");
    expect_found("DELETE FROM personal" + kOne + " AND path = 'judul'", "HI041", "judul");
    edit("UPDATE personal SET sequence = 2" + kOne + " AND path = 'reporter_name'");
    std::vector<std::string> codes;
    for (const auto& finding : findings()) codes.push_back(finding.code);
    EXPECT_EQ(codes, (std::vector<std::string>{"HI041", "HI042"}));
}

std::string described(const history::Finding& finding) {
    std::string text;
    if (finding.leaf) text += "position " + std::to_string(*finding.leaf) + " ";
    if (!finding.case_id.empty()) text += "case " + finding.case_id.value + " ";
    if (finding.sequence > 0) text += "step " + std::to_string(finding.sequence) + " ";
    text += "[" + finding.code + "]\n";
    for (const auto language : {messages::Language::english, messages::Language::indonesian}) {
        const auto words = messages::render(finding.code, finding.args, language);
        text += "  " + words.message + "\n  = " + words.hint + "\n";
    }
    return text;
}

// tests/golden/history/*.sql: what was done, and all that is found of it.
TEST_F(Audited, says_what_was_done_and_where) {
    testing::check_golden("history", ".sql", [&](const std::string&, const std::string& sql) {
        SetUp();
        edit(sql);
        std::string text;
        for (const auto& finding : findings()) text += described(finding);
        return text.empty() ? "nothing found\n" : text;
    });
}

// One byte anywhere in what an event is made of.
TEST_F(Audited, locates_one_flipped_byte_in_the_log) {
    for (const int position : {0, 3, 11, 20}) {
        const std::string where = " WHERE position = " + std::to_string(position);
        for (const char* byte : {"x'00'", "x'7f'", "x'ff'"}) {
            edit("UPDATE events SET bytes = CAST(substr(bytes, 1, 40) || " + std::string(byte) +
                 " || substr(bytes, 42) AS BLOB)" + where);
            bool located = false;
            for (const auto& finding : findings()) {
                located = located || (finding.code == "HI021" &&
                                      finding.leaf == static_cast<std::uint64_t>(position));
            }
            EXPECT_TRUE(located) << position << " " << byte;
            SetUp();
        }
    }
}

TEST_F(Audited, gives_no_checkpoint_of_a_log_that_does_not_hold) {
    edit("UPDATE events SET leaf = zeroblob(32) WHERE position = 1");
    auto store = open_store("sqlite:" + file());
    const auto made = runtime::make_checkpoint(**store, kAgency, {});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, "HI035");
}

}  // namespace
}  // namespace pintu::store
