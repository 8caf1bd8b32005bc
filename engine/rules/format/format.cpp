#include "engine/rules/format/format.hpp"

#include <algorithm>
#include <set>

#include "engine/base/utf8.hpp"
#include "engine/rules/format/align.hpp"
#include "engine/rules/format/layout.hpp"

namespace pintu::rules {
namespace {

using syntax::Comment;
using syntax::Keyword;

struct Line {
    std::string text;
    bool commented = false;  // ends with a comment, which may stick out
};

class Writer {
  public:
    explicit Writer(const Layout& layout) : layout_(layout) {}

    std::string run() {
        for (std::size_t i = 0; i < layout_.statements.size(); ++i) {
            const auto& s = layout_.statements[i];
            lead(s, i > 0 ? &layout_.statements[i - 1] : nullptr);
            for (const auto& line : lines_of(s)) add(line.text);
            end_ = layout_.tokens[s.last - 1].span.end;
            after(s);
        }
        tail();
        return std::move(text_);
    }

  private:
    void add(const std::string& line) { text_ += line + "\n"; }
    void blank() {
        if (!text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
    }

    // The comment beside a statement's last token.
    void after(const Statement& s) {
        const auto& comments = layout_.comments[s.last];
        if (comments.empty() || comments.front()->own_line) return;
        text_.pop_back();
        text_ += "  " + comments.front()->text + "\n";
        end_ = comments.front()->span.end;
    }

    std::vector<const Comment*> own_lines(std::size_t token) const {
        std::vector<const Comment*> result;
        for (const auto* comment : layout_.comments[token])
            if (comment->own_line) result.push_back(comment);
        return result;
    }

    // Does a block stay apart from what is above it, whatever the author wrote?
    static bool stands_apart(const Statement& s, const Statement& before) {
        if (before.start == Keyword::schema) return true;
        switch (s.start) {
            case Keyword::fact:
            case Keyword::prove:
            case Keyword::accept_gap: return before.start != s.start;
            case Keyword::limit:
                return before.start != s.start && before.start != Keyword::rule &&
                       before.start != Keyword::otherwise && before.start != Keyword::row;
            default: return s.block;
        }
    }

    // Empty lines and comments above a statement. Comments directly below the statement before,
    // and apart from this one, stay with that.
    void lead(const Statement& s, const Statement* before) {
        const auto comments = own_lines(s.first);
        const auto begin = layout_.tokens[s.first].span.begin;
        const auto mine = before && s.block ? first_of_mine(comments, begin) : 0;
        for (std::size_t i = 0; i < mine; ++i) comment(*comments[i], before->indent);
        if (before && stands_apart(s, *before)) blank();
        for (auto i = mine; i < comments.size(); ++i) comment(*comments[i], s.indent);
        const bool keeps = s.start != Keyword::schema && s.start != Keyword::none;
        if (keeps && layout_.blank_between(end_, begin)) blank();
    }

    // The comments before this one belong to the statement above.
    std::size_t first_of_mine(const std::vector<const Comment*>& comments,
                              std::uint32_t begin) const {
        auto end = end_;
        for (std::size_t i = 0; i < comments.size(); ++i) {
            if (layout_.blank_between(end, comments[i]->span.begin)) return i;
            end = comments[i]->span.end;
        }
        return layout_.blank_between(end, begin) ? comments.size() : 0;
    }

    void comment(const Comment& comment, std::size_t indent) {
        if (layout_.blank_between(end_, comment.span.begin)) blank();
        add(std::string(indent, ' ') + comment.text);
        end_ = comment.span.end;
    }

    void tail() {
        const auto indent = layout_.statements.empty() ? 0 : layout_.statements.back().indent;
        bool apart = false;
        for (const auto* last : own_lines(layout_.tokens.size() - 1)) {
            apart = apart || layout_.blank_between(end_, last->span.begin);
            comment(*last, apart ? 0 : indent);
        }
    }

    // A statement's lines: on one where it fits, else broken where it reads best.
    std::vector<Line> lines_of(const Statement& s) const {
        const auto size = s.last - s.first;
        const auto when = layout_.find(s, Keyword::when);
        const auto because = layout_.find(s, Keyword::because);
        const auto arrow = layout_.find_sign(s, "->");
        const bool sets_aside = layout_.find(s, Keyword::overrides) < size;
        std::vector<std::set<std::size_t>> choices = {{}};
        if (s.start == Keyword::none) choices = {broken_by_author(s)};
        if (s.start == Keyword::rule || s.start == Keyword::otherwise || s.start == Keyword::row) {
            if (sets_aside) choices.push_back({when});
            choices.push_back({because});
            if (sets_aside) choices.push_back({when, because});
            choices.push_back({arrow});
            choices.push_back({arrow, because});
            choices.push_back({when, arrow, because});
        }
        for (const auto& breaks : choices) {
            auto lines = flow(s, breaks, false);
            if (all_fit(lines)) return lines;
        }
        return flow(s, choices.back(), true);
    }

    std::set<std::size_t> broken_by_author(const Statement& s) const {
        std::set<std::size_t> breaks;
        for (std::size_t i = 1; i < s.last - s.first; ++i)
            if (layout_.token(s, i).starts_line && !layout_.token(s, i).is(",")) breaks.insert(i);
        return breaks;
    }

    static bool all_fit(const std::vector<Line>& lines) {
        return std::all_of(lines.begin(), lines.end(), [](const Line& line) {
            return line.commented || count_code_points(line.text) <= kWidest;
        });
    }

    // Below `rule `, `given { `, `expect `.
    std::size_t continuation(const Statement& s) const {
        if (s.start == Keyword::none) return s.indent;
        const auto first = count_code_points(layout_.token(s, 0).text);
        return s.indent + (s.start == Keyword::given ? first + 3 : first + 1);
    }

    std::vector<Line> flow(const Statement& s, const std::set<std::size_t>& breaks,
                           bool wrap) const {
        std::vector<Line> lines;
        const std::string below(continuation(s), ' ');
        std::string line(s.indent, ' ');
        bool fresh = true;  // nothing but blanks on this line
        const auto end_line = [&](bool commented) {
            if (!fresh) lines.push_back({line, commented});
            line = below;
            fresh = true;
        };
        for (std::size_t i = 0; i < s.last - s.first; ++i) {
            for (const auto* comment : inner_comments(s, i)) {
                if (comment->own_line) end_line(false);
                line += (comment->own_line ? "" : "  ") + comment->text;
                fresh = false;
                end_line(true);
            }
            const bool full = wrap && i > 0 && layout_.may_break(s, i) &&
                              count_code_points(line) + reach(s, i) > kWidest;
            if (full || breaks.count(i) > 0) end_line(false);
            if (!fresh) line.append(layout_.gap(s, i) + s.pad[i], ' ');
            line += layout_.token(s, i).text;
            fresh = false;
        }
        end_line(false);
        return lines;
    }

    std::vector<const Comment*> inner_comments(const Statement& s, std::size_t place) const {
        return place == 0 ? std::vector<const Comment*>() : layout_.comments[s.first + place];
    }

    // Columns from this token to the next place where the line may break.
    std::size_t reach(const Statement& s, std::size_t place) const {
        auto end = place + 1;
        while (end < s.last - s.first && !layout_.may_break(s, end)) ++end;
        return layout_.gap(s, place) + s.pad[place] + layout_.width(s, place, end);
    }

    const Layout& layout_;
    std::string text_;
    std::uint32_t end_ = 0;  // of what was written last, in the source
};

}  // namespace

std::string format(const Source& source, const syntax::File& file) {
    Diagnostics none;
    auto scanned = syntax::scan(source, none);
    auto layout = lay_out(source, std::move(scanned.tokens), file.comments);
    align(layout);
    return Writer(layout).run();
}

}  // namespace pintu::rules
