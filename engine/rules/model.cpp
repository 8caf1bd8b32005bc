#include "engine/rules/model.hpp"

#include <algorithm>
#include <charconv>

namespace pintu::rules {

namespace {

std::string join(const std::vector<std::string>& members, const char* between) {
    std::string text;
    for (const auto& member : members) {
        if (!text.empty()) text += between;
        text += member;
    }
    return text;
}

std::string show_set(const Domain& domain, Code code) {
    std::string text = "{";
    for (std::size_t i = 0; i < domain.members.size(); ++i) {
        if ((code >> i & 1) == 0) continue;
        if (text.size() > 1) text += ", ";
        text += domain.members[i];
    }
    return text + "}";
}

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::optional<Code> read_member(const Domain& domain, std::string_view text) {
    const auto at = std::find(domain.members.begin(), domain.members.end(), text);
    if (at == domain.members.end()) return {};
    return at - domain.members.begin();
}

std::optional<Code> read_set(const Domain& domain, std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return {};
    text = trim(text.substr(1, text.size() - 2));
    Code set = 0;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto member = read_member(domain, trim(text.substr(0, comma)));
        if (!member) return {};
        set |= Code{1} << *member;
        text = comma == text.size() ? std::string_view{} : trim(text.substr(comma + 1));
    }
    return set;
}

std::optional<Code> read_integer(const Domain& domain, std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    if (value < domain.low || value > domain.high) return {};
    return value;
}

std::optional<Code> read_yesno(std::string_view text) {
    if (text == "yes" || text == "true" || text == "ya") return 1;
    if (text == "no" || text == "false" || text == "tidak") return 0;
    return {};
}

std::optional<Code> read_node(const registry::Tree* tree, std::string_view text) {
    const auto node = tree == nullptr ? -1 : tree->find(text);
    if (node < 0) return {};
    return node;
}

// Own units come before the parents' in Program::units, so the first match is L9's.
std::optional<Code> read_unit(const Program& program, std::string_view text) {
    const bool absolute = text.find('/') != std::string_view::npos;
    for (std::size_t i = 0; i < program.units.size(); ++i) {
        std::string_view id = program.units[i].id.value;
        if (!absolute) id = id.substr(id.find('/') + 1);
        if (id == text) return static_cast<Code>(i);
    }
    return {};
}

}  // namespace

std::string show_type(const Domain& domain) {
    switch (domain.kind) {
        case Domain::Kind::yesno: return "yesno";
        case Domain::Kind::category: return "category";
        case Domain::Kind::region: return "region";
        case Domain::Kind::unit: return "unit";
        case Domain::Kind::duration: return "duration";
        case Domain::Kind::text: return "text";
        case Domain::Kind::range:
            return std::to_string(domain.low) + ".." + std::to_string(domain.high);
        case Domain::Kind::set: return "set of {" + join(domain.members, ", ") + "}";
        case Domain::Kind::enumeration: break;
    }
    return "{" + join(domain.members, domain.ordered ? " < " : ", ") + "}";
}

AttributeId Program::find(std::string_view attribute) const {
    for (std::size_t i = 0; i < attributes.size(); ++i)
        if (attributes[i].name == attribute) return static_cast<AttributeId>(i);
    return kNone;
}

std::string Program::show(const Domain& domain, Code code) const {
    if (code == kUnknown) return "unknown";
    const auto index = static_cast<std::size_t>(code);
    switch (domain.kind) {
        case Domain::Kind::yesno: return code == 0 ? "no" : "yes";
        case Domain::Kind::enumeration: return domain.members[index];
        case Domain::Kind::range: return std::to_string(code);
        case Domain::Kind::category: return categories->name(code);
        case Domain::Kind::region: return regions->name(code);
        case Domain::Kind::unit: {
            const std::string& id = units[index].id.value;
            const std::string own = agency.value + "/";
            return id.starts_with(own) ? id.substr(own.size()) : id;
        }
        case Domain::Kind::duration: return calendar::to_string(duration_of(code));
        case Domain::Kind::set: return show_set(domain, code);
        case Domain::Kind::text: break;
    }
    return {};
}

std::optional<Code> Program::read(const Domain& domain, std::string_view text) const {
    if (text == "unknown") return kUnknown;
    switch (domain.kind) {
        case Domain::Kind::yesno: return read_yesno(text);
        case Domain::Kind::enumeration: return read_member(domain, text);
        case Domain::Kind::range: return read_integer(domain, text);
        case Domain::Kind::category: return read_node(categories.get(), text);
        case Domain::Kind::region: return read_node(regions.get(), text);
        case Domain::Kind::unit: return read_unit(*this, text);
        case Domain::Kind::duration:
            if (const auto duration = calendar::parse_duration(text))
                return duration_code(*duration);
            return {};
        case Domain::Kind::set: return read_set(domain, text);
        case Domain::Kind::text: break;
    }
    return {};
}

}  // namespace pintu::rules
