#include "plugins/host/stdio.hpp"

#include <gtest/gtest.h>

#include "plugins/host/services.hpp"
#include "tests/unit/plugins/host/piped_child.hpp"
#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

constexpr Milliseconds kSoon{20'000};

class StdioTest : public ::testing::Test {
  protected:
    StdioTest() : state_(folder_.at("state")), log_(folder_.at("log")) {
        manifest_.name = "uji";
        ServiceSettings settings;
        settings.manifest = &manifest_;
        settings.now = [] { return Instant{1'773'365'400'000'000}; };
        settings.state = &state_;
        settings.log = &log_;
        services_ = std::make_unique<PluginServices>(settings);
    }
    std::unique_ptr<Guest> guest(const std::vector<std::string>& command) {
        return make_stdio_guest({"uji", "fact"}, std::make_unique<PipedChild>(command), *services_);
    }
    std::unique_ptr<Guest> started() {
        auto one = guest({"python3", "-B", std::string(PINTU_TEST_PROGRAMS) + "/uji.py"});
        const auto said = one->start("{}", kSoon);
        EXPECT_TRUE(said) << said.error().code << " " << said.error().args.back();
        return one;
    }
    static std::string fact(const std::string& name) { return R"({"fact":")" + name + R"("})"; }
    std::string log() { return testing::read_file(folder_.at("log/log.jsonl")); }

    PluginFolder folder_;
    Manifest manifest_;
    State state_;
    PluginLog log_;
    std::unique_ptr<PluginServices> services_;
};

TEST_F(StdioTest, a_program_introduces_itself_answers_and_ends_when_it_is_told_to) {
    const auto one = started();
    const auto answer = one->call("fact.answer", "{\"fact\":\n\"gema\"}", kSoon);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->document, R"({"value":"gema","asked":{"fact":"gema"}})");
    one->stop(kSoon);
    EXPECT_EQ(one->call("fact.answer", fact("gema"), kSoon).error().code, "PL005");
}

TEST_F(StdioTest, errors_are_statuses) {
    const auto one = started();
    const auto refused = one->call("fact.answer", fact("tolak"), kSoon);
    EXPECT_EQ(refused->status, Status::refused);
    EXPECT_EQ(refused->document, "tidak bisa");
    EXPECT_EQ(one->call("fact.answer", fact("nanti"), kSoon)->status, Status::later);
}

TEST_F(StdioTest, it_may_ask_while_it_is_asked) {
    const auto one = started();
    const auto answer = one->call("fact.answer", fact("tanya"), kSoon);
    ASSERT_TRUE(answer) << answer.error().args.back();
    EXPECT_EQ(answer->document, R"({"value":"[{}, {\"value\": \"1\"}, -32003]"})");
    EXPECT_NE(log().find("bertanya"), std::string::npos);
}

TEST_F(StdioTest, what_it_writes_on_its_standard_error_is_in_its_log) {
    const auto one = started();
    ASSERT_TRUE(one->call("fact.answer", fact("kesalahan"), kSoon));
    one->stop(kSoon);
    EXPECT_NE(log().find("ada yang salah"), std::string::npos);
}

TEST_F(StdioTest, ten_megabytes_come_whole_both_ways) {
    const auto one = started();
    const auto answer = one->call("fact.answer", fact("sepuluh_mega"), kSoon);
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_GT(answer->document.size(), std::size_t{10} << 20U);
    const auto back = one->call(
        "fact.answer", R"({"fact":"x","isi":")" + std::string(10 << 20, 'a') + R"("})", kSoon);
    ASSERT_TRUE(back) << back.error().code;
    EXPECT_GT(back->document.size(), std::size_t{10} << 20U);
}

TEST_F(StdioTest, whatever_breaks_the_protocol_is_the_end_of_it) {
    const std::pair<const char*, const char*> breaches[] = {{"mati", "PL002"},
                                                            {"keluar", "PL002"},
                                                            {"bukan_json", "PL003"},
                                                            {"lain", "PL003"},
                                                            {"panjang", "PL004"}};
    for (const auto& [how, code] : breaches) {
        const auto one = started();
        const auto answer = one->call("fact.answer", fact(how), kSoon);
        ASSERT_FALSE(answer) << how;
        EXPECT_EQ(answer.error().code, code) << how << " " << answer.error().args.back();
        EXPECT_EQ(one->call("fact.answer", fact("gema"), kSoon).error().code, "PL005");
    }
}

TEST_F(StdioTest, two_answers_are_found_out_at_once_or_with_the_next_question) {
    const auto one = started();
    const auto first = one->call("fact.answer", fact("dua"), kSoon);
    const auto second = one->call("fact.answer", fact("gema"), kSoon);
    EXPECT_FALSE(second);
    EXPECT_EQ(first ? second.error().code : first.error().code, "PL003");
}

TEST_F(StdioTest, who_does_not_answer_in_time_is_ended_then) {
    for (const auto* how : {"lambat", "tanya_terus"}) {
        const auto one = started();
        const auto begin = std::chrono::steady_clock::now();
        const auto answer = one->call("fact.answer", fact(how), Milliseconds(200));
        ASSERT_FALSE(answer) << how;
        EXPECT_EQ(answer.error().code, "PL001") << how;
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    }
}

TEST_F(StdioTest, who_reads_no_more_is_late_and_costs_nobody_a_signal) {
    const auto one = started();
    ASSERT_TRUE(one->call("fact.answer", fact("tutup"), kSoon));
    const auto answer = one->call("fact.answer", fact("gema"), Milliseconds(200));
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().code == "PL001" || answer.error().code == "PL002");
}

TEST_F(StdioTest, a_start_that_is_refused_or_fails_says_why) {
    const auto one = guest({"python3", "-B", std::string(PINTU_TEST_PROGRAMS) + "/uji.py"});
    const auto refused = one->start(R"({"mode":"menolak"})", kSoon);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "PL016");
    EXPECT_EQ(refused.error().args[1], "belum siap");
    EXPECT_EQ(guest({"/nowhere/program"})->start("{}", kSoon).error().code, "PL002");
    EXPECT_EQ(guest({"echo", "halo"})->start("{}", kSoon).error().code, "PL003");
    EXPECT_EQ(guest({"sleep", "60"})->start("{}", Milliseconds(50)).error().code, "PL001");
}

TEST_F(StdioTest, noise_of_any_kind_is_bounded) {
    for (const auto* what : {"yes", "yes '{\"jsonrpc\":\"2.0\",\"method\":\"log.write\"}'",
                             "yes >&2", "cat /dev/zero", "head -c 30000000 /dev/urandom"}) {
        const auto one = guest({"sh", "-c", what});
        const auto said = one->start("{}", Milliseconds(500));
        EXPECT_FALSE(said) << what;
    }
    EXPECT_LT(log().size(), std::size_t{5} << 20U);
}

}  // namespace
}  // namespace pintu::plugins
