// Messages to a real plugin (tests/plugins_for_tests/pos.c), in a process of its own.
#include "adapters/plugged/connector.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "plugins/host/launch.hpp"
#include "plugins/host/state.hpp"
#include "tests/support/doubles.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::plugged {
namespace {

using Outcome = ports::Performed::Outcome;
namespace fs = std::filesystem;

plugins::Launcher* launcher() {
    static const auto kLauncher = plugins::Launcher::start(PINTU_HOST);
    return kLauncher ? kLauncher->get() : nullptr;
}

class PluginConnectorTest : public ::testing::Test {
  protected:
    PluginConnectorTest() {
        options_.directory = folder_.at("var/plugins");
        options_.bundled = options_.base = folder_.path();
        options_.now = [] { return Instant{1'773'365'400'000'000}; };
        options_.launcher = launcher();
        options_.trouble = [](const plugins::Trouble&) {};
    }
    void install(const std::string& personal, const std::string& folder = "pos",
                 const std::string& channels = "surat, internal") {
        fs::create_directories(folder_.at(folder));
        fs::copy_file(PINTU_TEST_POS, folder_.at(folder + "/libpos.so"));
        testing::write_file(folder_.at(folder + "/plugin.yaml"),
                            "plugin: " + folder +
                                "\nversion: 1.0.0\nabi: 1\nkinds: [connector]\nrun: libpos.so\n"
                                "channels: [" +
                                channels + "]\npermissions: {personal: [" + personal +
                                "]}\nend: " + folder + "\n");
        options_.chosen.push_back({folder, "", false, {}, {}, {}});
    }
    PluginConnector connector(std::chrono::milliseconds patience = std::chrono::seconds(60)) {
        SourceSet sources;
        Diagnostics diagnostics;
        plugins_ = plugins::Plugins::open(options_, sources, diagnostics);
        EXPECT_NE(plugins_, nullptr) << testing::rendered(diagnostics, sources);
        return PluginConnector(*plugins_, rest_, log_, patience);
    }
    static ports::Message message(const std::string& key, const std::string& text,
                                  const std::string& channel = "surat") {
        ports::Message made;
        made.effect.key = EffectKey("64.09-" + key);
        made.effect.agency = AgencyCode("64.09");
        made.effect.case_id = CaseId("64.09-k");
        made.effect.tracking_id = TrackingId("7H3K-9QXM-V2PT");
        made.effect.at = Instant{1'773'365'400'000'000};
        made.effect.kind = "acknowledge";
        made.effect.channel = channel;
        made.effect.whom = "reporter";
        made.text = text;
        made.to = {"m-1", "Budi", "0812", "budi@example.id"};
        return made;
    }
    static ports::Message to_office(const std::string& key, const std::string& text) {
        auto made = message(key, text, "internal");
        made.effect.kind = "notify";
        made.effect.message = "tugas_baru";
        made.effect.whom = "kepala of owner";
        made.effect.unit = UnitId("64.09/dpupr");
        made.effect.persons = {PersonId("p-1"), PersonId("p-2"), PersonId("p-3")};
        made.to = {};
        return made;
    }
    // The n-th document that the plugin was given; "" where it was not.
    std::string given(int n) {
        return plugins::State(options_.directory + "/pos/state").get(std::to_string(n)).document;
    }

    testing::TemporaryFolder folder_;
    plugins::PluginsOptions options_;
    std::unique_ptr<plugins::Plugins> plugins_;
    testing::RememberingConnector rest_;
    testing::CollectingLog log_;
};

TEST_F(PluginConnectorTest, gives_a_plugin_its_message_with_the_personal_fields_it_may_see) {
    install("reporter_phone");
    auto one = connector();
    EXPECT_TRUE(one.reads(message("1", "").effect));
    EXPECT_EQ(one.perform({message("1", "halo")}).at(0).outcome, Outcome::done);
    EXPECT_EQ(given(1), R"({"key":"64.09-1","attempt":1,"agency":"64.09","case":"64.09-k",)"
                        R"("tracking_id":"7H3K-9QXM-V2PT","channel":"surat","kind":"acknowledge",)"
                        R"("template":"acknowledge","at":"2026-03-13T01:30:00Z","language":"id",)"
                        R"("subject":"","text":"halo","to":{"external_id":"m-1","phone":"0812"}})");
    EXPECT_TRUE(rest_.asked.empty());
}

TEST_F(PluginConnectorTest, takes_its_answer) {
    install("");
    const auto answers =
        connector().perform({message("1", "TOLAK"), message("2", "NANTI"), message("3", "GAGAL"),
                             message("4", "ya"), message("5", "BOCOR")});
    EXPECT_EQ(answers[0].outcome, Outcome::refused);
    EXPECT_EQ(answers[0].why, "nomor salah");
    EXPECT_EQ(answers[1].outcome, Outcome::later);
    EXPECT_EQ(answers[1].why, "penuh");
    EXPECT_EQ(answers[2].outcome, Outcome::later) << "a person must not lose an answer by it";
    EXPECT_EQ(answers[3].outcome, Outcome::done);
    EXPECT_EQ(answers[4].why, "550 <...> ...") << "it goes to the log and the history";
}

TEST_F(PluginConnectorTest, that_crashed_keeps_its_messages_for_later_and_others_go_on) {
    install("");
    auto one = connector();
    const auto answers =
        one.perform({message("1", "MATI"), message("2", "ya"), message("3", "ya", "sms")});
    EXPECT_EQ(answers[0].outcome, Outcome::later);
    EXPECT_FALSE(answers[0].why.empty());
    EXPECT_EQ(answers[1].outcome, Outcome::later) << "it is not tried again in the same batch";
    EXPECT_EQ(answers[2].outcome, Outcome::done);
    EXPECT_EQ(rest_.asked.size(), 1U);
    EXPECT_EQ(given(2), "");
}

TEST_F(PluginConnectorTest, reaches_each_person_of_an_office_once) {
    install("reporter_name");
    auto one = connector();
    auto office = to_office("1", "DUA");
    auto answer = one.perform({office}).at(0);
    EXPECT_EQ(answer.outcome, Outcome::later);
    EXPECT_EQ(answer.why, "tak ada");
    EXPECT_EQ(answer.reached, (std::vector{PersonId("p-1"), PersonId("p-3")}));
    EXPECT_NE(given(1).find(R"("key":"64.09-1/p-1")"), std::string::npos) << given(1);
    EXPECT_NE(given(1).find(R"("to":{"person":"p-1","whom":"kepala of owner",)"
                            R"("unit":"64.09/dpupr"}})"),
              std::string::npos)
        << given(1);
    office.reached = answer.reached;
    office.text = "kini bisa";
    EXPECT_EQ(one.perform({office}).at(0).outcome, Outcome::done);
    EXPECT_NE(given(4).find("p-2"), std::string::npos);
    EXPECT_EQ(given(5), "");
}

TEST_F(PluginConnectorTest, leaves_channels_that_it_does_not_carry_to_the_file) {
    install("");
    auto one = connector();
    const auto answers =
        one.perform({message("1", "a", "sms"), message("2", "b"), message("3", "c", "sms")});
    EXPECT_EQ(rest_.asked.size(), 2U);
    for (const auto& answer : answers) EXPECT_EQ(answer.outcome, Outcome::done);
    EXPECT_EQ(log_.lines, (std::vector<std::string>{"PL220 sms"})) << "once";
}

TEST_F(PluginConnectorTest, does_not_send_what_has_no_words) {
    install("");
    const auto answer = connector().perform({message("1", "")}).at(0);
    EXPECT_EQ(answer.outcome, Outcome::later);
    EXPECT_NE(answer.why.find("acknowledge"), std::string::npos);
    EXPECT_EQ(given(1), "");
}

TEST_F(PluginConnectorTest, begins_at_least_one_message_and_no_more_once_its_time_is_over) {
    install("");
    const auto answers =
        connector(std::chrono::milliseconds(0)).perform({message("1", "a"), message("2", "b")});
    EXPECT_EQ(answers[0].outcome, Outcome::done);
    EXPECT_EQ(answers[1].outcome, Outcome::untried);
}

TEST_F(PluginConnectorTest, whose_time_is_over_between_two_persons_says_whom_it_reached) {
    install("");
    auto one = connector(std::chrono::milliseconds(0));
    auto office = to_office("1", "a");
    for (const auto* next : {"p-1", "p-2", "p-3"}) {
        const auto answer = one.perform({office}).at(0);
        const bool last = std::string(next) == "p-3";
        EXPECT_EQ(answer.outcome, last ? Outcome::done : Outcome::untried);
        EXPECT_EQ(answer.reached, std::vector{PersonId(next)});
        office.reached.emplace_back(next);
    }
    EXPECT_EQ(given(4), "");
    office.reached.clear();
    office.text = "NANTI";
    EXPECT_EQ(one.perform({office}).at(0).outcome, Outcome::later) << "it was tried";
}

TEST_F(PluginConnectorTest, says_how_long_a_turn_may_last) {
    EXPECT_EQ(connector().longest().count(), 0);
    install("");
    EXPECT_GE(connector().longest(), std::chrono::seconds(60 + 30)) << "patience and send_ms";
}

TEST_F(PluginConnectorTest, carries_what_a_new_version_carries) {
    install("");
    auto one = connector();
    EXPECT_EQ(one.perform({message("1", "ya", "sms")}).at(0).outcome, Outcome::done);
    EXPECT_EQ(rest_.asked.size(), 1U);
    const std::string path = folder_.at("pos/plugin.yaml");
    std::string text = testing::read_file(path);
    text.replace(text.find("[surat, internal]"), 17, "[sms, internal]");
    testing::write_file(path, text);
    for (int looks = 0; looks < 3; ++looks) plugins_->look_around();
    EXPECT_EQ(one.perform({message("2", "ya", "sms")}).at(0).outcome, Outcome::done);
    EXPECT_EQ(rest_.asked.size(), 1U) << "it went to the plugin";
    EXPECT_NE(given(1), "");
}

TEST_F(PluginConnectorTest, says_which_of_two_plugins_carries_a_channel_that_a_new_version_took) {
    install("");
    install("", "lain", "sms");
    connector();
    EXPECT_EQ(log_.lines, std::vector<std::string>{});
    const std::string path = folder_.at("lain/plugin.yaml");
    std::string text = testing::read_file(path);
    text.replace(text.find("[sms]"), 5, "[surat]");
    testing::write_file(path, text);
    for (int looks = 0; looks < 3; ++looks) plugins_->look_around();
    const PluginConnector again(*plugins_, rest_, log_);
    EXPECT_EQ(log_.lines, (std::vector<std::string>{"PL221 surat pos lain"}));
}

}  // namespace
}  // namespace pintu::plugged
