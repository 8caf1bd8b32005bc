#include "engine/rules/syntax/parse.hpp"

#include <algorithm>

#include "engine/rules/syntax/explain.hpp"
#include "engine/rules/syntax/grammar.hpp"
#include "engine/rules/syntax/scan.hpp"

namespace pintu::rules::syntax {
namespace {

bool starts_block(const Token& t) {
    return t.keyword >= Keyword::lexicon && t.keyword <= Keyword::test;
}
bool starts_line_of_decide(const Token& t) {
    return t.keyword == Keyword::table || t.keyword == Keyword::row || t.keyword == Keyword::rule ||
           t.keyword == Keyword::otherwise;
}

// Is the file written with the Indonesian words? Then messages name these.
bool is_indonesian(const std::vector<Token>& tokens) {
    std::ptrdiff_t balance = 0;
    for (const auto& t : tokens) {
        if (!t.reserved || to_text(t.keyword) == to_indonesian(t.keyword)) continue;
        balance += t.text == to_indonesian(t.keyword) ? 1 : -1;
    }
    return balance > 0;
}

// Cuts a file into statements at the words that start them (they are reserved, so the cuts are
// sure), has each read, and gathers them: a mistake costs its own statement only.
class FileReader {
  public:
    FileReader(const Source& source, const std::vector<Token>& tokens, Diagnostics& diagnostics)
        : source_(source),
          tokens_(tokens),
          indonesian_(is_indonesian(tokens)),
          diagnostics_(diagnostics) {}

    std::optional<File> run() {
        const bool has_head = head();
        while (at_->kind != Token::Kind::end) block();
        if (!has_head) return std::nullopt;
        return std::move(file_);
    }

  private:
    bool head() {
        if (at_->keyword != Keyword::ruleset && !looks_like_head()) {
            diagnostics_.error("RU027", at_->span, std::string(at_->text));
            skip_to(starts_block);
            return false;
        }
        const Slice slice = cut();
        read_or_explain(slice, file_);
        if (file_.until && *file_.until < file_.from)
            diagnostics_.error("RU035", file_.header, to_string(file_.from),
                               to_string(*file_.until));
        leave_strays();
        return !file_.schema.text.empty();
    }

    // `rulset x from 2026-01-01`: the grammar says it better.
    bool looks_like_head() const {
        return at_->kind == Token::Kind::word && !at_->reserved &&
               at_[1].kind == Token::Kind::word &&
               (at_[2].keyword == Keyword::from || at_[2].keyword == Keyword::overlay);
    }

    void skip_to(bool (*stop)(const Token&)) {
        while (at_->kind != Token::Kind::end && !stop(*at_)) ++at_;
    }

    // From here to the next statement of any kind.
    Slice cut() {
        const Token* first = at_++;
        while (at_->kind != Token::Kind::end && !starts_block(*at_) && !starts_line_of_decide(*at_))
            ++at_;
        return {first, at_};
    }

    // Counts what the grammar descends into: open parentheses and every `not` before them.
    bool nests_too_deep(Slice slice) {
        std::vector<std::size_t> open = {0};  // depth at each open parenthesis
        std::size_t depth = 0;
        for (const Token* t = slice.first; t != slice.last; ++t) {
            if (t->keyword == Keyword::not_) {
                ++depth;
            } else if (t->is("(")) {
                open.push_back(++depth);
            } else {
                if (t->is(")") && open.size() > 1) open.pop_back();
                depth = open.back();
            }
            if (depth <= kDeepestNesting) continue;
            diagnostics_.error("RU007", t->span, std::to_string(kDeepestNesting));
            return true;
        }
        return false;
    }

    template <class Node>
    bool read_or_explain(Slice slice, Node& node) {
        if (nests_too_deep(slice)) return false;
        Failure failure;
        if (read(slice, node, failure)) return true;
        broken_ = true;
        if (explain(slice, failure, indonesian_, diagnostics_) && failure.at == slice.last)
            skip_misnamed();
        return false;
    }

    // A name that is a word of the language: what seems to start there does not.
    void skip_misnamed() {
        if (at_->kind != Token::Kind::end) cut();
    }

    void block() {
        broken_ = false;
        switch (at_->keyword) {
            case Keyword::lexicon: return simple_block<Lexicon>();
            case Keyword::fact: return simple_block<Fact>();
            case Keyword::limit: return simple_block<Limit>();
            case Keyword::prove: return simple_block<Prove>();
            case Keyword::accept_gap: return simple_block<AcceptGap>();
            case Keyword::test: return simple_block<Test>();
            case Keyword::decide: return decide_block();
            default: skip_to(starts_block);
        }
    }

    static bool has_name(const auto& node) {
        if constexpr (requires { node.name; }) return !node.name.text.empty();
        if constexpr (requires { node.decision; }) return !node.decision.text.empty();
        return false;
    }

    template <class Node>
    void simple_block() {
        Node node;
        const Slice slice = cut();
        // A name at least keeps others from being called unknown.
        if (read_or_explain(slice, node) || (std::is_same_v<Node, Lexicon> && has_name(node)))
            file_.items.emplace_back(std::move(node));
        leave_strays();
    }

    // Rules and rows that follow something else than a decision.
    void leave_strays() {
        if (!starts_line_of_decide(*at_)) return;
        if (!broken_) diagnostics_.error("RU029", at_->span, std::string(at_->text));
        skip_to(starts_block);
    }

    void decide_block() {
        Decide decide;
        read_or_explain(cut(), decide);
        while (starts_line_of_decide(*at_)) line_of(decide);
        if (!decide.name.text.empty()) file_.items.emplace_back(std::move(decide));
    }

    void line_of(Decide& decide) {
        const Token& start = *at_;
        if (start.keyword == Keyword::rule) return add_line(decide, decide.rules);
        if (start.keyword == Keyword::otherwise) return add_line(decide, decide.otherwise);
        if ((!decide.rules.empty() || !decide.otherwise.empty()) && !broken_) {
            broken_ = true;
            diagnostics_.error("RU030", start.span, std::string(start.text));
        }
        if (start.keyword == Keyword::table) return add_line(decide, decide.tables);
        if (!decide.tables.empty()) return add_line(decide, decide.tables.back().rows);
        if (!broken_) diagnostics_.error("RU031", start.span);
        broken_ = true;
        cut();
    }

    template <class Node>
    void add_line(Decide& decide, std::vector<Node>& lines) {
        Node node;
        const Slice slice = cut();
        const bool whole = read_or_explain(slice, node);
        if constexpr (std::is_same_v<Node, Row>) node.line = source_.position(node.span.begin).line;
        if (!whole && !std::is_same_v<Node, Table>) return;
        if (whole) decide.span = join(decide.span, node.span);
        lines.push_back(std::move(node));
    }

    const Source& source_;
    const std::vector<Token>& tokens_;
    bool indonesian_;
    Diagnostics& diagnostics_;
    const Token* at_ = tokens_.data();
    bool broken_ = false;  // the block that is being read has had its diagnostic
    File file_;
};

}  // namespace

std::optional<File> parse(const Source& source, Diagnostics& diagnostics) {
    auto scanned = scan(source, diagnostics);
    if (!scanned.is_text) return std::nullopt;
    auto file = FileReader(source, scanned.tokens, diagnostics).run();
    if (file) file->comments = std::move(scanned.comments);
    return file;
}

}  // namespace pintu::rules::syntax
