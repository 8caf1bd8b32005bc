#include "split.hpp"

#include <array>

namespace sms {
namespace {

constexpr std::string_view kTwice = "^{}\\[~]|";  // and the euro sign: an escape and a letter
constexpr std::string_view kNotInGsm = "`";
constexpr std::string_view kEllipsis = "...";

// What GSM 03.38 has beyond ASCII.
constexpr std::array<std::string_view, 37> kBeyondAscii = {
    "\u00a3", "\u00a5", "\u00e8", "\u00e9", "\u00f9", "\u00ec", "\u00f2", "\u00c7",
    "\u00d8", "\u00f8", "\u00c5", "\u00e5", "\u0394", "\u03a6", "\u0393", "\u039b",
    "\u03a9", "\u03a0", "\u03a8", "\u03a3", "\u0398", "\u039e", "\u00c6", "\u00e6",
    "\u00df", "\u00c9", "\u00a4", "\u00a1", "\u00c4", "\u00d6", "\u00d1", "\u00dc",
    "\u00a7", "\u00bf", "\u00e4", "\u00f6", "\u00f1"};
constexpr std::array<std::string_view, 2> kBeyondAsciiToo = {"\u00fc", "\u00e0"};

std::size_t length_at(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return std::min(length, text.size() - at);
}

template <class List>
bool holds(const List& list, std::string_view character) {
    for (const auto& each : list)
        if (each == character) return true;
    return false;
}

// Septets of a character; 0: GSM 03.38 has it not.
std::size_t septets(std::string_view character) {
    if (character == "\u20ac") return 2;
    if (character.size() > 1)
        return holds(kBeyondAscii, character) || holds(kBeyondAsciiToo, character) ? 1 : 0;
    const char c = character[0];
    if (kTwice.find(c) != std::string_view::npos) return 2;
    const bool control = (c < ' ' && c != '\n' && c != '\r') || c == 0x7f;
    return control || kNotInGsm.find(c) != std::string_view::npos ? 0 : 1;
}

// What a character takes of a piece: septets, or units of UTF-16.
std::size_t cost(std::string_view character, bool unicode) {
    if (!unicode) return septets(character);
    return character.size() == 4 ? 2 : 1;
}

bool needs_unicode(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); at += length_at(text, at))
        if (septets(text.substr(at, length_at(text, at))) == 0) return true;
    return false;
}

std::vector<std::string> filled(std::string_view text, bool unicode, std::size_t room) {
    std::vector<std::string> pieces(1);
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto character = text.substr(at, length_at(text, at));
        const std::size_t more = cost(character, unicode);
        if (used + more > room) {
            pieces.emplace_back();
            used = 0;
        }
        pieces.back() += character;
        used += more;
        at += character.size();
    }
    return pieces;
}

void shorten(std::string& last, bool unicode, std::size_t room) {
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < last.size()) {
        const auto character = std::string_view(last).substr(at, length_at(last, at));
        if (used + cost(character, unicode) + kEllipsis.size() > room) break;
        used += cost(character, unicode);
        at += character.size();
    }
    last = last.substr(0, at) + std::string(kEllipsis);
}

}  // namespace

Pieces split(std::string_view text, std::size_t most_parts) {
    Pieces pieces;
    pieces.unicode = needs_unicode(text);
    pieces.texts = filled(text, pieces.unicode, pieces.unicode ? 70 : 160);
    if (pieces.texts.size() == 1) return pieces;
    const std::size_t room = pieces.unicode ? 67 : 153;
    pieces.texts = filled(text, pieces.unicode, room);
    if (pieces.texts.size() <= most_parts) return pieces;
    pieces.shortened = true;
    pieces.texts.resize(most_parts);
    shorten(pieces.texts.back(), pieces.unicode, room);
    return pieces;
}

std::string header_of(std::uint8_t reference, std::size_t total, std::size_t number) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string text = "050003";
    for (const std::size_t byte : {std::size_t{reference}, total, number}) {
        text += kHex[byte >> 4 & 15];
        text += kHex[byte & 15];
    }
    return text;
}

}  // namespace sms
