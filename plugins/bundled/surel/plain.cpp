#include "plain.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "address.hpp"

namespace surel {
namespace {

using Named = std::pair<std::string_view, std::string_view>;
constexpr std::array<Named, 12> kEntities = {{{"amp", "&"},
                                              {"lt", "<"},
                                              {"gt", ">"},
                                              {"quot", "\""},
                                              {"apos", "'"},
                                              {"nbsp", " "},
                                              {"ndash", "-"},
                                              {"mdash", "-"},
                                              {"hellip", "..."},
                                              {"rsquo", "'"},
                                              {"lsquo", "'"},
                                              {"bull", "*"}}};

bool one_of(std::string_view word, std::string_view words) {
    return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

void append_character(std::string& to, std::uint32_t code) {
    if (code < 0x20 ? code != '\n' && code != '\t' : code > 0x10ffff || (code >> 11) == 0x1b)
        return;
    if (code < 0x80) {
        to += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static constexpr std::array<unsigned, 4> kFirst = {0, 0xc0, 0xe0, 0xf0};
    to += static_cast<char>(kFirst[static_cast<std::size_t>(more)] | code >> (6 * more));
    for (int i = more - 1; i >= 0; --i) to += static_cast<char>(0x80 | (code >> (6 * i) & 0x3f));
}

// "#160", "#xA0"
bool append_number(std::string& to, std::string_view digits) {
    const bool hex = !digits.empty() && (digits[0] == 'x' || digits[0] == 'X');
    if (hex) digits.remove_prefix(1);
    std::uint32_t code = 0;
    for (const char c : digits) {
        const auto at = std::string_view("0123456789abcdef").find(lower({&c, 1}));
        if (at == std::string_view::npos || at >= (hex ? 16U : 10U) || code > 0x10ffff)
            return false;
        code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(at);
    }
    append_character(to, code == 0xa0 ? ' ' : code);
    return !digits.empty();
}

class Page {
  public:
    explicit Page(std::string_view html) : html_(html) {}

    std::string text() {
        while (at_ < html_.size()) {
            const char c = html_[at_];
            if (c == '<' && is_tag()) {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                ++at_;
                character(c);
            }
        }
        return std::move(text_);
    }

  private:
    bool is_tag() const {
        const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
        return next == '/' || next == '!' || next == '?' || (next >= 'a' && next <= 'z') ||
               (next >= 'A' && next <= 'Z');
    }

    void character(char c) {
        const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!space) {
            text_ += c;
        } else if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n') {
            text_ += ' ';
        }
    }

    void end_line(bool always) {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        if (text_.ends_with(always ? "\n\n" : "\n")) return;
        text_ += '\n';
    }

    void skip_to_after(std::string_view end) {
        const auto found = html_.find(end, at_);
        at_ = found == std::string_view::npos ? html_.size() : found + end.size();
    }

    void tag() {
        if (html_.substr(at_, 4) == "<!--") return skip_to_after("-->");
        const auto end = html_.find('>', at_);
        if (end == std::string_view::npos) {
            at_ = html_.size();
            return;
        }
        auto words = html_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        const bool closes = !words.empty() && words[0] == '/';
        if (closes) words.remove_prefix(1);
        const std::string name = lower(words.substr(0, words.find_first_of(" \t\r\n/")));
        if (!closes && one_of(name, " script style head title template svg ")) skip_element(name);
        if (one_of(name, " br p h1 h2 h3 h4 h5 h6 blockquote pre ")) end_line(true);
        if (one_of(name, " div tr li ul ol table hr ")) end_line(false);
        if (one_of(name, " td th ")) character(' ');
    }

    // Without its end it hides nothing: what follows is text again.
    void skip_element(const std::string& name) {
        if (one_of(name, endless_)) return;
        for (std::size_t from = at_; (from = html_.find("</", from)) != std::string_view::npos;) {
            from += 2;
            if (lower(html_.substr(from, name.size())) != name) continue;
            at_ = from;
            return skip_to_after(">");
        }
        endless_ += name + " ";
    }

    void entity() {
        const auto end = html_.substr(at_, 12).find(';');
        const auto name = end == std::string_view::npos ? "" : html_.substr(at_ + 1, end - 1);
        bool known = name.size() > 1 && name[0] == '#' && append_number(text_, name.substr(1));
        for (const auto& [word, meaning] : kEntities)
            if (name == word) {
                text_ += meaning;
                known = true;
            }
        if (!known) text_ += '&';
        at_ += known ? end + 1 : 1;
    }

    std::string_view html_;
    std::size_t at_ = 0;
    std::string text_;
    std::string endless_ = " ";  // elements whose end was looked for and is not there
};

}  // namespace

std::string plain_text(std::string_view html) {
    return Page(html).text();
}

}  // namespace surel
