#include "charset.hpp"

#include <glib.h>

#include "address.hpp"

namespace surel {
namespace {

constexpr const char* kLast = "WINDOWS-1252";

std::string without_nul(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text)
        if (c != '\0') result += c;
    return result;
}

// Nothing of it where some of it cannot be read.
std::string converted(std::string_view bytes, const char* from, bool& failed) {
    gsize written = 0;
    GError* error = nullptr;
    char* text = g_convert(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8", from, nullptr,
                           &written, &error);
    failed = text == nullptr;
    if (error != nullptr) g_error_free(error);
    std::string result = failed ? "" : std::string(text, written);
    g_free(text);
    return result;
}

// Each byte a character, as ISO-8859-1 has it: what always works.
std::string byte_by_byte(std::string_view bytes) {
    std::string result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xc0 | byte >> 6);
            result += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return result;
}

// Charsets that are ASCII below 128 and have no escapes: UTF-8 in their place gives itself away.
bool is_eight_bit(const std::string& charset) {
    for (const char* prefix : {"us-ascii", "ascii", "utf-8", "utf8", "iso-8859", "latin",
                               "windows-", "cp125", "x-unknown", "unknown"})
        if (charset.rfind(prefix, 0) == 0) return true;
    return charset.empty();
}

}  // namespace

Charsets::Charsets() {
    for (const char* name :
         {kLast,          "ISO-8859-1",   "ISO-8859-2", "ISO-8859-6", "ISO-8859-15", "WINDOWS-1250",
          "WINDOWS-1251", "WINDOWS-1256", "KOI8-R",     "UTF-16",     "UTF-16LE",    "UTF-16BE",
          "UTF-7",        "UTF-32",       "GB18030",    "GB2312",     "BIG5",        "SHIFT_JIS",
          "EUC-JP",       "ISO-2022-JP",  "EUC-KR",     "US-ASCII",   "TIS-620"}) {
        const GIConv converter = g_iconv_open("UTF-8", name);
        if (converter != reinterpret_cast<GIConv>(-1)) open_.push_back(converter);
    }
}

Charsets::~Charsets() {
    for (void* converter : open_) g_iconv_close(static_cast<GIConv>(converter));
}

bool is_utf8(std::string_view bytes) {
    return g_utf8_validate(bytes.data(), static_cast<gssize>(bytes.size()), nullptr) != 0;
}

std::string to_utf8(std::string_view bytes, std::string_view charset, bool& wrong) {
    const std::string named = lower(charset);
    const std::string clean = without_nul(bytes);
    wrong = false;
    if (is_eight_bit(named) && is_utf8(clean)) return clean;
    bool failed = true;
    if (!named.empty()) {
        std::string text = converted(bytes, named.c_str(), failed);
        if (!failed) return without_nul(text);
    }
    wrong = true;
    if (is_utf8(clean)) return clean;
    std::string text = converted(clean, kLast, failed);
    return failed ? byte_by_byte(clean) : text;
}

std::string one_line(std::string_view utf8, std::size_t most_bytes) {
    std::string result;
    bool space = false;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7f) {
            space = !result.empty();
            continue;
        }
        if (space) result += ' ';
        space = false;
        result += c;
    }
    return std::string(cut(result, most_bytes));
}

std::string many_lines(std::string_view utf8) {
    std::string result;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const char c = utf8[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\r') {
            if (i + 1 == utf8.size() || utf8[i + 1] != '\n') result += '\n';
        } else if (byte >= ' ' ? byte != 0x7f : c == '\n' || c == '\t') {
            result += c;
        }
    }
    const auto first = result.find_first_not_of(" \t\n");
    if (first == std::string::npos) return "";
    return result.substr(first, result.find_last_not_of(" \t\n") - first + 1);
}

std::string_view cut(std::string_view utf8, std::size_t most_bytes) {
    if (utf8.size() <= most_bytes) return utf8;
    while (most_bytes > 0 && (static_cast<unsigned char>(utf8[most_bytes]) & 0xc0) == 0x80)
        --most_bytes;
    return utf8.substr(0, most_bytes);
}

}  // namespace surel
