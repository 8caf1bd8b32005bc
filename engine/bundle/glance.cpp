// What can be told of definitions without reading them: first keys, zone lines and plugins' names.
#include <algorithm>
#include <map>
#include <set>

#include "engine/bundle/bundle.hpp"
#include "engine/bundle/folders.hpp"
#include "engine/rules/syntax/scan.hpp"

namespace pintu::bundle {
namespace {

bool is_yaml(const std::string& name) {
    constexpr std::string_view kEnd = ".yaml";
    return name.size() > kEnd.size() &&
           std::string_view(name).substr(name.size() - kEnd.size()) == kEnd;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '"' || text.front() == '\''))
        text.remove_prefix(1);
    const auto end = text.find_first_of(" \"'#\r");
    return text.substr(0, end);
}

// Calls use(key, value) for each line "key: value" that is not indented.
template <class Use>
void for_top_lines(std::string_view text, Use use) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const auto colon = line.find(':');
        if (!line.empty() && line[0] != ' ' && line[0] != '#' && colon != std::string_view::npos)
            if (!use(line.substr(0, colon), trimmed(line.substr(colon + 1)))) return;
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

std::string_view first_key(std::string_view text) {
    std::string_view key;
    for_top_lines(text, [&](std::string_view found, std::string_view) {
        key = found;
        return false;
    });
    return key;
}

bool zone_name(std::string_view name) {
    const auto sound = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '_' || c == '+' || c == '-';
    };
    return !name.empty() && name.size() <= 64 && name.front() != '/' &&
           std::all_of(name.begin(), name.end(), sound);
}

// L8 by path and first key alone.
bool is_current(const DefinitionFile& file) {
    const Place place = place_of(file.path);
    if (place.room == Room::zoneinfo || place.room == Room::plugin) return true;
    if (place.room != Room::workflows || !is_yaml(place.name)) return false;
    const auto key = first_key(file.bytes);
    return key == "registry" || key == "people" || key == "calendar" || key == "messages";
}

}  // namespace

std::vector<AgencyCode> agencies(const Definitions& definitions) {
    std::set<std::string> codes;
    for (const DefinitionFile& file : definitions.files) {
        const Place place = place_of(file.path);
        if (place.room == Room::workflows && is_yaml(place.name) && is_layer_code(place.layer) &&
            first_key(file.bytes) == "registry")
            codes.insert(place.layer);
    }
    std::vector<AgencyCode> agencies;
    for (const std::string& code : codes) agencies.emplace_back(code);
    return agencies;
}

std::vector<std::string> zones_named(const Definitions& definitions) {
    std::set<std::string> zones;
    for (const DefinitionFile& file : definitions.files) {
        const Place place = place_of(file.path);
        if (place.room != Room::workflows || !is_yaml(place.name)) continue;
        for_top_lines(file.bytes, [&](std::string_view key, std::string_view value) {
            if (key == "zone" && zone_name(value)) zones.emplace(value);
            return true;
        });
    }
    return {zones.begin(), zones.end()};
}

std::vector<std::string> plugins_named(const Definitions& definitions) {
    std::set<std::string> plugins;
    SourceSet sources;
    Diagnostics told_by_load;
    for (const DefinitionFile& file : definitions.files) {
        if (place_of(file.path).room != Room::rules) continue;
        if (file.bytes.find("plugin") == std::string::npos) continue;
        const Source& source = sources.add(file.path, file.bytes);
        const auto scan = rules::syntax::scan(source, told_by_load);
        for (std::size_t i = 0; i + 1 < scan.tokens.size(); ++i)
            if (scan.tokens[i].keyword == rules::syntax::Keyword::plugin)
                plugins.insert(plugin_of(scan.tokens[i + 1].text));
    }
    return {plugins.begin(), plugins.end()};
}

std::string plugin_of(std::string_view function) {
    return std::string(function.substr(0, function.find('.')));
}

Definitions with_current(const Definitions& then, const Definitions& now) {
    Definitions mixed;
    for (const DefinitionFile& file : then.files)
        if (!is_current(file)) mixed.files.push_back(file);
    for (const DefinitionFile& file : now.files)
        if (is_current(file)) mixed.files.push_back(file);
    std::sort(mixed.files.begin(), mixed.files.end(),
              [](const DefinitionFile& a, const DefinitionFile& b) { return a.path < b.path; });
    return mixed;
}

}  // namespace pintu::bundle
