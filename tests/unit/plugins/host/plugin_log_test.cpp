#include "plugins/host/plugin_log.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

constexpr Instant kAt{1'773'365'400'000'000};

std::size_t lines_in(const std::string& path) {
    const std::string text = testing::read_file(path);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(PluginLog, is_an_object_a_line_without_control_characters) {
    const PluginFolder folder;
    PluginLog log(folder.at("uji"));
    log.write(kAt, "info", "channel", "satu\ndua\x1b");
    log.write_error(kAt, "fact", {"PL002", {"uji", "signal 11"}});
    EXPECT_EQ(testing::read_file(folder.at("uji/log.jsonl")),
              R"({"ts":"2026-03-13T01:30:00Z","level":"info","kind":"channel","line":"satu dua "})"
              "\n"
              R"({"ts":"2026-03-13T01:30:00Z","level":"error","kind":"fact","code":"PL002",)"
              R"("args":["uji","signal 11"]})"
              "\n");
}

TEST(PluginLog, of_a_plugin_that_never_stops_talking_is_thinned_and_says_so) {
    const PluginFolder folder;
    PluginLog log(folder.at("uji"));
    for (int i = 0; i < 10'000; ++i) log.write(kAt, "info", "fact", "lagi");
    EXPECT_EQ(lines_in(folder.at("uji/log.jsonl")), 200U);
    log.write(plus_seconds(kAt, 1), "info", "fact", "sesudah");
    EXPECT_NE(testing::read_file(folder.at("uji/log.jsonl")).find("\"left_out\":9800"),
              std::string::npos);
    for (int i = 0; i < 100; ++i) log.write(plus_seconds(kAt, 1), "info", "fact", "lagi");
    EXPECT_EQ(lines_in(folder.at("uji/log.jsonl")), 220U);
}

TEST(PluginLog, takes_a_bounded_place_on_disk) {
    const PluginFolder folder;
    PluginLog log(folder.at("uji"));
    const std::string line(10'000, 'a');
    for (int i = 0; i < 3'000; ++i) log.write(plus_seconds(kAt, i), "info", "fact", line);
    EXPECT_LE(std::filesystem::file_size(folder.at("uji/log.jsonl")), (4U << 20U) + 5'000);
    EXPECT_LE(std::filesystem::file_size(folder.at("uji/log.1.jsonl")), (4U << 20U) + 5'000);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.at("uji")), {}), 2);
}

}  // namespace
}  // namespace pintu::plugins
