// docs/metrics.md names every metric with its type and labels, and no other.
#include <gtest/gtest.h>

#include <map>
#include <regex>

#include "adapters/metrics/metrics.hpp"
#include "tests/support/files.hpp"

namespace pintu::metrics {
namespace {

TEST(MetricsPage, is_the_list_of_what_there_is) {
    static constexpr const char* kKinds[] = {"counter", "gauge", "histogram"};
    std::map<std::string, std::string> there;
    for (const auto& family : families()) {
        std::string row = kKinds[static_cast<std::size_t>(family.kind)];
        if (!family.label.empty()) row += " " + std::string(family.label);
        for (const auto& label : family.known) row += " " + label;
        there[std::string(family.name)] = row;
    }
    const std::string page = testing::read_file(std::string(PINTU_SOURCE_DIR) + "/docs/metrics.md");
    static const std::regex kRow(R"(\n\| `(\w+)` \| (\w+) \|([^|]*)\|)");
    static const std::regex kWord("`([a-z]+)`");
    std::map<std::string, std::string> documented;
    for (std::sregex_iterator it(page.begin(), page.end(), kRow), end; it != end; ++it) {
        std::string row = (*it)[2];
        const std::string labels = (*it)[3];
        for (std::sregex_iterator word(labels.begin(), labels.end(), kWord); word != end; ++word)
            row += " " + (*word)[1].str();
        documented[(*it)[1]] = row;
    }
    EXPECT_EQ(documented, there);
}

}  // namespace
}  // namespace pintu::metrics
