#include <algorithm>
#include <array>

#include "engine/messages/tables.hpp"

namespace pintu::messages {
namespace {

std::vector<const Entry*> joined() {
    std::vector<const Entry*> entries;
    for (const auto table :
         {base_table(),         yaml_table(),        calendar_table(),      registry_table(),
          rules_syntax_table(), rules_check_table(), rules_analyse_table(), workflow_table(),
          bundle_table(),       cases_table(),       history_table(),       runtime_table(),
          intake_table(),       store_table(),       node_table(),          plugins_table(),
          delivery_table(),     http_table(),        evidence_table(),      cli_table()})
        for (const auto& entry : table) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->code < b->code; });
    return entries;
}

const std::vector<const Entry*>& catalogue() {
    static const std::vector<const Entry*> entries = joined();
    return entries;
}

std::string fill(std::string_view words, const std::vector<std::string>& args) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool placeholder = words[i] == '{' && i + 2 < words.size() && words[i + 2] == '}' &&
                                 words[i + 1] >= '0' && words[i + 1] <= '9';
        if (!placeholder) {
            text += words[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(words[i + 1] - '0');
        if (index < args.size()) text += args[index];
        i += 2;
    }
    return text;
}

}  // namespace

const Entry* find(std::string_view code) {
    const auto& entries = catalogue();
    const auto it =
        std::lower_bound(entries.begin(), entries.end(), code,
                         [](const Entry* e, std::string_view c) { return e->code < c; });
    return it != entries.end() && (*it)->code == code ? *it : nullptr;
}

std::vector<const Entry*> all() {
    return catalogue();
}

Text render(std::string_view code, const std::vector<std::string>& args, Language language) {
    const Entry* entry = find(code);
    if (entry == nullptr) {
        Text text{std::string(code), {}};
        for (const auto& arg : args) text.message += " " + arg;
        return text;
    }
    const Wording& words = language == Language::english ? entry->en : entry->id;
    return {fill(words.message, args), fill(words.hint, args)};
}

}  // namespace pintu::messages
