#include "engine/workflow/templates/read_templates.hpp"

#include "engine/base/nearest.hpp"
#include "engine/workflow/model/reader.hpp"
#include "engine/yaml/map_reader.hpp"

namespace pintu::workflow {
namespace {

class WordingReader {
  public:
    WordingReader(const yaml::Word& word, Diagnostics& diagnostics)
        : written_(word.text), span_(word.span), diagnostics_(diagnostics) {}

    Wording read() {
        Wording wording{{}, written_, span_};
        std::size_t at = 0;
        while (at < written_.size()) {
            const auto brace = written_.find_first_of("{}", at);
            Piece piece;
            piece.text = written_.substr(at, brace - at);
            if (brace == std::string::npos) {
                wording.pieces.push_back(std::move(piece));
                break;
            }
            at = read_slot(brace, piece);
            wording.pieces.push_back(std::move(piece));
        }
        return wording;
    }

  private:
    // The place behind it.
    std::size_t read_slot(std::size_t open, Piece& piece) {
        const auto close = written_.find_first_of("{}", open + 1);
        if (written_[open] == '}' || close == std::string::npos || written_[close] == '{') {
            diagnostics_.error("DL106", span_, written_.substr(open, 20));
            return open + 1;
        }
        const std::string inside = written_.substr(open + 1, close - open - 1);
        const auto colon = inside.find(':');
        const std::string name = inside.substr(0, colon);
        const auto* spec = find_slot(name);
        piece.at = open;
        piece.length = close + 1 - open;
        if (spec == nullptr)
            return diagnostics_.error("DL101", span_, name, suggestion(name)), close + 1;
        if (colon != std::string::npos && spec->slot != Slot::tenggat)
            diagnostics_.error("DL107", span_, name);
        piece.slot = spec->slot;
        if (colon != std::string::npos) piece.clock = inside.substr(colon + 1);
        return close + 1;
    }

    static std::string suggestion(const std::string& name) {
        const auto close = nearest(name, slot_names());
        return close.empty() ? join_names(slot_names()) : close;
    }

    const std::string& written_;
    const Span& span_;
    Diagnostics& diagnostics_;
};

std::optional<Wording> read_wording(yaml::MapReader& map, std::string_view key, yaml::Need need,
                                    Diagnostics& diagnostics) {
    const auto word = map.word(key, need);
    if (!word) return std::nullopt;
    return WordingReader(*word, diagnostics).read();
}

Texts read_texts(const yaml::Node& node, Diagnostics& diagnostics) {
    yaml::MapReader map(node, diagnostics);
    Texts texts;
    texts.subject = read_wording(map, "subject", yaml::Need::optional, diagnostics);
    if (auto text = read_wording(map, "text", yaml::Need::required, diagnostics))
        texts.text = std::move(*text);
    texts.sms = read_wording(map, "sms", yaml::Need::optional, diagnostics);
    map.finish();
    return texts;
}

Template read_template(const yaml::Entry& entry, Diagnostics& diagnostics) {
    Template made;
    made.name = entry.key;
    made.span = entry.key_span;
    yaml::MapReader map(entry.value, diagnostics);
    if (const auto* node = map.find("id", yaml::Need::required))
        made.languages["id"] = read_texts(*node, diagnostics);
    if (const auto* node = map.find("en")) made.languages["en"] = read_texts(*node, diagnostics);
    map.finish();
    return made;
}

}  // namespace

std::optional<Templates> read_templates(const yaml::Node& document, Diagnostics& diagnostics) {
    const auto errors = diagnostics.count(Severity::error);
    yaml::MapReader map(document, diagnostics);
    for (const char* key : {"messages", "extends", "title", "end"}) map.allow(key);
    Templates templates;
    templates.span = document.span;
    const auto* texts = map.find("texts", yaml::Need::required);
    map.finish();
    if (texts != nullptr && yaml::expect_map(*texts, diagnostics))
        for (const auto& entry : texts->entries)
            templates.by_name.emplace(entry.key, read_template(entry, diagnostics));
    if (diagnostics.count(Severity::error) != errors) return std::nullopt;
    return templates;
}

}  // namespace pintu::workflow
