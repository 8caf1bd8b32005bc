#include <unordered_map>

#include "engine/base/csv.hpp"
#include "engine/registry/names.hpp"
#include "engine/registry/read.hpp"

namespace pintu::registry {
namespace {

bool good_code(const std::string& code, TreeKind kind) {
    return kind == TreeKind::categories ? is_category_path(code) : is_region_code(code);
}

}  // namespace

std::vector<NamedRow> read_names(const Source& source, TreeKind kind, Diagnostics& diagnostics) {
    std::vector<NamedRow> named;
    const auto before = diagnostics.count(Severity::error);
    const auto rows = parse_csv(source, false, diagnostics);
    if (rows.empty()) {
        if (diagnostics.count(Severity::error) == before)
            diagnostics.error("RG070", source.span(0, 0));
        return named;
    }
    const auto& header = rows.front().cells;
    if (header.size() != 2 || header[0].text != "code" || header[1].text != "name") {
        diagnostics.error("RG070", join(header.front().span, header.back().span));
        return named;
    }
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const CsvCell& code = rows[i].cells[0];
        const CsvCell& name = rows[i].cells[1];
        if (!good_code(code.text, kind))
            diagnostics.error(kind == TreeKind::categories ? "RG073" : "RG075", code.span,
                              code.text);
        else if (name.text.empty())
            diagnostics.error("RG074", code.span, code.text);
        else
            named.push_back({{code.text, name.text}, code.span});
    }
    return named;
}

Tree join_names(const std::vector<const std::vector<NamedRow>*>& layers, TreeKind kind,
                const SourceSet& sources, Diagnostics& diagnostics) {
    std::vector<Tree::Entry> entries;
    std::unordered_map<std::string_view, const NamedRow*> seen;  // look-up only
    for (const auto* layer : layers)
        for (const NamedRow& row : *layer) {
            const auto [first, fresh] = seen.emplace(row.entry.name, &row);
            if (fresh)
                entries.push_back(row.entry);
            else
                diagnostics.error("RG071", row.span, row.entry.name,
                                  sources.place(first->second->span));
        }
    for (const auto* layer : layers)
        for (const NamedRow& row : *layer) {
            const auto cut = row.entry.name.rfind(separator_of(kind));
            if (cut == std::string::npos) continue;
            const auto parent = row.entry.name.substr(0, cut);
            if (seen.find(parent) == seen.end())
                diagnostics.error("RG072", row.span, row.entry.name, parent);
        }
    return Tree::build(entries, separator_of(kind));
}

}  // namespace pintu::registry
