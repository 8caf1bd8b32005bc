#include <algorithm>
#include <charconv>

#include "engine/cases/decide/steps.hpp"

namespace pintu::cases {
namespace {

std::optional<std::int64_t> integer(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

}  // namespace

bool is_value_of(const registry::Field& field, const bundle::Bundle& bundle,
                 const std::string& value) {
    using Type = registry::Field::Type;
    switch (field.type) {
        case Type::text: return !value.empty();
        case Type::category: return bundle.categories->find(value) >= 0;
        case Type::region: return bundle.regions->find(value) >= 0;
        case Type::yesno: return value == "yes" || value == "no";
        case Type::enumeration:
            return std::find(field.members.begin(), field.members.end(), value) !=
                   field.members.end();
        case Type::range: {
            const auto number = integer(value);
            return number && *number >= field.low && *number <= field.high;
        }
    }
    return false;
}

std::string values_of(const registry::Field& field) {
    using Type = registry::Field::Type;
    switch (field.type) {
        case Type::text: return "text";
        case Type::category: return "categories.csv";
        case Type::region: return "regions.csv";
        case Type::yesno: return "yes, no";
        case Type::enumeration: return joined(field.members);
        case Type::range: return std::to_string(field.low) + ".." + std::to_string(field.high);
    }
    return "";
}

}  // namespace pintu::cases
