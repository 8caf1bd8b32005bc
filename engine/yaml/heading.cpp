#include "engine/yaml/parse.hpp"

namespace pintu::yaml {

std::optional<Heading> read_heading(const Node& document, Diagnostics& diagnostics) {
    if (!document.is_map() || document.entries.empty()) {
        diagnostics.error("YA019", document.span);
        return std::nullopt;
    }
    const Entry& first = document.entries.front();
    Heading heading{first.key, first.value.is_scalar() ? first.value.text : first.key,
                    first.key_span};
    const Entry* end = document.find_entry("end");
    if (end == nullptr || !end->value.is_scalar()) {
        const Span last = end == nullptr ? document.entries.back().key_span : end->key_span;
        diagnostics.error("YA020", last, heading.name);
        return std::nullopt;
    }
    if (end->value.text != heading.name) {
        diagnostics.error("YA021", end->value.span, end->value.text, heading.name);
        return std::nullopt;
    }
    if (end != &document.entries.back()) {
        diagnostics.error("YA022", document.entries.back().key_span, document.entries.back().key);
        return std::nullopt;
    }
    return heading;
}

}  // namespace pintu::yaml
