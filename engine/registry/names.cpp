#include "engine/registry/names.hpp"

#include <algorithm>

namespace pintu::registry {
namespace {

bool lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

bool is_name(std::string_view text) {
    if (text.empty() || text.size() > 64 || digit(text[0])) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return lower(c) || digit(c) || c == '_'; });
}

bool is_category_path(std::string_view text) {
    for (;;) {
        const auto slash = text.find('/');
        if (!is_name(text.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

bool is_region_code(std::string_view text) {
    constexpr std::string_view kShape = "00.00.00.0000";
    if (text.size() != 2 && text.size() != 5 && text.size() != 8 && text.size() != 13) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (kShape[i] == '.' ? text[i] != '.' : !digit(text[i])) return false;
    return true;
}

bool is_person_id(std::string_view text) {
    if (text.empty() || text.size() > 32) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return lower(c) || digit(c) || c == '-'; });
}

}  // namespace pintu::registry
