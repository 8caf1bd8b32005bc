#include <algorithm>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/base/nearest.hpp"

namespace pintu::cli {
namespace {

// What stands in a placeholder is not known here: {0} becomes "...".
std::string general(std::string_view words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool placeholder = words[i] == '{' && i + 2 < words.size() && words[i + 2] == '}';
        text += placeholder ? "..." : std::string(1, words[i]);
        if (placeholder) i += 2;
    }
    return text;
}

void print(const Options& options, const messages::Entry& entry, std::ostream& out) {
    const bool english = options.language == messages::Language::english;
    const messages::Wording& words = english ? entry.en : entry.id;
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().field("code", entry.code).field("message", words.message);
        json.field("hint", words.hint).end_object();
        out << json.text() << '\n';
        return;
    }
    out << entry.code << "  " << general(words.message) << '\n';
    if (!words.hint.empty()) out << "  = " << general(words.hint) << '\n';
}

// Headings and words of help are in the catalogue too; nobody looks them up.
bool is_said(const messages::Entry& entry) {
    return !entry.id.hint.empty() || !entry.code.starts_with("CL");
}

}  // namespace

int explain(const Options& options, const ExplainArgs& args, Io& io) {
    if (args.code.empty()) {
        for (const auto* entry : messages::all())
            if (is_said(*entry)) print(options, *entry, io.out);
        return kDone;
    }
    std::string code = args.code;
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (const auto* entry = messages::find(code)) {
        print(options, *entry, io.out);
        return kDone;
    }
    std::vector<std::string> codes;
    for (const auto* entry : messages::all()) codes.emplace_back(entry->code);
    const std::string close = nearest(code, codes);
    say(io, options, close.empty() ? "CL029" : "CL010", {args.code, close});
    return kFailed;
}

}  // namespace pintu::cli
