#include "plugins/host/in_process.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

constexpr Milliseconds kSoon{5'000};

class Silent : public Services {
  public:
    Answer ask(std::string_view, std::string_view) override { return {Status::unknown, "", ""}; }
    Connection connect(std::string_view, std::uint16_t, Milliseconds) override { return {}; }
};

class InProcessTest : public ::testing::Test {
  protected:
    std::unique_ptr<Guest> guest(const std::string& library) {
        return make_in_process_guest({"uji", file(library), folder_.path()}, services_);
    }
    static std::string file(const std::string& library) {
        return std::string(PINTU_TEST_PLUGINS) + "/libuji_" + library + ".so";
    }
    static std::string fact(const std::string& name) {
        return R"({"fact":")" + name + R"(","arguments":{}})";
    }
    std::string code(const std::string& library) {
        const auto said = guest(library)->start("{}", kSoon);
        return said ? "" : said.error().code;
    }

    PluginFolder folder_;
    Silent services_;
};

TEST_F(InProcessTest, a_plugin_introduces_itself_and_answers) {
    const auto one = guest("satu");
    const auto said = one->start("{}", kSoon);
    ASSERT_TRUE(said) << said.error().code;
    EXPECT_EQ(said->name, "uji");
    EXPECT_EQ(said->version, "1.0.0");
    EXPECT_EQ(said->extensions, (std::vector<std::string>{"pintu.channel/1", "pintu.fact/1"}));
    EXPECT_EQ(one->call("fact.answer", fact("versi"), kSoon)->document, R"({"value":"1.0.0"})");
    EXPECT_EQ(one->call("fact.answer", fact("asing"), kSoon)->status, Status::unknown);
    EXPECT_EQ(one->call("connector.send", "{}", kSoon)->status, Status::unknown);
    one->stop(kSoon);
    EXPECT_EQ(one->call("fact.answer", fact("versi"), kSoon).error().code, "PL005");
}

TEST_F(InProcessTest, two_versions_of_one_path_run_side_by_side) {
    std::filesystem::copy_file(file("satu"), folder_.at("libuji.so"));
    const auto one =
        make_in_process_guest({"uji", folder_.at("libuji.so"), folder_.path()}, services_);
    ASSERT_TRUE(one->start("{}", kSoon));
    std::filesystem::copy_file(file("dua"), folder_.at("libuji.so"),
                               std::filesystem::copy_options::overwrite_existing);
    const auto two =
        make_in_process_guest({"uji", folder_.at("libuji.so"), folder_.path()}, services_);
    ASSERT_TRUE(two->start("{}", kSoon));
    EXPECT_EQ(one->call("fact.answer", fact("versi"), kSoon)->document, R"({"value":"1.0.0"})");
    EXPECT_EQ(two->call("fact.answer", fact("versi"), kSoon)->document, R"({"value":"2.0.0"})");
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
        EXPECT_EQ(entry.path().filename(), "libuji.so");
}

TEST_F(InProcessTest, what_cannot_be_loaded_says_why) {
    EXPECT_EQ(code("nowhere"), "PL110");
    EXPECT_EQ(code("asing"), "PL113");
    EXPECT_EQ(code("abi_baru"), "PL024");
    const auto said = guest("satu")->start(R"({"mode":"menolak"})", kSoon);
    EXPECT_EQ(said.error().code, "PL016");
    EXPECT_EQ(said.error().args[1], "belum siap");
}

TEST_F(InProcessTest, what_breaks_the_protocol_is_over) {
    for (const auto& [how, expected] :
         {std::pair("status", "PL003"), std::pair("lambat", "PL001")}) {
        const auto one = guest("satu");
        ASSERT_TRUE(one->start("{}", kSoon));
        const auto answer = one->call("fact.answer", fact(how), Milliseconds(20));
        ASSERT_FALSE(answer) << how;
        EXPECT_EQ(answer.error().code, expected) << how;
        EXPECT_EQ(answer.error().args[0], "uji");
        EXPECT_EQ(one->call("fact.answer", fact("versi"), kSoon).error().code, "PL005");
    }
}

TEST_F(InProcessTest, more_than_a_document_is_never_taken) {
    const auto one = guest("satu");
    ASSERT_TRUE(one->start("{}", kSoon));
    const auto answer = one->call("fact.answer", fact("banjir"), kSoon);
    EXPECT_TRUE(!answer || answer->status == Status::too_large);
}

}  // namespace
}  // namespace pintu::plugins
