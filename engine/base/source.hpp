// Texts that people wrote, and places in them. A Span is small enough to sit in every tree node;
// line and column are worked out only when something is shown.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pintu {

// Index of a text in a SourceSet. 0 means "no file".
enum class FileId : std::uint32_t { none = 0 };

struct Span {
    FileId file = FileId::none;
    std::uint32_t begin = 0;  // byte offset
    std::uint32_t end = 0;    // byte offset, one past the last
    bool operator==(const Span&) const = default;
};

// The smallest span that covers both; both lie in the same file.
Span join(const Span& a, const Span& b);

// 1-based; columns count code points, as editors do. A tab counts as one.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Position&) const = default;
};

// One text with its name as it is shown to people ("rules/64.09-.../disposisi.rules").
class Source {
  public:
    Source(FileId id, std::string name, std::string text);

    FileId id() const { return id_; }
    const std::string& name() const { return name_; }
    std::string_view text() const { return text_; }
    Span span(std::size_t begin, std::size_t end) const;
    Position position(std::uint32_t offset) const;
    // The text of a 1-based line without its line end; empty past the last.
    std::string_view line(std::uint32_t number) const;

  private:
    FileId id_;
    std::string name_;
    std::string text_;
    std::vector<std::uint32_t> line_starts_;
};

// Owns texts; addresses of Sources stay valid for its life.
class SourceSet {
  public:
    const Source& add(std::string name, std::string text);
    // nullptr for FileId::none or an id of another set.
    const Source* find(FileId id) const;
    // "file:line", or "" where the span has no file.
    std::string place(const Span& span) const;
    const std::deque<Source>& all() const { return sources_; }

  private:
    std::deque<Source> sources_;
};

}  // namespace pintu
