// docs/json.md is a contract: each command that stands before an example prints what the example
// shows, name by name, in that order, of those types.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/files.hpp"
#include "tests/transcripts/sandbox.hpp"

namespace pintu::testing {
namespace {

namespace json = boost::json;

// Objects whose names are data: only what stands behind the names is compared.
bool is_map(const std::string& name) {
    static const std::set<std::string> kMaps = {"values",      "states",    "categories", "read",
                                                "escalations", "decisions", "agencies",   "facts"};
    return kMaps.contains(name);
}

std::string kind(const json::value& value) {
    if (value.is_string()) return "text";
    if (value.is_bool()) return "truth";
    if (value.is_int64() || value.is_uint64()) return "number";
    if (value.is_array()) return "list";
    if (value.is_object()) return "object";
    return "null";
}

std::string names(const json::object& object) {
    std::string text;
    for (const auto& member : object) text += std::string(member.key()) + " ";
    return text;
}

// What of `printed` is not as `documented`; "" where all is. Nulls and empty lists say nothing.
std::string difference(const json::value& documented, const json::value& printed,
                       const std::string& path, const std::string& name) {
    if (documented.is_null() || printed.is_null()) return "";
    // What a decision gives and who gave it: one or a list.
    if (name == "value" || name == "rule") return "";
    if (kind(documented) != kind(printed))
        return path + " is " + kind(printed) + ", documented as " + kind(documented) + "\n";
    std::string found;
    if (printed.is_array() && !documented.get_array().empty()) {
        for (const auto& element : printed.get_array())
            found += difference(documented.get_array()[0], element, path + "[]", "");
        return found;
    }
    if (!printed.is_object() || documented.get_object().empty()) return found;
    const auto& wanted = documented.get_object();
    const auto& got = printed.get_object();
    if (is_map(name)) {
        for (const auto& member : got)
            found += difference(wanted.begin()->value(), member.value(), path + ".*", "");
        return found;
    }
    if (names(wanted) != names(got))
        return path + " has " + names(got) + "; documented are " + names(wanted) + "\n";
    for (const auto& member : got)
        found += difference(wanted.at(member.key()), member.value(),
                            path + "." + std::string(member.key()), std::string(member.key()));
    return found;
}

// A played quarter, so that cases have lived; a report to decide; a broken rule file.
void furnish(Sandbox& sandbox) {
    for (const auto* command :
         {"head -12 examples/laporan/kaltim-2026.jsonl > laporan.jsonl",
          "pintu run --clock virtual --until 2026-03-31 --intake laporan.jsonl --office "
          "examples/kantor/kaltim-2026.yaml > /dev/null 2>&1",
          "printf '{\"isi\":\"Jalan berlubang\",\"place\":{\"region\":\"64.09.01\"}}' > "
          "laporan.json",
          "mkdir salah && cp -r rules workflows salah && printf 'putuskan x : !\\n' > "
          "salah/rules/64.09-penajam-paser-utara/salah.rules"})
        ASSERT_EQ(sandbox.run(command).exit, 0) << command;
    // Gives the oldest case the name <ID1>.
    ASSERT_NE(sandbox.run("pintu -o csv case list --limit 1").output.find("<ID1>"),
              std::string::npos);
}

std::string page() {
    return read_file(std::string(PINTU_SOURCE_DIR) + "/docs/json.md");
}

TEST(JsonContract, every_example_of_the_page_is_what_its_command_prints) {
    const std::string text = page();
    Sandbox sandbox(PINTU_BINARY);
    furnish(sandbox);
    static const std::regex kExample("From\\s`(pintu[^`]*)`:\n\n```json\n([^\n]*)\n```");
    std::size_t examples = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), kExample), end; it != end; ++it) {
        const std::string command = (*it)[1];
        const auto documented = json::parse((*it)[2].str());
        const auto ran = sandbox.run(command + " 2> /dev/null");
        std::istringstream lines(ran.output);
        std::size_t printed = 0;
        for (std::string line; std::getline(lines, line); ++printed) {
            json::error_code error;
            const auto value = json::parse(line, error);
            ASSERT_FALSE(error) << command << "\n" << line.substr(0, 500);
            const auto found = difference(documented, value, "", "");
            EXPECT_EQ(found, "") << command;
        }
        EXPECT_GT(printed, 0U) << command;
        ++examples;
    }
    EXPECT_GE(examples, 17U);
}

TEST(JsonContract, csv_has_the_columns_of_the_page) {
    const std::string text = page();
    Sandbox sandbox(PINTU_BINARY);
    furnish(sandbox);
    static const std::regex kRow("\\| `(pintu -o csv[^`]*)` \\| `([a-z_,]*)` \\|");
    std::size_t rows = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), kRow), end; it != end; ++it, ++rows) {
        const auto printed = sandbox.run((*it)[1].str() + " 2> /dev/null").output;
        EXPECT_EQ(printed.substr(0, printed.find('\n')), (*it)[2].str() + "\r") << (*it)[1];
        EXPECT_GT(std::count(printed.begin(), printed.end(), '\n'), 1) << (*it)[1];
    }
    EXPECT_EQ(rows, 6U);
}

TEST(JsonContract, sarif_is_as_editors_read_it) {
    Sandbox sandbox(PINTU_BINARY);
    furnish(sandbox);
    const auto ran = sandbox.run("pintu -o sarif check salah 2> /dev/null");
    EXPECT_EQ(ran.exit, 1);
    const auto log = json::parse(ran.output);
    EXPECT_EQ(log.at("version").as_string(), "2.1.0");
    const auto& run = log.at("runs").at(0);
    EXPECT_EQ(run.at("tool").at("driver").at("name").as_string(), "pintu");
    ASSERT_FALSE(run.at("results").as_array().empty());
    const auto& result = run.at("results").at(0);
    EXPECT_EQ(result.at("level").as_string(), "error");
    EXPECT_FALSE(result.at("message").at("text").as_string().empty());
    const auto& place = result.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation").at("uri").as_string(),
              "rules/64.09-penajam-paser-utara/salah.rules");
    EXPECT_GE(place.at("region").at("startLine").as_int64(), 1);
}

}  // namespace
}  // namespace pintu::testing
