// Style is a test: what the pure rooms may not do, how long a function may be, and that every
// message has its words.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"

namespace pintu {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const std::string& folder, const std::string& extensions) {
    std::vector<std::string> files;
    const fs::path root(PINTU_SOURCE_DIR);
    if (!fs::exists(root / folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.is_regular_file() &&
            extensions.find(entry.path().extension().string() + " ") != std::string::npos)
            files.push_back(fs::relative(entry.path(), root).generic_string());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> lines_of(const std::string& file) {
    std::istringstream in(testing::read_file(std::string(PINTU_SOURCE_DIR) + "/" + file));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

std::string without_comment(const std::string& line) {
    return line.substr(0, line.find("//"));
}

TEST(Style, pure_rooms_touch_no_clock_no_chance_and_no_outside_world) {
    const std::regex banned(
        R"(\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime|localtime|)"
        R"(random_device|mt19937|rand\(|getenv|ifstream|ofstream|fopen|std::cout|std::cerr|printf\(|)"
        R"(std::thread|std::async|sleep_for|usleep|std::hash<|setlocale|strftime|std::tm)\b)");
    std::string broken;
    for (const auto& file : files_below("engine", ".cpp .hpp ")) {
        const auto lines = lines_of(file);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::string code = without_comment(lines[i]);
            const bool formats = code.find("snprintf") != std::string::npos;
            const bool own_id = file == "engine/base/ids.hpp";
            if (!formats && !own_id && std::regex_search(code, banned))
                broken += file + ":" + std::to_string(i + 1) + ": " + lines[i] + "\n";
        }
    }
    EXPECT_EQ(broken, "");
}

TEST(Style, rules_and_cases_decide_without_floating_point) {
    const std::regex floating(R"(\b(float|double|stod|strtod)\b)");
    std::string broken;
    for (const auto* room : {"engine/rules", "engine/cases", "engine/calendar", "engine/history"})
        for (const auto& file : files_below(room, ".cpp .hpp ")) {
            const auto lines = lines_of(file);
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (std::regex_search(without_comment(lines[i]), floating))
                    broken += file + ":" + std::to_string(i + 1) + ": " + lines[i] + "\n";
        }
    EXPECT_EQ(broken, "");
}

// A function body is what stands between a line that ends in "{" at the indentation of a namespace
// or class member and the "}" at the same indentation.
TEST(Style, no_function_is_longer_than_seventy_lines) {
    static const std::regex kOpens(
        R"(^( {0,4})([A-Za-z~\[].*[)\w>] ?(const|noexcept|override)? *)\{$)");
    static const std::regex kNoFunction(
        R"(^\s*(namespace|class|struct|enum|union|extern|switch)\b)");
    std::string broken;
    for (const auto* folder : {"engine", "adapters", "plugins"})
        for (const auto& file : files_below(folder, ".cpp .hpp ")) {
            if (file.rfind("engine/messages/", 0) == 0) continue;  // tables of words
            const auto lines = lines_of(file);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                std::smatch match;
                if (!std::regex_match(lines[i], match, kOpens) ||
                    std::regex_search(lines[i], kNoFunction) ||
                    lines[i].find("(") == std::string::npos)
                    continue;
                std::size_t end = i + 1;
                while (end < lines.size() && lines[end].rfind(match[1].str() + "}", 0) != 0) ++end;
                if (end - i > 70)
                    broken += file + ":" + std::to_string(i + 1) + ": " + std::to_string(end - i) +
                              " lines\n";
            }
        }
    EXPECT_EQ(broken, "");
}

TEST(Style, no_line_of_our_code_is_left_for_later) {
    const std::regex later(R"(\b(TODO|FIXME|XXX|HACK)\b)");
    std::string broken;
    for (const auto* folder : {"engine", "adapters", "plugins", "tests/unit", "tests/support"})
        for (const auto& file : files_below(folder, ".cpp .hpp .h ")) {
            const auto lines = lines_of(file);
            for (std::size_t i = 0; i < lines.size(); ++i)
                if (std::regex_search(lines[i], later))
                    broken += file + ":" + std::to_string(i + 1) + "\n";
        }
    EXPECT_EQ(broken, "");
}

TEST(Style, every_unit_test_mirrors_a_room_that_exists) {
    std::string orphans;
    for (const auto& file : files_below("tests/unit", ".cpp ")) {
        const std::string folder = fs::path(file).parent_path().generic_string().substr(11);
        if (!fs::is_directory(fs::path(PINTU_SOURCE_DIR) / folder)) orphans += file + "\n";
    }
    EXPECT_EQ(orphans, "");
}

// Two types of one name in one namespace are one type to the linker, which then takes one for the
// other and crashes far away.
TEST(Style, no_two_types_of_a_room_have_the_same_name) {
    static const std::regex kType(R"(^(?:struct|class|enum class) (\w+)( final)?( : [^;]*)? \{.*)");
    static const std::regex kNamespace(R"(^namespace (pintu[:\w]*) \{)");
    std::map<std::string, std::string> seen;
    std::string broken;
    for (const auto* folder : {"engine", "adapters"})
        for (const auto& file : files_below(folder, ".cpp .hpp ")) {
            std::string room;
            bool anonymous = false;
            for (const auto& line : lines_of(file)) {
                std::smatch match;
                if (line == "namespace {") anonymous = true;
                if (line == "}  // namespace") anonymous = false;
                if (std::regex_search(line, match, kNamespace)) room = match[1];
                if (anonymous || !std::regex_match(line, match, kType)) continue;
                const auto [it, fresh] = seen.emplace(room + "::" + match[1].str(), file);
                if (!fresh) broken += it->first + " in " + it->second + " and " + file + "\n";
            }
        }
    EXPECT_EQ(broken, "");
}

// The README's map is true: it names every folder at the top, and none that is not there.
TEST(Style, the_map_of_the_readme_names_every_folder_and_no_other) {
    static const std::regex kRow(R"(\n\| `([a-z]+)/` \|)");
    const fs::path root(PINTU_SOURCE_DIR);
    const std::string readme = testing::read_file((root / "README.md").string());
    std::set<std::string> mapped;
    for (std::sregex_iterator it(readme.begin(), readme.end(), kRow), end; it != end; ++it)
        mapped.insert((*it)[1]);
    const std::set<std::string> not_ours = {"build", "var", "cmake"};
    std::set<std::string> there;
    for (const auto& entry : fs::directory_iterator(root)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_directory() && name[0] != '.' && !not_ours.contains(name)) there.insert(name);
    }
    EXPECT_EQ(mapped, there);
}

TEST(Messages, every_code_has_words_and_a_mend_in_both_languages) {
    std::string broken;
    std::string last;
    for (const auto* entry : messages::all()) {
        const std::string code(entry->code);
        if (code == last) broken += code + " stands twice\n";
        last = code;
        for (const auto* words : {&entry->id, &entry->en})
            if (words->message.empty()) broken += code + " has no message\n";
        if (entry->id.hint.empty() != entry->en.hint.empty())
            broken += code + " has a hint in one language only\n";
        for (char digit = '0'; digit <= '9'; ++digit) {
            const std::string placeholder = std::string("{") + digit + "}";
            const auto used = [&](const messages::Wording& w) {
                return (std::string(w.message) + std::string(w.hint)).find(placeholder) !=
                       std::string::npos;
            };
            if (used(entry->id) != used(entry->en))
                broken += code + " uses " + placeholder + " in one language only\n";
        }
    }
    EXPECT_EQ(broken, "");
    EXPECT_GT(messages::all().size(), 50U);
}

// A code that the sources raise must be in the catalogue, and the other way round.
TEST(Messages, codes_in_the_sources_and_in_the_catalogue_are_the_same) {
    static const std::regex kCode("\"((BA|YA|CA|RG|RU|WF|BU|CS|HI|RT|IN|ST|ND|PL|DL|HT|EV|BL|CL)[0-9]{3})\"");
    std::set<std::string> raised;
    for (const auto* folder : {"engine", "adapters", "plugins"})
        for (const auto& file : files_below(folder, ".cpp .hpp ")) {
            if (file.rfind("engine/messages/", 0) == 0) continue;
            const std::string text = testing::read_file(std::string(PINTU_SOURCE_DIR) + "/" + file);
            for (std::sregex_iterator it(text.begin(), text.end(), kCode), end; it != end; ++it)
                raised.insert((*it)[1]);
        }
    std::string broken;
    for (const auto& code : raised)
        if (messages::find(code) == nullptr) broken += code + " has no words\n";
    for (const auto* entry : messages::all())
        if (!raised.contains(std::string(entry->code)))
            broken += std::string(entry->code) + " is raised nowhere\n";
    EXPECT_EQ(broken, "");
}

}  // namespace
}  // namespace pintu
