#include "engine/yaml/screen.hpp"

#include <algorithm>

#include "engine/base/utf8.hpp"
#include "engine/yaml/parse.hpp"

namespace pintu::yaml {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

bool is_blank(std::string_view text) {
    bool comment = false;
    for (const char c : text) {
        if (c == '\n') comment = false;
        if (c == '#') comment = true;
        if (!comment && c != ' ' && c != '\n' && c != '\r' && c != '\t') return false;
    }
    return true;
}

}  // namespace

bool fit_to_parse(const Source& source, Diagnostics& diagnostics) {
    const std::string_view text = source.text();
    const auto refuse = [&](const char* code, std::size_t at) {
        diagnostics.error(code, source.span(at, at + 1));
        return false;
    };
    if (text.size() > kMostBytes) {
        diagnostics.error("YA005", source.span(0, 0), std::to_string(text.size() / 1024),
                          std::to_string(kMostBytes / 1024));
        return false;
    }
    if (text.substr(0, 3) == "\xEF\xBB\xBF") return refuse("YA003", 0);
    const auto control = std::find_if(text.begin(), text.end(), is_control);
    if (control != text.end())
        return refuse("YA004", static_cast<std::size_t>(control - text.begin()));
    if (const auto bad = first_invalid_utf8(text)) return refuse("YA002", *bad);
    if (const auto tab = text.find('\t'); tab != std::string_view::npos)
        return refuse("YA006", tab);
    if (is_blank(text)) return refuse("YA001", 0);
    return true;
}

}  // namespace pintu::yaml
