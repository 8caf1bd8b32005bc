#include "adapters/http/target.hpp"

#include <algorithm>

#include "engine/base/utf8.hpp"

namespace pintu::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"})
        if (target.starts_with(scheme)) {
            const auto slash = target.find('/', scheme.size());
            target = slash == std::string_view::npos ? "/" : target.substr(slash);
        }
    if (!target.starts_with('/')) return std::nullopt;
    const auto mark = target.find('?');
    auto path = percent_decoded(target.substr(0, mark));
    if (!path || first_invalid_utf8(*path) || first_invalid_utf8(target) ||
        std::any_of(path->begin(), path->end(), is_control))
        return std::nullopt;
    Target parsed;
    parsed.path = std::move(*path);
    if (mark != std::string_view::npos) parsed.query = target.substr(mark + 1);
    return parsed;
}

}  // namespace pintu::http
