#include "adapters/cli/io.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ostream>

#include "adapters/wire/json_writer.hpp"
#include "engine/base/csv.hpp"
#include "engine/base/utf8.hpp"

namespace pintu::cli {
namespace {

constexpr std::string_view kSeverity[] = {"error", "warning", "note"};

std::string_view severity_word(Severity severity, const Options& options) {
    static constexpr std::string_view kIndonesian[] = {"kesalahan", "peringatan", "catatan"};
    return options.language == messages::Language::english
               ? kSeverity[static_cast<int>(severity)]
               : kIndonesian[static_cast<int>(severity)];
}

// The column of the caret line: tabs stay tabs, so that the caret stands under its letter.
std::string caret_line(std::string_view line, const Span& span, std::uint32_t column) {
    std::string text;
    std::uint32_t at = 1;
    for (const char c : line) {
        if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U) continue;
        if (at++ >= column) break;
        text += c == '\t' ? '\t' : ' ';
    }
    text += '^';
    const std::size_t left = at <= column ? 0 : count_code_points(line) - (column - 1);
    const std::size_t length = span.end - span.begin;
    for (std::size_t i = 1; i < std::min<std::size_t>({length, left, 60}); ++i) text += '~';
    return text;
}

// Whatever the file holds, only text goes to a terminal.
std::string printable(std::string_view line) {
    std::string text(line);
    for (std::size_t from = 0;
         const auto bad = first_invalid_utf8(std::string_view(text).substr(from));) {
        text.replace(from + *bad, 1, "\xEF\xBF\xBD");
        from += *bad + 3;
    }
    for (char& c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) c = '?';
    return text;
}

void print_pretty(std::ostream& out, const Diagnostic& d, const SourceSet& sources,
                  const Options& options, bool color) {
    static constexpr std::string_view kColor[] = {"\033[1;31m", "\033[1;33m", "\033[1;36m"};
    const auto text = messages::render(d, options.language);
    const Source* source = sources.find(d.span.file);
    if (source != nullptr) {
        const Position at = source->position(d.span.begin);
        out << source->name() << ':' << at.line << ':' << at.column << ": ";
    }
    if (color) out << kColor[static_cast<int>(d.severity)];
    out << severity_word(d.severity, options) << '[' << d.code << ']';
    if (color) out << "\033[0m";
    out << ": " << text.message << '\n';
    if (source != nullptr) {
        const Position at = source->position(d.span.begin);
        const auto line = source->line(at.line);
        if (!line.empty() && line.size() <= 400)
            out << "  " << printable(line) << "\n  " << caret_line(line, d.span, at.column) << '\n';
    }
    if (!text.hint.empty()) out << "  = " << text.hint << '\n';
}

void write_json(wire::JsonWriter& json, const Diagnostic& d, const SourceSet& sources,
                const Options& options) {
    const auto text = messages::render(d, options.language);
    const Source* source = sources.find(d.span.file);
    const Position at = source != nullptr ? source->position(d.span.begin) : Position{};
    json.begin_object();
    json.field("file", source != nullptr ? source->name() : "");
    json.field("line", static_cast<std::int64_t>(at.line));
    json.field("column", static_cast<std::int64_t>(at.column));
    json.field("code", d.code);
    json.field("severity", kSeverity[static_cast<int>(d.severity)]);
    json.field("message", text.message);
    json.field("hint", text.hint);
    json.end_object();
}

void write_sarif_result(wire::JsonWriter& json, const Diagnostic& d, const SourceSet& sources,
                        const Options& options) {
    const auto text = messages::render(d, options.language);
    json.begin_object();
    json.field("ruleId", d.code);
    json.field("level", kSeverity[static_cast<int>(d.severity)]);
    json.key("message").begin_object();
    json.field("text", text.hint.empty() ? text.message : text.message + " " + text.hint);
    json.end_object();
    json.key("locations").begin_array();
    if (const Source* source = sources.find(d.span.file)) {
        const Position at = source->position(d.span.begin);
        json.begin_object().key("physicalLocation").begin_object();
        json.key("artifactLocation").begin_object().field("uri", source->name()).end_object();
        json.key("region").begin_object();
        json.field("startLine", static_cast<std::int64_t>(at.line));
        json.field("startColumn", static_cast<std::int64_t>(at.column));
        json.end_object().end_object().end_object();
    }
    json.end_array().end_object();
}

// OASIS SARIF 2.1.0, as code editors and forges read it.
void print_sarif(std::ostream& out, const std::vector<Diagnostic>& sorted, const SourceSet& sources,
                 const Options& options) {
    wire::JsonWriter json;
    json.begin_object().field("version", "2.1.0");
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json.key("runs").begin_array().begin_object();
    json.key("tool").begin_object().key("driver").begin_object();
    json.field("name", "pintu").end_object().end_object();
    json.key("columnKind");
    json.value("unicodeCodePoints");
    json.key("results").begin_array();
    for (const auto& d : sorted) write_sarif_result(json, d, sources, options);
    json.end_array().end_object().end_array().end_object();
    out << json.text() << '\n';
}

}  // namespace

OutputBuffer::int_type OutputBuffer::overflow(int_type next) {
    if (sync() != 0) return traits_type::eof();
    if (traits_type::eq_int_type(next, traits_type::eof())) return traits_type::not_eof(next);
    return sputc(traits_type::to_char_type(next));
}

int OutputBuffer::sync() {
    for (const char* at = pbase(); at < pptr() && !closed_ && error_ == 0;) {
        const auto n = write(file_, at, static_cast<std::size_t>(pptr() - at));
        if (n >= 0)
            at += n;
        else if (errno == EPIPE)
            closed_ = true;
        else if (errno != EINTR)
            error_ = errno;
    }
    setp(bytes_, bytes_ + sizeof bytes_);
    return error_ == 0 ? 0 : -1;
}

void say(const Io& io, const Options& options, std::string_view code,
         std::vector<std::string> args) {
    if (io.log != nullptr) return io.log->write(ports::LogLevel::warning, std::string(code), args);
    const auto text = messages::render(code, args, options.language);
    io.err << text.message << '\n';
    if (!text.hint.empty()) io.err << "  = " << text.hint << '\n';
}

std::string words(const Options& options, std::string_view code, std::vector<std::string> args) {
    return messages::render(code, args, options.language).message;
}

void Table::print(std::ostream& out, Output output) const {
    std::vector<const std::vector<std::string>*> lines{&heading_};
    for (const auto& row : rows_) lines.push_back(&row);
    if (output == Output::csv) {
        for (const auto* line : lines)
            for (std::size_t i = 0; i < line->size(); ++i)
                out << csv_cell((*line)[i]) << (i + 1 < line->size() ? "," : "\r\n");
        return;
    }
    std::vector<std::size_t> widths(heading_.size(), 0);
    for (const auto* line : lines)
        for (std::size_t i = 0; i < line->size(); ++i)
            widths[i] = std::max(widths[i], count_code_points((*line)[i]));
    for (const auto* line : lines) {
        std::string text;
        for (std::size_t i = 0; i < line->size(); ++i) {
            text += (*line)[i];
            if (i + 1 < line->size())
                text.append(widths[i] - count_code_points((*line)[i]) + 2, ' ');
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out << text << '\n';
    }
}

void print_diagnostics(std::ostream& out, const Diagnostics& diagnostics, const SourceSet& sources,
                       const Options& options, Output output, bool color) {
    const auto sorted = diagnostics.sorted();
    if (output == Output::sarif) return print_sarif(out, sorted, sources, options);
    if (output == Output::json || output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_array();
        for (const auto& d : sorted) write_json(json, d, sources, options);
        json.end_array();
        out << json.text() << '\n';
        return;
    }
    for (const auto& d : sorted) print_pretty(out, d, sources, options, color);
}

}  // namespace pintu::cli
