// A plugin exports one name, whoever compiled it; each liar is in the list of them.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <sstream>

#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                               ::pclose);
    std::string text;
    std::array<char, 4096> part{};
    while (pipe && std::fgets(part.data(), part.size(), pipe.get())) text += part.data();
    return text;
}

std::string exported(const fs::path& file) {
    std::istringstream lines(output_of("nm -D --defined-only '" + file.string() + "'"));
    std::string names, address, kind, name;
    while (lines >> address >> kind >> name) names += name + " ";
    return names;
}

TEST(Symbols, a_plugin_exports_its_entry_and_nothing_else) {
    std::size_t looked_at = 0;
    const fs::path bundled = fs::path(PINTU_ABI_FOLDER).parent_path().parent_path() / "plugins";
    for (const fs::path& folder :
         {fs::path(PINTU_ABI_FOLDER) / "examples", fs::path(PINTU_ABI_FOLDER) / "pelempar",
          fs::path(PINTU_ABI_FOLDER) / "foreign", bundled}) {
        if (!fs::exists(folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.path().extension() != ".so") continue;
            EXPECT_EQ(exported(entry.path()), "pintu_plugin_entry ") << entry.path();
            ++looked_at;
        }
    }
    EXPECT_GE(looked_at, 4U);
}

TEST(Symbols, the_other_compiler_built_what_it_should) {
    if (std::string(PINTU_OTHER_CXX).empty()) GTEST_SKIP() << "no other compiler here";
    const std::string comment =
        output_of("readelf -p .comment '" PINTU_ABI_FOLDER "/foreign/libpelempar.so'");
    EXPECT_NE(comment.find("clang"), std::string::npos) << comment;
}

TEST(Liars, each_is_built_and_listed) {
    std::set<std::string> listed;
    std::istringstream lines(read_file(PINTU_ABI_FOLDER "/liars/liars.txt"));
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line[0] != '#') listed.insert(line.substr(0, line.find(' ')));
    std::set<std::string> built;
    for (const auto& entry : fs::recursive_directory_iterator(PINTU_ABI_FOLDER "/liars"))
        if (entry.path().extension() == ".so") built.insert(entry.path().stem().string().substr(3));
    EXPECT_EQ(listed, built);
}

}  // namespace
}  // namespace pintu::testing
