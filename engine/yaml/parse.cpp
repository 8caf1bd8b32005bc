#include "engine/yaml/parse.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include "engine/yaml/screen.hpp"

namespace pintu::yaml {
namespace {

// Leaves yaml-cpp from inside an event; never leaves this file.
struct Stop {};

class TextBuffer : public std::streambuf {
  public:
    explicit TextBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());  // setg wants it so; it is only read
        setg(begin, begin, begin + text.size());
    }
};

class TreeBuilder : public YAML::EventHandler {
  public:
    TreeBuilder(const Source& source, Diagnostics& diagnostics)
        : source_(source), text_(source.text()), diagnostics_(diagnostics) {}

    std::optional<Node> take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (root_) stop("YA017", at(mark));
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(anchor, mark);
        Node node;
        node.span = open_.empty() || !open_.back().key ? empty_at(mark) : open_.back().key->second;
        value(std::move(node));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        diagnostics_.error("YA012", word_at(mark));
        Node node;
        node.span = word_at(mark);
        value(std::move(node));
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override {
        refuse_properties(tag, anchor, mark);
        Node node;
        node.kind = Kind::scalar;
        node.text = text;
        const std::size_t begin = at(mark).begin;
        const char first = begin < text_.size() ? text_[begin] : ' ';
        node.quoted = first == '"' || first == '\'' || first == '|' || first == '>';
        const bool in_quotes = first == '"' || first == '\'';
        node.span =
            source_.span(begin, in_quotes ? quoted_end(begin, first) : scalar_end(begin, text));
        value(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(Kind::sequence, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(Kind::map, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

  private:
    // A sequence or map that is being read.
    struct Open {
        Node node;
        std::optional<std::pair<std::string, Span>> key;  // read, its value not yet
        std::unordered_map<std::string, Span> keys;       // look-up only, never walked
        bool bad_key = false;                             // skip the value to come
        bool flow = false;
    };

    Span at(const YAML::Mark& mark) const {
        const auto begin = mark.pos < 0 ? 0U : static_cast<std::size_t>(mark.pos);
        return source_.span(begin, std::min(begin + 1, text_.size()));
    }
    Span empty_at(const YAML::Mark& mark) const {
        const Span span = at(mark);
        return {span.file, span.begin, span.begin};
    }
    Span word_at(const YAML::Mark& mark) const {
        const Span span = at(mark);
        const auto end = text_.find_first_of(" \r\n,]}", span.begin);
        return source_.span(span.begin, end == std::string_view::npos ? text_.size() : end);
    }

    [[noreturn]] void stop(const char* code, const Span& span, const std::string& arg = {}) {
        diagnostics_.error(code, span, arg);
        throw Stop{};
    }

    void refuse_anchor(YAML::anchor_t anchor, const YAML::Mark& mark) {
        if (anchor != 0) diagnostics_.error("YA011", word_at(mark));
    }
    void refuse_properties(const std::string& tag, YAML::anchor_t anchor, const YAML::Mark& mark) {
        const Span span = at(mark);
        const bool written = span.begin < text_.size() && text_[span.begin] == '!';
        if (written || (!tag.empty() && tag != "?" && tag != "!"))
            diagnostics_.error("YA013", word_at(mark));
        refuse_anchor(anchor, mark);
    }

    // yaml-cpp tells only where a scalar starts.
    std::size_t scalar_end(std::size_t begin, const std::string& text) const {
        if (text_.substr(begin, text.size()) == text) return begin + text.size();
        const auto line_end = text_.find_first_of("\r\n", begin);  // more than one line
        return line_end == std::string_view::npos ? text_.size() : line_end;
    }
    // A quoted text ends on its line: else one lost quote would swallow the lines up to the next.
    std::size_t quoted_end(std::size_t begin, char quote) {
        for (std::size_t i = begin + 1; i < text_.size() && text_[i] != '\n'; ++i) {
            const bool doubled = quote == '\'' && text_.substr(i, 2) == "''";
            if (doubled || (quote == '"' && text_[i] == '\\'))
                ++i;
            else if (text_[i] == quote)
                return i + 1;
        }
        stop("YA009", source_.span(begin, begin + 1));
    }

    void count_node(const Span& span) {
        if (++nodes_ > kMostNodes) stop("YA016", span, std::to_string(kMostNodes));
    }

    void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style) {
        refuse_properties(tag, anchor, mark);
        count_node(at(mark));
        if (open_.size() >= kDeepest) stop("YA015", at(mark), std::to_string(kDeepest));
        Open fresh;
        fresh.node.kind = kind;
        fresh.node.span = at(mark);
        fresh.flow = style == YAML::EmitterStyle::Flow;
        open_.push_back(std::move(fresh));
    }

    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        if (done.flow) {  // up to the bracket
            const auto end = text_.find_first_of("]}", done.node.span.end);
            if (end != std::string_view::npos)
                done.node.span = source_.span(done.node.span.begin, end + 1);
        }
        place(std::move(done.node));
    }

    void value(Node node) {
        count_node(node.span);
        place(std::move(node));
    }

    void place(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        parent.node.span = join(parent.node.span, node.span);
        if (parent.node.kind == Kind::sequence) {
            parent.node.items.push_back(std::move(node));
        } else if (parent.bad_key) {
            parent.bad_key = false;
        } else if (!parent.key) {
            read_key(parent, node);
        } else {
            parent.node.entries.push_back(
                {std::move(parent.key->first), parent.key->second, std::move(node)});
            parent.key.reset();
        }
    }

    void read_key(Open& map, const Node& node) {
        map.bad_key = true;
        // "dpupr:{" and the like: the space after the colon is missing.
        const bool runs_on = !node.quoted && node.text.find_first_of(":[]{}") != std::string::npos;
        if (!node.is_scalar() || node.text.empty() || runs_on) {
            diagnostics_.error("YA018", node.span);
        } else if (node.text == "<<" && !node.quoted) {
            diagnostics_.error("YA014", node.span);
        } else if (const auto [first, fresh] = map.keys.emplace(node.text, node.span); !fresh) {
            diagnostics_.error("YA010", node.span, node.text,
                               std::to_string(source_.position(first->second.begin).line));
        } else {
            map.bad_key = false;
            map.key.emplace(node.text, node.span);
        }
    }

    const Source& source_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::vector<Open> open_;
    std::optional<Node> root_;
    std::size_t nodes_ = 0;
};

// yaml-cpp's own words, sorted into ours.
const char* code_of(std::string_view message) {
    const auto says = [&](const char* part) {
        return message.find(part) != std::string_view::npos;
    };
    if (says("flow")) return "YA008";
    if (says("end of map") || says("end of sequence")) return "YA023";
    if (says("EOF")) return "YA009";
    if (says("unknown token")) return "YA024";
    if (says("anchor") || says("alias")) return "YA012";
    return "YA007";
}

}  // namespace

std::optional<Node> parse(const Source& source, Diagnostics& diagnostics) {
    if (!fit_to_parse(source, diagnostics)) return std::nullopt;
    TextBuffer buffer(source.text());
    std::istream stream(&buffer);
    TreeBuilder builder(source, diagnostics);
    const auto before = diagnostics.count(Severity::error);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Stop&) {
        return std::nullopt;
    } catch (const YAML::Exception& e) {
        const auto at = e.mark.pos < 0 ? 0U : static_cast<std::size_t>(e.mark.pos);
        diagnostics.error(code_of(e.msg), source.span(at, at + 1), e.msg);
        return std::nullopt;
    }
    auto tree = builder.take();
    // Nothing but directives (`%`).
    if (!tree && diagnostics.count(Severity::error) == before)
        diagnostics.error("YA001", source.span(0, 0));
    return tree;
}

}  // namespace pintu::yaml
