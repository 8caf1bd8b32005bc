#include "engine/bundle/layer.hpp"

#include <algorithm>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/bundle/folders.hpp"
#include "engine/rules/syntax/parse.hpp"

namespace pintu::bundle {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

const std::vector<std::string>& kinds() {
    static const std::vector<std::string> names = {"workflow", "registry", "calendar",
                                                   "schema",   "people",   "messages"};
    return names;
}

class LayerReader {
  public:
    LayerReader(Layer& layer, SourceSet& sources, Diagnostics& diagnostics)
        : layer_(layer), sources_(sources), diagnostics_(diagnostics) {}

    void read(const DefinitionFile& file, const Place& place) {
        const Source& source = sources_.add(file.path, file.bytes);
        if (layer_.first_file.file == FileId::none) layer_.first_file = source.span(0, 0);
        layer_.files.push_back({&file, Part::pinned});
        const auto errors = diagnostics_.count(Severity::error);
        if (place.room == Room::rules)
            read_rules(source, place.name);
        else
            read_workflows(source, place.name);
        if (diagnostics_.count(Severity::error) != errors) layer_.broken = true;
    }

    void finish() {
        if (calendars_.empty()) return;
        const auto errors = diagnostics_.count(Severity::error);
        layer_.calendar = calendar::join(calendars_, sources_, diagnostics_);
        if (diagnostics_.count(Severity::error) != errors) layer_.broken = true;
    }

  private:
    void read_rules(const Source& source, const std::string& name) {
        if (ends_with(name, ".csv")) {
            layer_.tables.push_back(&source);
        } else if (ends_with(name, ".rules")) {
            if (auto file = rules::syntax::parse(source, diagnostics_))
                layer_.rule_files.push_back(std::move(*file));
        } else {
            ignore(source, name);
        }
    }

    void read_workflows(const Source& source, const std::string& name) {
        if (name == "categories.csv")
            read_names(source, registry::TreeKind::categories, layer_.categories);
        else if (name == "regions.csv")
            read_names(source, registry::TreeKind::regions, layer_.regions);
        else if (ends_with(name, ".yaml"))
            read_document(source);
        else
            ignore(source, name);
    }

    void read_names(const Source& source, registry::TreeKind kind,
                    std::vector<registry::NamedRow>& rows) {
        auto more = registry::read_names(source, kind, diagnostics_);
        rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
    }

    void ignore(const Source& source, const std::string& name) {
        layer_.files.pop_back();
        if (!ends_with(name, ".md") && !ends_with(name, ".txt"))
            diagnostics_.warning("BU005", source.span(0, 0), name);
    }

    void read_document(const Source& source) {
        auto node = yaml::parse(source, diagnostics_);
        if (!node) return;
        auto heading = yaml::read_heading(*node, diagnostics_);
        if (!heading) return;
        Document document{std::move(*heading), std::move(*node)};
        const std::string& kind = document.heading.kind;
        if (kind == "workflow") return keep(layer_.workflows, std::move(document));
        if (kind == "schema") return keep(layer_.schemas, std::move(document));
        layer_.files.back().part = Part::current;
        if (kind == "messages") return keep(layer_.messages, std::move(document));
        if (kind == "registry") return read_registry(document);
        if (kind == "people") return read_people(document);
        if (kind == "calendar") return read_calendar(document);
        const std::string close = nearest(kind, kinds());
        diagnostics_.error(
            "BU001", document.heading.span, kind,
            close.empty() ? "workflow, registry, calendar, schema, people, messages" : close);
    }

    void keep(std::vector<Document>& documents, Document document) {
        for (const Document& other : documents)
            if (other.heading.name == document.heading.name)
                return repeated(document.heading, other.heading.span);
        documents.push_back(std::move(document));
    }

    void repeated(const yaml::Heading& heading, const Span& first) {
        diagnostics_.error("BU007", heading.span, heading.kind + ": " + heading.name,
                           sources_.place(first));
    }

    bool own_code(const Document& document) {
        if (document.heading.name == layer_.code) return true;
        diagnostics_.error("BU006", document.heading.span, document.heading.name, layer_.code);
        return false;
    }

    void read_registry(const Document& document) {
        if (!own_code(document)) return;
        if (layer_.registry) return repeated(document.heading, layer_.registry->span);
        layer_.registry = registry::read_registry(document.node, diagnostics_);
    }

    void read_people(const Document& document) {
        if (layer_.people) return repeated(document.heading, people_);
        people_ = document.heading.span;
        layer_.people = registry::read_people(document.node, AgencyCode(layer_.code), diagnostics_);
    }

    void read_calendar(const Document& document) {
        if (!own_code(document)) return;
        if (auto read = calendar::read_document(document.node, diagnostics_))
            calendars_.push_back(std::move(*read));
    }

    Layer& layer_;
    SourceSet& sources_;
    Diagnostics& diagnostics_;
    std::vector<calendar::CalendarDocument> calendars_;
    Span people_;
};

// Codes of folders, one each in rules/ and in workflows/.
class FolderCheck {
  public:
    explicit FolderCheck(SourceSet& sources, Diagnostics& diagnostics)
        : sources_(sources), diagnostics_(diagnostics) {}

    // Whether the file belongs to a layer; each wrong folder is told once.
    bool sound(const DefinitionFile& file, const Place& place) {
        if (place.folder.empty()) {
            tell("BU004", file, place.name, "");
            return false;
        }
        const auto key = std::make_pair(place.room, place.folder);
        const auto [known, fresh] = verdicts_.emplace(key, true);
        if (!fresh) return known->second;
        if (!is_layer_code(place.layer)) {
            tell("BU002", file, place.folder, place.layer);
            return known->second = false;
        }
        const auto [first, alone] =
            codes_.emplace(std::make_pair(place.room, place.layer), place.folder);
        if (!alone) {
            tell("BU003", file, place.folder, first->second);
            return known->second = false;
        }
        return true;
    }

  private:
    void tell(const char* code, const DefinitionFile& file, const std::string& a,
              const std::string& b) {
        diagnostics_.error(code, sources_.add(file.path, file.bytes).span(0, 0), a, b);
    }

    SourceSet& sources_;
    Diagnostics& diagnostics_;
    std::map<std::pair<Room, std::string>, bool> verdicts_;
    std::map<std::pair<Room, std::string>, std::string> codes_;
};

}  // namespace

Layers read_layers(const Definitions& definitions, const std::optional<AgencyCode>& only,
                   SourceSet& sources, Diagnostics& diagnostics) {
    Layers layers;
    std::map<std::string, LayerReader> readers;
    FolderCheck folders(sources, diagnostics);
    const auto stack = only ? stack_of(*only) : std::vector<std::string>{};
    const std::set<std::string> wanted(stack.begin(), stack.end());
    for (const DefinitionFile& file : definitions.files) {
        const Place place = place_of(file.path);
        if (place.room != Room::rules && place.room != Room::workflows) continue;
        if (only && is_layer_code(place.layer) && wanted.count(place.layer) == 0) continue;
        if (!folders.sound(file, place)) continue;
        Layer& layer = layers[place.layer];
        layer.code = place.layer;
        readers.try_emplace(place.layer, layer, sources, diagnostics)
            .first->second.read(file, place);
    }
    for (auto& [code, reader] : readers) reader.finish();
    return layers;
}

}  // namespace pintu::bundle
