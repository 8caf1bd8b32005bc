#include "tests/support/definitions.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;
using bundle::DefinitionFile;
using bundle::Definitions;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool directive(const std::string& line) {
    return line.rfind("=== ", 0) == 0 || line.rfind("--- ", 0) == 0 || line.rfind("*** ", 0) == 0;
}

std::string replace_in(DefinitionFile* file, const std::string& old, const std::string& fresh) {
    if (file == nullptr) return "no such file";
    const auto at = file->bytes.find(old);
    if (at == std::string::npos) return "no such text: " + old;
    file->bytes.replace(at, old.size(), fresh);
    return "";
}

}  // namespace

Definitions fixture(const std::string& name) {
    const fs::path root = fs::path(PINTU_SOURCE_DIR) / "tests/fixtures" / name;
    Definitions definitions;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            put_file(definitions, fs::relative(entry.path(), root).generic_string(),
                     read_file(entry.path().string()));
    for (const auto& zone : bundle::zones_named(definitions))
        put_file(definitions, "zoneinfo/" + zone, read_file("/usr/share/zoneinfo/" + zone));
    return definitions;
}

DefinitionFile* find_file(Definitions& definitions, const std::string& path) {
    for (auto& file : definitions.files)
        if (file.path == path) return &file;
    return nullptr;
}

void put_file(Definitions& definitions, const std::string& path, std::string bytes) {
    if (auto* known = find_file(definitions, path)) {
        known->bytes = std::move(bytes);
        return;
    }
    auto& files = definitions.files;
    const auto place =
        std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path > path; });
    files.insert(place, {path, std::move(bytes)});
}

void remove_file(Definitions& definitions, const std::string& path) {
    auto& files = definitions.files;
    files.erase(std::remove_if(files.begin(), files.end(),
                               [&](const auto& file) { return file.path == path; }),
                files.end());
}

std::string change(Definitions& definitions, const std::string& changes) {
    const auto lines = lines_of(changes);
    for (std::size_t i = 0; i < lines.size();) {
        const std::string path = lines[i].size() > 4 ? lines[i].substr(4) : "";
        const char kind = lines[i].empty() ? ' ' : lines[i][0];
        std::vector<std::string> body;
        for (++i; i < lines.size() && !directive(lines[i]); ++i) body.push_back(lines[i]);
        if (kind == '=') {
            std::string text;
            for (const auto& line : body) text += line + "\n";
            put_file(definitions, path, text);
        } else if (kind == '-') {
            if (find_file(definitions, path) == nullptr) return path + ": no such file\n";
            remove_file(definitions, path);
        } else if (kind == '*' && body.size() == 2) {
            const auto failed = replace_in(find_file(definitions, path), body[0], body[1]);
            if (!failed.empty()) return path + ": " + failed + "\n";
        } else {
            return "no change: " + path + "\n";
        }
    }
    return "";
}

}  // namespace pintu::testing
