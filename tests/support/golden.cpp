#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "engine/messages/messages.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> cases_of(const fs::path& folder, const std::string& suffix) {
    std::vector<fs::path> paths;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        const bool fits = name.size() > suffix.size() &&
                          name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
        if (fits) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

const char* word(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "";
}

}  // namespace

void check_golden(const std::string& folder, const std::string& suffix, const Answer& answer) {
    const auto paths = cases_of(fs::path(PINTU_SOURCE_DIR) / "tests/golden" / folder, suffix);
    EXPECT_FALSE(paths.empty()) << "no case in tests/golden/" << folder;
    const char* rewrite = std::getenv("PINTU_REWRITE");
    for (const auto& path : paths) {
        const std::string name = path.filename().string();
        const std::string actual = answer(name, read_file(path.string()));
        const std::string expected = path.string() + ".expected";
        if (rewrite != nullptr && *rewrite == '1')
            write_file(expected, actual);
        else
            EXPECT_EQ(actual, read_file(expected)) << "tests/golden/" << folder << "/" << name;
    }
}

std::string rendered(const Diagnostics& diagnostics, const SourceSet& sources) {
    std::string text;
    for (const auto& d : diagnostics.sorted()) {
        if (const Source* source = sources.find(d.span.file)) {
            const Position at = source->position(d.span.begin);
            text += source->name() + ":" + std::to_string(at.line) + ":" +
                    std::to_string(at.column) + ": ";
        }
        const auto en = messages::render(d, messages::Language::english);
        const auto id = messages::render(d, messages::Language::indonesian);
        text += std::string(word(d.severity)) + "[" + d.code + "]: " + en.message + "\n  " +
                en.hint + "\n  " + id.message + "\n  " + id.hint + "\n";
    }
    return text.empty() ? "no diagnostics\n" : text;
}

}  // namespace pintu::testing
