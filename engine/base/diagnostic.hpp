// What is wrong in a text that a person wrote: data, collected, sorted, rendered once at the edge
// (engine/messages has the words, adapters/cli the picture).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/source.hpp"

namespace pintu {

enum class Severity { error, warning, note };

struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;               // stable, e.g. "RU012"
    Span span;                      // where the caret stands
    std::vector<std::string> args;  // {0}, {1}, ... of message and hint
    bool operator==(const Diagnostic&) const = default;
};

// Collects diagnostics. Bounded: past kMost of one severity further ones are only counted, so
// that a wholly broken file costs neither memory nor patience.
class Diagnostics {
  public:
    static constexpr std::size_t kMost = 500;

    template <class... Args>
    void error(std::string code, const Span& span, Args&&... args) {
        add({Severity::error, std::move(code), span, {std::string(std::forward<Args>(args))...}});
    }
    template <class... Args>
    void warning(std::string code, const Span& span, Args&&... args) {
        add({Severity::warning, std::move(code), span, {std::string(std::forward<Args>(args))...}});
    }
    template <class... Args>
    void note(std::string code, const Span& span, Args&&... args) {
        add({Severity::note, std::move(code), span, {std::string(std::forward<Args>(args))...}});
    }
    void add(Diagnostic diagnostic);
    void append(const Diagnostics& other);

    bool has_errors() const { return count_[0] > 0; }
    std::size_t count(Severity severity) const { return count_[static_cast<int>(severity)]; }
    bool empty() const { return items_.empty(); }
    const std::vector<Diagnostic>& items() const { return items_; }
    // By file, place, severity, code; exact repeats once.
    std::vector<Diagnostic> sorted() const;

  private:
    std::vector<Diagnostic> items_;
    std::size_t count_[3] = {0, 0, 0};
};

}  // namespace pintu
