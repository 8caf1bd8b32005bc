// The house keeps its walls: who may include whom (docs/architecture.md, from design.md section 1),
// and which folder alone may see a library.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace pintu {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

struct Include {
    std::string file;
    std::string what;
    bool ours = false;
};

std::vector<std::string> source_files(const std::string& folder) {
    std::vector<std::string> files;
    const fs::path root(PINTU_SOURCE_DIR);
    if (!fs::exists(root / folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
        const auto extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".hpp" || extension == ".h")
            files.push_back(fs::relative(entry.path(), root).generic_string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Include> includes_below(const std::string& folder) {
    static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> found;
    for (const auto& file : source_files(folder)) {
        std::istringstream lines(testing::read_file(std::string(PINTU_SOURCE_DIR) + "/" + file));
        for (std::string line; std::getline(lines, line);) {
            std::smatch match;
            if (std::regex_search(line, match, kInclude))
                found.push_back({file, match[2], match[1] == "\""});
        }
    }
    return found;
}

// The first two components, or three below adapters/store: the room.
std::string room_of(const std::string& path) {
    std::string room;
    int parts = 0;
    for (const char c : path) {
        if (c == '/' && ++parts == 2) break;
        room += c;
    }
    return room;
}

// Straight from the table; "what a room may include it may include through others".
const std::map<std::string, Names>& allowed() {
    static const Names kBundle = {"engine/text",     "engine/yaml",  "engine/calendar",
                                  "engine/registry", "engine/rules", "engine/workflow"};
    static const auto with = [](Names names, const Names& more) {
        names.insert(more.begin(), more.end());
        return names;
    };
    static const Names kCases = with(kBundle, {"engine/bundle"});
    static const std::map<std::string, Names> kAllowed = {
        {"engine/base", {}},
        {"engine/messages", {}},
        {"engine/text", {}},
        {"engine/yaml", {}},
        {"engine/calendar", {"engine/yaml"}},
        {"engine/registry", {"engine/yaml", "engine/calendar"}},
        {"engine/rules", {"engine/text", "engine/registry", "engine/calendar", "engine/yaml"}},
        {"engine/workflow",
         {"engine/yaml", "engine/calendar", "engine/registry", "engine/rules", "engine/text"}},
        {"engine/bundle", kBundle},
        {"engine/cases", kCases},
        {"engine/history", with(kCases, {"engine/cases"})},
        {"engine/replay", with(kCases, {"engine/cases", "engine/history"})},
        {"engine/ports", with(kCases, {"engine/cases"})},
    };
    return kAllowed;
}

TEST(Architecture, engine_rooms_include_only_what_the_table_allows) {
    std::string broken;
    std::size_t looked_at = 0;
    for (const auto& include : includes_below("engine")) {
        const std::string from = room_of(include.file);
        const std::string to = room_of(include.what);
        if (!include.ours || from == to || from == "engine/runtime") continue;
        ++looked_at;
        if (to == "engine/base" || to == "engine/messages") continue;
        const auto it = allowed().find(from);
        if (it == allowed().end() || !it->second.contains(to))
            broken += include.file + " includes " + include.what + "\n";
    }
    EXPECT_EQ(broken, "");
    EXPECT_GT(looked_at, 20U);
}

TEST(Architecture, runtime_is_the_only_engine_room_that_calls_ports) {
    std::string broken;
    for (const auto& include : includes_below("engine")) {
        const std::string from = room_of(include.file);
        if (room_of(include.what) == "engine/ports" && from != "engine/ports" &&
            from != "engine/runtime")
            broken += include.file + " includes " + include.what + "\n";
    }
    EXPECT_EQ(broken, "");
}

TEST(Architecture, applying_an_event_sees_only_events_and_states) {
    std::string broken;
    for (const auto& include : includes_below("engine/cases/apply"))
        if (include.ours && room_of(include.what) == "engine/cases" &&
            include.what.rfind("engine/cases/event/", 0) != 0 &&
            include.what.rfind("engine/cases/state/", 0) != 0 &&
            include.what.rfind("engine/cases/apply/", 0) != 0)
            broken += include.file + " includes " + include.what + "\n";
    EXPECT_EQ(broken, "");
}

TEST(Architecture, adapters_know_the_engine_and_wire_but_not_one_another) {
    std::string broken;
    for (const auto& include : includes_below("adapters")) {
        const std::string from = room_of(include.file);
        const std::string to = room_of(include.what);
        if (!include.ours || from == to || from == "adapters/cli") continue;
        const bool host = from == "adapters/plugged" && to == "plugins/host";
        if (to.rfind("engine/", 0) != 0 && to != "adapters/wire" && !host)
            broken += include.file + " includes " + include.what + "\n";
    }
    EXPECT_EQ(broken, "");
}

TEST(Architecture, plugins_know_the_contract_and_never_the_engine) {
    static const Names kHost = {"plugins/abi", "engine/base", "engine/yaml", "engine/ports",
                                "engine/messages"};
    std::string broken;
    for (const auto& include : includes_below("plugins")) {
        const std::string from = room_of(include.file);
        const std::string to = room_of(include.what);
        if (!include.ours || from == to) continue;
        const bool allowed_here =
            from == "plugins/host"
                ? kHost.contains(to)
                : from != "plugins/abi" && (to == "plugins/abi" || to == "plugins/sdk");
        const bool beside = include.what.find('/') == std::string::npos;  // of its own folder
        if (!allowed_here && !(beside && from == "plugins/bundled"))
            broken += include.file + " includes " + include.what + "\n";
    }
    EXPECT_EQ(broken, "");
}

TEST(Architecture, each_library_stays_behind_its_wall) {
    const std::vector<std::pair<std::regex, std::string>> walls = {
        {std::regex("^boost/(spirit|fusion)"), "engine/rules/syntax/"},
        {std::regex("^boost/graph"), "engine/workflow/graph/"},
        {std::regex("^yaml-cpp"), "engine/yaml/"},
        {std::regex("^(unicode/|libstemmer)"), "engine/text/"},
        {std::regex("^openssl"), "engine/base/hash.cpp"},
        {std::regex("^(soci|sqlite3|libpq)"), "adapters/store/"},
        {std::regex("^spdlog"), "adapters/log/"},
        {std::regex("^CLI/"), "adapters/cli/"},
        {std::regex("^boost/(asio|beast)"), "adapters/http/"},
        {std::regex("^curl/"), "adapters/http/"},
        {std::regex("^boost/dll"), "plugins/host/"},
        {std::regex("^boost/json"), "adapters/"},
    };
    std::string broken;
    for (const auto& folder : {"engine", "adapters"})
        for (const auto& include : includes_below(folder))
            for (const auto& [library, home] : walls)
                if (!include.ours && std::regex_search(include.what, library) &&
                    include.file.rfind(home, 0) != 0)
                    broken += include.file + " includes <" + include.what + ">\n";
    EXPECT_EQ(broken, "");
}

TEST(Architecture, heavy_headers_never_leave_in_a_header) {
    static const std::regex kHeavy(
        "^(boost/(spirit|graph|json|beast)|curl/|yaml-cpp|unicode|soci|sqlite3|libpq|spdlog|CLI/"
        "|libstemmer)");
    std::string broken;
    for (const auto& folder : {"engine", "adapters"})
        for (const auto& include : includes_below(folder))
            if (!include.ours && include.file.ends_with(".hpp") &&
                std::regex_search(include.what, kHeavy) && include.what != "boost/json/fwd.hpp")
                broken += include.file + " includes <" + include.what + ">\n";
    EXPECT_EQ(broken, "");
}

}  // namespace
}  // namespace pintu
