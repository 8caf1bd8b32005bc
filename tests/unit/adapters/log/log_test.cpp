#include "adapters/log/log.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace pintu::log {
namespace {

Settings json_settings() {
    Settings settings;
    settings.format = Format::json;
    settings.language = messages::Language::english;
    settings.node = "a:1";
    return settings;
}

TEST(Log, a_line_of_json_holds_what_a_machine_asks_for) {
    EXPECT_EQ(json_line("2026-03-13T01:30:00.123Z", ports::LogLevel::warning, json_settings(),
                        "ST001", {"x.db"}),
              "{\"ts\":\"2026-03-13T01:30:00.123Z\",\"level\":\"warning\",\"node\":\"a:1\","
              "\"code\":\"ST001\",\"args\":[\"x.db\"],\"message\":\"The store x.db is in use by "
              "another process.\"}");
}

TEST(Log, bytes_that_are_no_text_do_not_break_the_line) {
    const auto line =
        json_line("t", ports::LogLevel::error, json_settings(), "ST001", {"a\xFF\n\"b"});
    EXPECT_NE(line.find(R"("args":["a?\n\"b"])"), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(Log, standard_error_gets_lines_from_the_least_level_on) {
    ::testing::internal::CaptureStderr();
    const auto log = to_standard_error(json_settings());
    log->write(ports::LogLevel::info, "ST002", {"x"});
    log->write(ports::LogLevel::error, "ST001", {"x"});
    const std::string text = ::testing::internal::GetCapturedStderr();
    static const std::regex kLine(
        R"re(\{"ts":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","level":"error",.*\}\n)re");
    EXPECT_TRUE(std::regex_match(text, kLine)) << text;
}

TEST(Log, text_begins_with_time_level_and_code) {
    ::testing::internal::CaptureStderr();
    Settings settings;
    settings.language = messages::Language::english;
    to_standard_error(settings)->write(ports::LogLevel::warning, "ST001", {"x"});
    const std::string text = ::testing::internal::GetCapturedStderr();
    static const std::regex kLine(
        R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ warning ST001 The store x .*\n  = .+\n)");
    EXPECT_TRUE(std::regex_match(text, kLine)) << text;
}

}  // namespace
}  // namespace pintu::log
