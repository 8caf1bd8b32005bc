// All forms of a plugin behind one face: in this process, in a process of its own, a program.
#include "plugins/host/plugins.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "plugins/host/marks.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kSoon{20'000};

// One for all tests of this program, as a node has one.
Launcher* launcher() {
    static const auto kLauncher = Launcher::start(PINTU_HOST);
    return kLauncher ? kLauncher->get() : nullptr;
}

std::string fact(const std::string& name) {
    return R"({"fact":")" + name + R"(","arguments":{}})";
}

class PluginsTest : public ::testing::TestWithParam<std::string> {
  protected:
    PluginsTest() {
        options_.directory = folder_.at("var/plugins");
        options_.bundled = folder_.path();
        options_.base = folder_.path();
        options_.now = [] { return Instant{1'773'365'400'000'000}; };
        options_.steady = [this] { return now_; };
        options_.launcher = launcher();
        options_.trouble = [this](const Trouble& trouble) { troubles_.push_back(trouble); };
    }

    bool trusted() const { return GetParam() == "trusted"; }
    bool program() const { return GetParam() == "stdio"; }

    // A plugin "uji" of the form that is tested.
    void install(const std::string& more = "", const std::string& library = "satu",
                 const std::string& version = "1.0.0") {
        if (!program()) return folder_.install("uji", library, manifest_text(more, version));
        std::string text = manifest_text(more, version);
        text.replace(text.find("run: libuji.so"), 14, "command: [python3, -B, main.py]");
        std::string code = testing::read_file(std::string(PINTU_TEST_PROGRAMS) + "/uji.py");
        if (library == "dua") code.replace(code.find("\"1.0.0\""), 7, "\"2.0.0\"");
        if (library == "lain") code.replace(code.find("\"uji\""), 5, "\"lain\"");
        folder_.write("uji/main.py", code);
        folder_.write("uji/plugin.yaml", text);
    }
    void choose(const std::string& name = "uji") {
        options_.chosen.push_back({name, "", trusted(), {}, {}, {}});
    }
    void open() {
        SourceSet sources;
        Diagnostics diagnostics;
        plugins_ = Plugins::open(options_, sources, diagnostics);
        ASSERT_NE(plugins_, nullptr) << testing::rendered(diagnostics, sources);
    }
    // The codes of what is wrong.
    std::string refused() {
        SourceSet sources;
        Diagnostics diagnostics;
        EXPECT_EQ(Plugins::open(options_, sources, diagnostics), nullptr);
        std::string codes;
        for (const auto& diagnostic : diagnostics.sorted()) codes += diagnostic.code + " ";
        return codes;
    }
    std::string ask(const std::string& name, Milliseconds deadline = kSoon) {
        const auto answer = plugins_->call("uji", Kind::fact, "fact.answer", fact(name), deadline);
        return answer ? answer->document : answer.error().code;
    }
    // What crashes this form without taking the test with it.
    std::string crash() { return ask(trusted() ? "status" : "mati"); }
    std::string told() const {
        std::string codes;
        for (const auto& trouble : troubles_)
            codes += trouble.error.code + (trouble.quarantined ? "! " : " ");
        return codes;
    }
    std::string crashed() const { return trusted() ? "PL003" : "PL002"; }
    Health health() const { return plugins_->status().at(0).health; }

    PluginFolder folder_;
    Steady::time_point now_ = Steady::time_point{} + 1000h;
    PluginsOptions options_;
    std::vector<Trouble> troubles_;
    std::unique_ptr<Plugins> plugins_;
};

INSTANTIATE_TEST_SUITE_P(Forms, PluginsTest, ::testing::Values("trusted", "process", "stdio"),
                         [](const auto& one) { return one.param; });

TEST_P(PluginsTest, a_plugin_is_started_when_it_is_first_called) {
    install();
    choose();
    open();
    ASSERT_EQ(plugins_->manifests().size(), 1U);
    EXPECT_EQ(plugins_->find("uji")->name, "uji");
    EXPECT_EQ(plugins_->find("lain"), nullptr);
    EXPECT_EQ(health(), Health::stopped);
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    EXPECT_EQ(health(), Health::running);
    EXPECT_EQ(plugins_->status()[0].calls, 1U);
    EXPECT_EQ(plugins_->call("lain", Kind::fact, "fact.answer", "{}", kSoon).error().code, "PL010");
    EXPECT_EQ(plugins_->call("uji", Kind::channel, "channel.poll", "{}", kSoon).error().code,
              "PL010");
    EXPECT_EQ(told(), "");
}

TEST_P(PluginsTest, two_of_one_name_and_a_name_that_is_not_its_own_are_refused) {
    install();
    choose();
    choose();
    EXPECT_EQ(refused(), "PL140 ");
    options_.chosen.clear();
    choose("lain");
    options_.chosen[0].folder = folder_.at("uji");
    EXPECT_EQ(refused(), "PL141 ");
    options_.chosen.clear();
    choose("tiada");
    EXPECT_EQ(refused(), "PL142 ");
    options_.chosen[0].folder = folder_.at("tiada");
    EXPECT_EQ(refused(), "PL101 ");
}

TEST_P(PluginsTest, two_that_bring_in_or_send_by_the_same_channel_are_refused) {
    const auto put = [&](const std::string& name, const std::string& kinds,
                         const std::string& channels) {
        std::string text = manifest_text("channels: [" + channels + "]\n", "1.0.0", kinds);
        for (const char* place : {"plugin: ", "end: "})
            text.replace(text.find(place) + std::string(place).size(), 3, name);
        folder_.install(name, "satu", text);
    };
    choose("satu");
    choose("dua");
    put("satu", "fact, channel", "sms, surat");
    put("dua", "fact, channel, connector", "pos, surat");
    SourceSet sources;
    Diagnostics diagnostics;
    EXPECT_EQ(Plugins::open(options_, sources, diagnostics), nullptr);
    ASSERT_EQ(diagnostics.sorted().size(), 1U);
    EXPECT_EQ(diagnostics.sorted()[0].code, "PL144");
    EXPECT_EQ(diagnostics.sorted()[0].args, (std::vector<std::string>{"satu", "dua", "surat"}));
    put("satu", "fact, connector", "sms, surat");
    EXPECT_EQ(refused(), "PL144 ");
    put("dua", "fact, channel", "surat");
    open();
    put("dua", "fact, connector", "pos");
    open();
}

TEST_P(PluginsTest, a_configuration_or_a_secret_that_the_manifest_does_not_allow_is_refused) {
    install("config:\n  mode: {type: [a, menolak], required: yes}\nsecrets: [sandi]\n");
    choose();
    EXPECT_EQ(refused(), "PL130 ");
    options_.chosen[0].config["mode"] = {"b", {}};
    options_.chosen[0].secrets["kunci"] = {"env:A", {}};
    options_.chosen[0].secrets["sandi"] = {"rahasia sekali", {}};
    EXPECT_EQ(refused(), "PL135 PL136 YA040 ");
}

TEST_P(PluginsTest, the_first_restart_is_at_once_the_second_waits_the_third_failure_is_quarantine) {
    install();
    choose();
    open();
    EXPECT_EQ(crash(), crashed());
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    EXPECT_EQ(plugins_->status()[0].restarts, 1U);
    EXPECT_EQ(crash(), crashed());
    EXPECT_EQ(ask("versi"), "PL012");
    EXPECT_EQ(health(), Health::waiting_to_restart);
    now_ += 100ms;
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    EXPECT_EQ(crash(), crashed());
    EXPECT_EQ(ask("versi"), "PL011");
    EXPECT_EQ(health(), Health::quarantined);
    EXPECT_EQ(told(), crashed() + " " + crashed() + " " + crashed() + " PL006! ");
    EXPECT_EQ(troubles_.back().error.args, (std::vector<std::string>{"uji", crashed()}));
    now_ += 61min;
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
}

TEST_P(PluginsTest, a_person_lifts_a_quarantine_and_disables_and_enables) {
    install();
    choose();
    open();
    for (int i = 0; i < 3; ++i, now_ += 10s) EXPECT_EQ(crash(), crashed());
    EXPECT_EQ(ask("versi"), "PL011");
    ASSERT_TRUE(enable(options_.directory, "uji"));
    plugins_->look_around();
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    ASSERT_TRUE(disable(options_.directory, "uji"));
    plugins_->look_around();
    EXPECT_EQ(ask("versi"), "PL013");
    EXPECT_EQ(read_status(options_.directory, "uji")->health, Health::disabled);
    plugins_.reset();
    open();
    EXPECT_EQ(ask("versi"), "PL013");
    ASSERT_TRUE(enable(options_.directory, "uji"));
    plugins_->look_around();
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
}

TEST_P(PluginsTest, one_that_refuses_to_start_is_asked_again_and_again_but_not_quarantined) {
    install("config:\n  mode: {type: [a, menolak], required: yes}\n");
    choose();
    options_.chosen[0].config["mode"] = {"menolak", {}};
    open();
    for (int i = 0; i < 6; ++i, now_ += 31s) EXPECT_EQ(ask("versi"), "PL016");
    EXPECT_EQ(told(), "PL016 PL016 PL016 PL016 PL016 PL016 ");
    EXPECT_EQ(troubles_[0].error.args.at(1), "belum siap");
}

TEST_P(PluginsTest, a_manifest_that_lies_is_found_out_at_the_start) {
    install("", "lain");
    choose();
    open();
    EXPECT_EQ(ask("versi"), "PL015");
    EXPECT_EQ(told(), "PL015 PL006! ");
    EXPECT_EQ(troubles_[0].error.args, (std::vector<std::string>{"uji", "plugin", "uji", "lain"}));
    EXPECT_EQ(ask("versi"), "PL011");
}

TEST_P(PluginsTest, a_version_or_a_kind_that_it_has_not_is_a_lie_too) {
    install("", "satu", "1.5.0");
    choose();
    open();
    EXPECT_EQ(ask("versi"), "PL015");
    plugins_.reset();
    if (program()) return;
    folder_.install("uji", "tanpa_kanal",
                    manifest_text("channels: [sms]\n", "1.0.0", "fact, channel"));
    open();
    EXPECT_EQ(plugins_->call("uji", Kind::channel, "channel.poll", "{}", kSoon).error().code,
              "PL015");
}

TEST_P(PluginsTest, a_new_version_takes_over_without_a_restart) {
    install();
    choose();
    open();
    ASSERT_NE(ask("versi").find("value"), std::string::npos);
    const std::string before = plugins_->find("uji")->identity;
    const Manifest* old = plugins_->find("uji");
    install("", "dua", "2.0.0");
    plugins_->look_around();  // it may still be being written
    EXPECT_EQ(plugins_->find("uji")->identity, before);
    plugins_->look_around();
    EXPECT_EQ(plugins_->find("uji")->version, "2.0.0");
    EXPECT_NE(plugins_->find("uji")->identity, before);
    EXPECT_EQ(old->version, "1.0.0");
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    if (!program()) {
        EXPECT_EQ(ask("versi"), R"({"value":"2.0.0"})");
    }
    EXPECT_EQ(plugins_->status()[0].restarts, 0U);
    EXPECT_EQ(plugins_->status()[0].version, "2.0.0");
    EXPECT_EQ(told(), "");
}

TEST_P(PluginsTest, a_new_version_that_is_wrong_changes_nothing_and_is_told_once) {
    install();
    choose();
    open();
    ASSERT_NE(ask("versi").find("value"), std::string::npos);
    install("bukan: kunci\n", "dua", "2.0.0");
    for (int i = 0; i < 5; ++i) plugins_->look_around();
    EXPECT_EQ(told(), "PL009 ");
    EXPECT_NE(troubles_[0].error.args.at(1).find("YA042"), std::string::npos)
        << troubles_[0].error.args.at(1);
    install("", "dua", "3.0.0");  // reads well, and says another version of itself
    for (int i = 0; i < 5; ++i) plugins_->look_around();
    EXPECT_EQ(told(), "PL009 PL009 ");
    EXPECT_EQ(plugins_->find("uji")->version, "1.0.0");
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
    install("", "dua", "2.0.0");
    for (int i = 0; i < 2; ++i) plugins_->look_around();
    EXPECT_EQ(plugins_->find("uji")->version, "2.0.0");
}

TEST_P(PluginsTest, a_new_version_lifts_the_quarantine_of_the_old) {
    install();
    choose();
    open();
    for (int i = 0; i < 3; ++i, now_ += 10s) EXPECT_EQ(crash(), crashed());
    EXPECT_EQ(ask("versi"), "PL011");
    install("", "dua", "2.0.0");
    for (int i = 0; i < 2; ++i) plugins_->look_around();
    EXPECT_NE(ask("versi").find("value"), std::string::npos);
}

TEST_P(PluginsTest, no_call_is_lost_while_versions_come_and_go) {
    install();
    choose();
    open();
    std::atomic<int> unanswered{0};
    std::atomic<int> answered{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i)
        callers.emplace_back([&] {
            for (int k = 0; k < 100; ++k)
                ++(ask("versi").find("value") == std::string::npos ? unanswered : answered);
        });
    for (int i = 0; i < 6; ++i) {
        install("", i % 2 == 0 ? "dua" : "satu", i % 2 == 0 ? "2.0.0" : "1.0.0");
        for (int looks = 0; looks < 3; ++looks) plugins_->look_around();
    }
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(answered, 400);
    EXPECT_EQ(unanswered, 0);
    EXPECT_EQ(told(), "");
}

TEST_P(PluginsTest, what_waits_for_its_turn_longer_than_its_deadline_is_told_so) {
    install();
    choose();
    open();
    ASSERT_NE(ask("versi").find("value"), std::string::npos);
    using Steady = std::chrono::steady_clock;
    const auto until = Steady::now() + std::chrono::seconds(30);
    std::atomic<bool> busy{false};
    std::thread slow([&] {
        while (!busy && Steady::now() < until) (void)ask(program() ? "sepuluh_mega" : "lambat");
    });
    while (!busy && Steady::now() < until) busy = ask("versi", Milliseconds(80)) == "PL014";
    slow.join();
    EXPECT_TRUE(busy);
}

// "lambat" takes 60 ms: of eight that come at once, some would get their turn with less than that
// left of their 400.
TEST_P(PluginsTest, who_gets_its_turn_late_does_not_make_the_plugin_late) {
    if (program()) GTEST_SKIP() << "there it is slow for half a minute";
    install();
    choose();
    open();
    ASSERT_NE(ask("versi").find("value"), std::string::npos);
    std::atomic<int> answered{0};
    std::atomic<int> busy{0};
    std::atomic<int> others{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 8; ++i)
        callers.emplace_back([&] {
            for (int k = 0; k < 2; ++k) {
                const std::string said = ask("lambat", Milliseconds(400));
                const bool came = !said.starts_with("PL");
                ++(came ? answered : said == "PL014" ? busy : others);
            }
        });
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(others, 0) << told();
    EXPECT_GT(answered, 0);
    EXPECT_EQ(answered + busy, 16);
    EXPECT_EQ(health(), Health::running);
    EXPECT_EQ(plugins_->status()[0].restarts, 0U);
    EXPECT_EQ(told(), "");
}

TEST_P(PluginsTest, what_is_no_document_is_a_breach_and_words_are_made_plain) {
    install();
    choose();
    open();
    EXPECT_EQ(ask("bukan_json"), "PL003");
    const auto answer = plugins_->call("uji", Kind::fact, "fact.answer", fact("tolak"), kSoon);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, Status::refused);
    EXPECT_EQ(answer->document.find('\x1b'), std::string::npos);
    if (program()) return;
    now_ += 1h;
    EXPECT_EQ(ask("bukan_utf8"), "PL003");
    const std::string huge(17 << 20, ' ');
    EXPECT_EQ(plugins_->call("uji", Kind::fact, "fact.answer", huge, kSoon)->status,
              Status::too_large);
}

TEST_P(PluginsTest, its_state_and_log_are_its_own_and_survive_a_restart) {
    install("secrets: [sandi]\n");
    folder_.write("sandi", "buka\n");
    choose();
    options_.chosen[0].secrets["sandi"] = {"file:sandi", {}};
    open();
    const std::string method = program() ? "tanya" : "hitung";
    const std::string first = ask(method);
    plugins_.reset();
    open();
    const std::string second = ask(method);
    if (!program()) {
        EXPECT_EQ(first, R"({"value":""})");
        EXPECT_EQ(second, R"({"value":"x"})");
        EXPECT_EQ(ask("rahasia"), R"({"value":"buka"})");
    }
    EXPECT_TRUE(std::filesystem::exists(options_.directory + "/uji/state"));
    EXPECT_TRUE(std::filesystem::is_directory(plugins_->spool_of("uji")));
    const std::string log = testing::read_file(options_.directory + "/uji/log.jsonl");
    EXPECT_NE(log.find(program() ? "bertanya" : "dihitung"), std::string::npos);
    EXPECT_EQ(log.find("buka"), std::string::npos);
}

TEST_P(PluginsTest,
       every_guest_can_be_started_beforehand_and_without_a_launcher_only_trusted_ones) {
    install();
    choose();
    open();
    plugins_->start_all();
    EXPECT_EQ(health(), Health::running);
    plugins_.reset();
    options_.launcher = nullptr;
    open();
    EXPECT_EQ(ask("versi") == "PL018", !trusted());
    EXPECT_EQ(told(), "");
}

TEST_P(PluginsTest, status_is_there_for_other_programs_to_read) {
    install();
    choose();
    open();
    EXPECT_FALSE(read_status(options_.directory, "uji"));
    (void)crash();
    plugins_->look_around();
    const auto status = read_status(options_.directory, "uji");
    ASSERT_TRUE(status);
    EXPECT_EQ(status->version, "1.0.0");
    EXPECT_EQ(status->calls, 1U);
    ASSERT_TRUE(status->last_error);
    EXPECT_EQ(status->last_error->code, crashed());
    EXPECT_EQ(status->sandbox.substr(0, GetParam().size()), GetParam());
    folder_.write("var/plugins/uji/status.json", "{\"calls\":-1}");
    EXPECT_TRUE(read_status(options_.directory, "uji"));
    folder_.write("var/plugins/uji/status.json", "rusak");
    EXPECT_FALSE(read_status(options_.directory, "uji"));
}

}  // namespace
}  // namespace pintu::plugins
