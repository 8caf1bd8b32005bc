#include "adapters/cli/settings.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/cli/setup.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/files.hpp"
#include "tests/unit/adapters/cli/said.hpp"

namespace pintu::cli {
namespace {

class SettingsFile : public ::testing::Test {
  protected:
    Settings read(const std::string& text) {
        std::ofstream(folder_.at("pintu.yaml")) << text;
        codes_.clear();
        SourceSet sources;
        Diagnostics diagnostics;
        auto settings = read_settings(folder_.path(), sources, diagnostics);
        for (const auto& d : diagnostics.sorted()) {
            const Position at = sources.find(d.span.file)->position(d.span.begin);
            codes_ +=
                std::to_string(at.line) + ":" + std::to_string(at.column) + " " + d.code + "\n";
        }
        return settings;
    }
    testing::TemporaryFolder folder_;
    std::string codes_;
};

TEST_F(SettingsFile, without_a_file_everything_has_its_default) {
    SourceSet sources;
    Diagnostics diagnostics;
    const auto settings = read_settings(folder_.path(), sources, diagnostics);
    EXPECT_TRUE(diagnostics.empty());
    EXPECT_EQ(settings.batch, 256);
    EXPECT_EQ(settings.lease_ms, 10'000);
    EXPECT_TRUE(settings.per_minute.empty());
}

// Else a command would take the store that goes without saying for the one that is written.
TEST_F(SettingsFile, that_cannot_be_read_leaves_no_store_to_take_instead) {
    read("store: [postgresql:///pintu\n");
    EXPECT_NE(codes_, "");
    Options options;
    options.directory = folder_.path();
    EXPECT_EQ(store_address(options), "unread:" + folder_.at("pintu.yaml"));
    const auto opened = open_store(options, Access::write);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), (Error{"ST041", {folder_.at("pintu.yaml")}}));
    EXPECT_EQ(store::migrate(store_address(options)).error().code, "ST041");
    options.store = "sqlite:" + folder_.at("named.db");
    EXPECT_TRUE(open_store(options, Access::write).has_value());
}

// Any of them may have been meant for the store.
TEST_F(SettingsFile, with_a_mistake_and_no_store_leaves_none_to_take_instead) {
    Options options;
    options.directory = folder_.path();
    for (const char* text : {"stroe: postgresql:///pintu\n", "store:\n", "store: \"\"\n",
                             "store: [a]\n", "batch: banyak\n"}) {
        read(text);
        EXPECT_EQ(open_store(options, Access::write).error().code, "ST041") << text;
        const auto said = run({"-C", folder_.path(), "--lang", "en", "doctor"});
        EXPECT_NE(said.exit, kDone) << text;
        EXPECT_NE(said.out.find("  --  " + folder_.at("pintu.yaml") + ": "), std::string::npos)
            << said.out;
    }
    read("batch: 5\n");
    EXPECT_EQ(store_address(options), "sqlite:var/pintu.db");
}

TEST(StoreOption, that_is_empty_is_refused) {
    const auto said = run({"--store", "", "--lang", "en", "case", "list"});
    EXPECT_EQ(said.exit, kWrongUsage);
    EXPECT_NE(said.err.find("address"), std::string::npos) << said.err;
}

TEST_F(SettingsFile, reads_plugins_with_their_places_and_folders_from_here) {
    const auto settings = read(
        "http: 127.0.0.1:8080\nplugins:\n  bukti:\n  surel:\n    from: kanal/surel\n"
        "    trusted: yes\n    config: {imap_host: imap.example, imap_port: 993}\n"
        "    secrets: {password: \"env:SUREL\"}\nevidence: {most_file_mb: 5}\n");
    EXPECT_EQ(codes_, "");
    EXPECT_EQ(settings.http, "127.0.0.1:8080");
    EXPECT_EQ(settings.most_file_bytes, 5 << 20);
    EXPECT_EQ(settings.most_report_bytes, 60 << 20);
    ASSERT_EQ(settings.plugins.size(), 2U);
    EXPECT_EQ(settings.plugins[0].name, "bukti");
    EXPECT_EQ(settings.plugins[0].folder, "");
    EXPECT_FALSE(settings.plugins[0].trusted);
    const auto& surel = settings.plugins[1];
    EXPECT_EQ(surel.folder, folder_.at("kanal/surel"));
    EXPECT_TRUE(surel.trusted);
    EXPECT_EQ(surel.config.at("imap_port").text, "993");
    EXPECT_EQ(surel.secrets.at("password").text, "env:SUREL");
}

TEST_F(SettingsFile, refuses_plugins_that_are_written_otherwise) {
    read("plugins: [surel]\n");
    EXPECT_EQ(codes_, "1:10 YA030\n");
    read("plugins:\n  surel:\n    form: x\n");
    EXPECT_EQ(codes_, "3:5 YA032\n");
    read("plugins:\n  surel:\n    config: {hosts: [a, b]}\n");
    EXPECT_NE(codes_, "");
    read("evidence: {most_file_mb: 65}\n");
    EXPECT_NE(codes_, "");
}

TEST_F(SettingsFile, reads_what_a_machine_sets) {
    const auto settings = read(
        "store: postgresql:///pintu\nbatch: 500\nlease_ms: 20000\noutbox: /srv/kiriman.jsonl\n"
        "metrics: 127.0.0.1:9464\noutgoing:\n  sms:\n    per_minute: 30\n  email:\n"
        "    per_minute: 600\n    quiet: \"21:00-06:00\"\n");
    EXPECT_EQ(codes_, "");
    EXPECT_EQ(settings.store, "postgresql:///pintu");
    EXPECT_EQ(settings.batch, 500);
    EXPECT_EQ(settings.lease_ms, 20'000);
    EXPECT_EQ(settings.outbox, "/srv/kiriman.jsonl");
    EXPECT_EQ(settings.metrics, "127.0.0.1:9464");
    EXPECT_EQ(settings.per_minute,
              (std::map<std::string, std::int64_t>{{"email", 600}, {"sms", 30}}));
    EXPECT_EQ(settings.quiet.at("email"), (runtime::QuietHours{21 * 60, 6 * 60}));
    EXPECT_EQ(settings.quiet.size(), 1U);
}

TEST_F(SettingsFile, is_as_the_page_of_operations_shows_it) {
    const std::string page =
        testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/operations.md");
    const auto from = page.find("```yaml\n") + 8;
    const auto settings = read(page.substr(from, page.find("```", from) - from));
    EXPECT_EQ(codes_, "");
    EXPECT_EQ(settings.batch, Settings().batch) << "the page shows the defaults";
    EXPECT_EQ(settings.lease_ms, Settings().lease_ms);
    EXPECT_EQ(settings.per_minute.size(), 2U);
}

TEST_F(SettingsFile, says_of_each_wrong_key_and_value_where_it_stands) {
    const auto settings = read(
        "stoer: x\nbatch: 0\nlease_ms: sebentar\noutgoing:\n  sms:\n    per_minuet: 30\n"
        "  email: 5\n");
    EXPECT_EQ(codes_, "1:1 YA032\n2:8 YA036\n3:11 YA035\n6:5 YA032\n7:10 YA030\n");
    EXPECT_EQ(settings.batch, 256);
    EXPECT_TRUE(settings.per_minute.empty());
    codes_.clear();
    read("outgoing:\n  sms: {quiet: malam}\n");
    EXPECT_EQ(codes_, "2:16 CL550\n");
}

TEST_F(SettingsFile, says_where_an_address_stands_that_is_none) {
    const auto settings = read("batch: 5\nstore: \"apa://x\"\nmetrics: foo\nhttp: localhost:80\n");
    EXPECT_EQ(codes_, "3:10 CL120\n4:7 HT002\n2:8 ST011\n");
    EXPECT_EQ(settings.store, "apa://x") << "another store must not be taken for it";
    EXPECT_EQ(settings.metrics, "");
    EXPECT_EQ(settings.http, "");
    for (const char* good : {"sqlite:var/pintu.db", "postgres://pintu@satu,dua/pintu"}) {
        read("store: " + std::string(good) + "\nmetrics: unix:m.sock\nhttp: '[::1]:80'\n");
        EXPECT_EQ(codes_, "") << good;
    }
}

TEST_F(SettingsFile, that_is_wrong_is_told_with_its_place_by_check_and_run) {
    std::ofstream(folder_.at("pintu.yaml")) << "metrics: foo\nhttp: 8080\n";
    std::filesystem::create_directory(folder_.at("rules"));
    std::filesystem::create_directory(folder_.at("workflows"));
    const auto started = run({"-C", folder_.path(), "--lang", "en", "run"});
    EXPECT_EQ(started.exit, kWrongUsage);
    const auto checked = run({"-C", folder_.path(), "--lang", "en", "check"});
    EXPECT_EQ(checked.exit, kFailed);
    for (const auto& said : {started.err, checked.err + checked.out})
        for (const char* text :
             {"pintu.yaml:1:10: error[CL120]", "pintu.yaml:2:7: error[HT002]", "  = Write"})
            EXPECT_NE(said.find(text), std::string::npos) << text << " in\n" << said;
}

TEST_F(SettingsFile, shows_no_password_of_an_address_that_is_wrong) {
    std::ofstream(folder_.at("pintu.yaml")) << "store: postgresql://pintu:rah@sia@db/x?apa=1\n";
    SourceSet sources;
    Diagnostics diagnostics;
    read_settings(folder_.path(), sources, diagnostics);
    ASSERT_EQ(diagnostics.items().size(), 1U);
    const auto& told = diagnostics.items().front();
    EXPECT_EQ(told.code, "ST025");
    EXPECT_EQ(sources.find(told.span.file)->line(1), "store: " + std::string(37, '*'));
    for (const auto& arg : told.args) EXPECT_EQ(arg.find("rah"), std::string::npos) << arg;
}

}  // namespace
}  // namespace pintu::cli
