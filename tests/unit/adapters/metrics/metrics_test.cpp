#include "adapters/metrics/metrics.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace pintu::metrics {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool has_line(const std::string& text, const std::string& line) {
    const auto lines = lines_of(text);
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

TEST(Metrics, families_stand_in_the_order_of_their_names_in_code) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < families().size(); ++i) {
        const auto& family = families()[i];
        EXPECT_EQ(static_cast<std::size_t>(family.metric), i) << family.name;
        EXPECT_TRUE(names.insert(std::string(family.name)).second) << family.name;
        EXPECT_EQ(family.kind == Kind::counter, family.name.ends_with("_total")) << family.name;
        EXPECT_EQ(family.kind == Kind::histogram, !family.bounds.empty()) << family.name;
        EXPECT_TRUE(std::is_sorted(family.bounds.begin(), family.bounds.end())) << family.name;
    }
    EXPECT_EQ(static_cast<std::size_t>(Metric::plugin_quarantined) + 1, families().size());
}

// Prometheus' text format 0.0.4: HELP, TYPE, then samples of that name and no other.
TEST(Metrics, text_is_in_the_form_that_prometheus_reads) {
    Metrics metrics;
    metrics.add(Metric::store_errors, 3, "ST001");
    metrics.observe(Metric::commit_seconds, 0.003);
    metrics.set_only(Metric::definitions, "abc");
    static const std::regex kHelp(R"(# HELP ([a-z_]+) \S.*)");
    static const std::regex kType(R"(# TYPE ([a-z_]+) (counter|gauge|histogram))");
    static const std::regex kSample(
        R"re(([a-z_]+?)(_bucket|_sum|_count)?(\{[a-z]+="([^"\\\n]|\\.)*"\})? [0-9.e+-]+)re");
    const std::string text = metrics.text();
    EXPECT_TRUE(text.ends_with('\n'));
    std::string name;
    std::smatch match;
    for (const auto& line : lines_of(text)) {
        if (std::regex_match(line, match, kHelp)) {
            name = match[1];
        } else if (std::regex_match(line, match, kType)) {
            EXPECT_EQ(match[1], name);
        } else {
            ASSERT_TRUE(std::regex_match(line, match, kSample)) << line;
            EXPECT_EQ(match[1], name) << line;
        }
    }
    EXPECT_TRUE(has_line(text, "pintu_store_errors_total{code=\"ST001\"} 3"));
}

TEST(Metrics, buckets_count_everything_up_to_their_bound) {
    Metrics metrics;
    for (const double seconds : {0.0005, 0.0007, 0.003, 99.0})
        metrics.observe(Metric::commit_seconds, seconds);
    const std::string text = metrics.text();
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_bucket{le=\"5e-04\"} 1")) << text;
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_bucket{le=\"0.001\"} 2"));
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_bucket{le=\"0.005\"} 3"));
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_bucket{le=\"10\"} 3"));
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_bucket{le=\"+Inf\"} 4"));
    EXPECT_TRUE(has_line(text, "pintu_commit_seconds_count 4"));
}

TEST(Metrics, a_counter_is_there_before_it_counts) {
    const std::string text = Metrics().text();
    EXPECT_TRUE(has_line(text, "pintu_events_total 0"));
    EXPECT_TRUE(has_line(text, "pintu_intake_total{status=\"conflict\"} 0"));
}

TEST(Metrics, a_label_cannot_break_out_of_its_line) {
    Metrics metrics;
    metrics.set_only(Metric::definitions, "a");
    metrics.set_only(Metric::definitions, "b\"\\\nc");
    EXPECT_TRUE(has_line(metrics.text(), R"(pintu_definitions_info{id="b\"\\\nc"} 1)"));
    EXPECT_FALSE(has_line(metrics.text(), "pintu_definitions_info{id=\"a\"} 1"));
}

}  // namespace
}  // namespace pintu::metrics
