#include "engine/base/source.hpp"

#include <algorithm>

namespace pintu {

Span join(const Span& a, const Span& b) {
    if (a.file == FileId::none) return b;
    if (b.file == FileId::none) return a;
    return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Source::Source(FileId id, std::string name, std::string text)
    : id_(id), name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i)
        if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
}

Span Source::span(std::size_t begin, std::size_t end) const {
    const auto size = text_.size();
    return {id_, static_cast<std::uint32_t>(std::min(begin, size)),
            static_cast<std::uint32_t>(std::min(std::max(begin, end), size))};
}

Position Source::position(std::uint32_t offset) const {
    const auto at = std::min<std::size_t>(offset, text_.size());
    const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
    const auto line = static_cast<std::uint32_t>(next - line_starts_.begin());
    std::uint32_t column = 1;
    for (std::size_t i = line_starts_[line - 1]; i < at; ++i)
        if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) ++column;
    return {line, column};
}

std::string_view Source::line(std::uint32_t number) const {
    if (number == 0 || number > line_starts_.size()) return {};
    const auto begin = line_starts_[number - 1];
    auto end = number < line_starts_.size() ? line_starts_[number] - 1 : text_.size();
    if (end > begin && text_[end - 1] == '\r') --end;
    return std::string_view(text_).substr(begin, end - begin);
}

const Source& SourceSet::add(std::string name, std::string text) {
    const auto id = static_cast<FileId>(sources_.size() + 1);
    return sources_.emplace_back(id, std::move(name), std::move(text));
}

const Source* SourceSet::find(FileId id) const {
    const auto index = static_cast<std::size_t>(id);
    return index == 0 || index > sources_.size() ? nullptr : &sources_[index - 1];
}

std::string SourceSet::place(const Span& span) const {
    const Source* source = find(span.file);
    if (source == nullptr) return {};
    return source->name() + ":" + std::to_string(source->position(span.begin).line);
}

}  // namespace pintu
