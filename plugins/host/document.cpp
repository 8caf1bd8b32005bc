#include "plugins/host/document.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include "engine/base/utf8.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;

// Takes note of nothing but what the document itself is.
struct Listener {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Text = json::string_view;
    using Failure = json::error_code;

    bool on_document_begin(Failure&) { return true; }
    bool on_document_end(Failure&) { return true; }
    bool on_object_begin(Failure&) {
        ++depth;
        return true;
    }
    bool on_object_end(std::size_t, Failure&) {
        is_object = --depth == 0;
        return true;
    }
    bool on_array_begin(Failure&) {
        ++depth;
        return true;
    }
    bool on_array_end(std::size_t, Failure&) {
        --depth;
        return true;
    }
    bool on_key_part(Text, std::size_t, Failure&) { return true; }
    bool on_key(Text, std::size_t, Failure&) { return true; }
    bool on_string_part(Text, std::size_t, Failure&) { return true; }
    bool on_string(Text, std::size_t, Failure&) { return true; }
    bool on_number_part(Text, Failure&) { return true; }
    bool on_int64(std::int64_t, Text, Failure&) { return true; }
    bool on_uint64(std::uint64_t, Text, Failure&) { return true; }
    bool on_double(double, Text, Failure&) { return true; }
    bool on_bool(bool, Failure&) { return true; }
    bool on_null(Failure&) { return true; }
    bool on_comment_part(Text, Failure&) { return true; }
    bool on_comment(Text, Failure&) { return true; }

    int depth = 0;
    bool is_object = false;
};

}  // namespace

std::optional<std::string> wrong_with_document(std::string_view bytes) {
    if (const auto at = first_invalid_utf8(bytes))
        return "not UTF-8 at byte " + std::to_string(*at);
    json::basic_parser<Listener> parser(json::parse_options{.max_depth = 64});
    json::error_code failed;
    const auto read = parser.write_some(false, bytes.data(), bytes.size(), failed);
    if (failed) return "not JSON at byte " + std::to_string(read) + ": " + failed.message();
    if (bytes.find_first_not_of(" \t\r\n", read) != std::string_view::npos)
        return "more than one document, at byte " + std::to_string(read);
    if (!parser.handler().is_object) return "not a JSON object";
    return std::nullopt;
}

std::string plain(std::string_view words, std::size_t most) {
    std::string text;
    while (!words.empty() && text.size() < most) {
        const std::size_t good = first_invalid_utf8(words).value_or(words.size());
        for (const char c : words.substr(0, good)) {
            const auto byte = static_cast<unsigned char>(c);
            text += byte < 0x20 || byte == 0x7f ? ' ' : c;
        }
        words.remove_prefix(good);
        if (words.empty()) break;
        text += "\xEF\xBF\xBD";
        words.remove_prefix(1);
    }
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    text.resize(most);
    return text;
}

}  // namespace pintu::plugins
