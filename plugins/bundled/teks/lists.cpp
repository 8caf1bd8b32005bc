#include "lists.hpp"

namespace teks {

std::map<std::string, std::vector<std::string>> sections_of(std::string_view file) {
    std::map<std::string, std::vector<std::string>> sections;
    std::string section;
    while (!file.empty()) {
        const std::string_view line = file.substr(0, file.find('\n'));
        file.remove_prefix(std::min(file.size(), line.size() + 1));
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[')
            section = line.substr(1, line.size() - 2);
        else
            sections[section].emplace_back(line);
    }
    return sections;
}

Words words_in(std::string_view file, const std::string& section) {
    const auto sections = sections_of(file);
    const auto found = sections.find(section);
    return found == sections.end() ? Words() : Words(found->second.begin(), found->second.end());
}

}  // namespace teks
