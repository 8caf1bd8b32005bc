#include <algorithm>
#include <charconv>
#include <set>

#include "engine/registry/names.hpp"
#include "engine/registry/read.hpp"
#include "engine/registry/suggest.hpp"
#include "engine/yaml/map_reader.hpp"

namespace pintu::registry {
namespace {

using yaml::Need;
using yaml::Node;
using yaml::Word;

const std::vector<std::string>& plain_types() {
    static const std::vector<std::string> names = {"text", "category", "region", "yesno"};
    return names;
}

// What of a report rules may read; never who sent it.
const std::vector<std::string>& report_paths() {
    static const std::vector<std::string> paths = {"isi",          "judul",      "kategori_pelapor",
                                                   "place.region", "place.note", "channel",
                                                   "anonim",       "rahasia"};
    return paths;
}

bool is_report_path(const std::string& path) {
    constexpr std::string_view kFields = "fields.";
    const auto& known = report_paths();
    return std::find(known.begin(), known.end(), path) != known.end() ||
           (path.rfind(kFields, 0) == 0 && is_name(path.substr(kFields.size())));
}

bool whole_number(std::string_view text, std::int64_t& value) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

class FieldReader {
  public:
    FieldReader(const yaml::Entry& entry, Diagnostics& diagnostics)
        : entry_(entry), map_(entry.value, diagnostics), diagnostics_(diagnostics) {}

    Field read() {
        field_.name = entry_.key;
        field_.span = entry_.key_span;
        if (!is_name(entry_.key)) diagnostics_.error("RG001", entry_.key_span, entry_.key);
        if (const Node* type = map_.find("type", Need::required)) read_type(*type);
        read_from();
        field_.required = map_.yes_no("required").value_or(false);
        if (const auto fallback = map_.word("default")) read_default(*fallback);
        if (field_.type == Field::Type::text && field_.required)
            diagnostics_.error("RG007", field_.span, field_.name);
        map_.finish();
        return std::move(field_);
    }

  private:
    void read_type(const Node& type) {
        if (type.is_sequence()) return read_members(type);
        if (type.is_map()) return read_ordered(type);
        const auto word = yaml::as_word(type, diagnostics_);
        if (!word) return;
        if (const auto dots = word->text.find(".."); dots != std::string::npos)
            return read_range(*word, dots);
        constexpr Field::Type kTypes[] = {Field::Type::text, Field::Type::category,
                                          Field::Type::region, Field::Type::yesno};
        const auto& names = plain_types();
        const auto at = std::find(names.begin(), names.end(), word->text);
        if (at == names.end())
            diagnostics_.error("RG002", word->span, word->text, suggest(word->text, names));
        else
            field_.type = kTypes[at - names.begin()];
    }

    void read_range(const Word& word, std::size_t dots) {
        field_.type = Field::Type::range;
        const std::string_view text = word.text;
        const bool sound = whole_number(text.substr(0, dots), field_.low) &&
                           whole_number(text.substr(dots + 2), field_.high) &&
                           field_.low <= field_.high;
        if (!sound) diagnostics_.error("RG006", word.span, word.text);
    }

    void read_members(const Node& list) {
        field_.type = Field::Type::enumeration;
        for (const Node& item : list.items)
            if (const auto word = yaml::as_word(item, diagnostics_))
                add_member(word->text, word->span);
        if (list.items.empty()) diagnostics_.error("RG005", list.span, field_.name);
    }

    // {rendah < normal < tinggi}: to YAML a map with one key and no value.
    void read_ordered(const Node& map) {
        field_.type = Field::Type::enumeration;
        field_.ordered = true;
        if (map.entries.size() != 1 || !map.entries[0].value.is_null()) {
            diagnostics_.error("RG005", map.span, field_.name);
            return;
        }
        const Span span = map.entries[0].key_span;
        std::string_view rest = map.entries[0].key;
        for (;;) {
            const auto cut = rest.find('<');
            add_member(std::string(trimmed(rest.substr(0, cut))), span);
            if (cut == std::string_view::npos) return;
            rest.remove_prefix(cut + 1);
        }
    }

    void add_member(const std::string& member, const Span& span) {
        if (!is_name(member))
            diagnostics_.error("RG001", span, member);
        else if (!seen_.insert(member).second)
            diagnostics_.error("RG004", span, member);
        else
            field_.members.push_back(member);
    }

    void read_from() {
        const auto from = map_.word("from");
        field_.from = from ? from->text : field_.name;
        if (is_report_path(field_.from)) return;
        const Span span = from ? from->span : field_.span;
        diagnostics_.error("RG009", span, field_.from, suggest(field_.from, report_paths()));
    }

    void read_default(const Word& word) {
        field_.fallback = word.text;
        if (field_.type == Field::Type::yesno) {
            Node scalar;
            scalar.kind = yaml::Kind::scalar;
            scalar.text = word.text;
            scalar.span = word.span;
            const auto value = yaml::as_yes_no(scalar, diagnostics_);
            field_.fallback.reset();
            if (value) field_.fallback = *value ? "yes" : "no";
        }
        if (!field_.required) diagnostics_.error("RG008", word.span, field_.name);
    }

    const yaml::Entry& entry_;
    yaml::MapReader map_;
    Diagnostics& diagnostics_;
    Field field_;
    std::set<std::string> seen_;  // members
};

}  // namespace

std::optional<Schema> read_schema(const yaml::Node& document, Diagnostics& diagnostics) {
    yaml::MapReader map(document, diagnostics);
    if (!document.is_map()) return std::nullopt;
    Schema schema;
    schema.span = document.span;
    if (const auto name = map.word("schema", Need::required)) {
        schema.name = name->text;
        schema.span = name->span;
        if (!is_name(name->text)) diagnostics.error("RG001", name->span, name->text);
    }
    map.allow("extends");
    map.allow("end");
    if (const Node* fields = map.find("fields", Need::required))
        if (yaml::expect_map(*fields, diagnostics))
            for (const auto& entry : fields->entries)
                schema.fields.push_back(FieldReader(entry, diagnostics).read());
    map.finish();
    return schema;
}

}  // namespace pintu::registry
