#include "tests/bench/peers/definitions.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <variant>

#include "engine/messages/messages.hpp"
#include "engine/rules/check/check.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "tests/bench/peers/facts.hpp"

namespace pintu::bench {
namespace {

using registry::Field;

[[noreturn]] void fail(const Diagnostics& diagnostics, const SourceSet& sources) {
    for (const auto& one : diagnostics.sorted()) {
        const auto words = messages::render(one.code, one.args, messages::Language::english);
        std::fprintf(stderr, "%s: %s %s\n", sources.place(one.span).c_str(), one.code.c_str(),
                     words.message.c_str());
    }
    std::exit(1);
}

registry::Schema schema() {
    registry::Schema schema;
    schema.name = "laporan";
    const auto add = [&](const char* name, Field::Type type, std::int64_t low = 0,
                         std::int64_t high = 0) {
        Field field;
        field.name = name;
        field.type = type;
        field.low = low;
        field.high = high;
        field.from = name;
        field.required = type != Field::Type::text;
        schema.fields.push_back(field);
    };
    add("isi", Field::Type::text);
    add("kategori", Field::Type::category);
    add("wilayah", Field::Type::region);
    add("ada_foto", Field::Type::yesno);
    add("keparahan", Field::Type::range, 1, 5);
    add("penduduk", Field::Type::range, 0, 999'999);
    return schema;
}

std::shared_ptr<const registry::Tree> tree(const std::string& path, char separator) {
    std::vector<registry::Tree::Entry> entries;
    for (const auto& name : lines_of(path)) entries.push_back({name, name});
    return std::make_shared<registry::Tree>(registry::Tree::build(entries, separator));
}

// One `decide` block in several files: a rule file is bounded at 1 MiB, a list of 10,000 rules is
// longer. The parts are put together as if they stood in one.
rules::syntax::File parse_parts(const std::string& folder, SourceSet& sources,
                                Diagnostics& diagnostics) {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".rules") paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    rules::syntax::File whole;
    for (const auto& path : paths) {
        auto part = rules::syntax::parse(sources.add(path, read_all(path)), diagnostics);
        if (!part || diagnostics.has_errors()) fail(diagnostics, sources);
        if (&path == &paths.front()) {
            whole = std::move(*part);
            continue;
        }
        auto& into = std::get<rules::syntax::Decide>(whole.items.back());
        auto& from = std::get<rules::syntax::Decide>(part->items.back());
        std::move(from.rules.begin(), from.rules.end(), std::back_inserter(into.rules));
        into.otherwise = std::move(from.otherwise);
    }
    return whole;
}

}  // namespace

rules::Ruleset load_program(const std::string& folder) {
    const std::string shared = (std::filesystem::path(folder) / "..").string();
    SourceSet sources;
    Diagnostics diagnostics;
    const rules::syntax::File file = parse_parts(folder, sources, diagnostics);
    const registry::Schema fields = schema();
    rules::Stack stack;
    stack.agency = AgencyCode("nasional");
    stack.layers = {{"nasional", {&file}, {}}};
    stack.categories = tree(shared + "/categories.txt", '/');
    stack.regions = tree(shared + "/regions.txt", '.');
    stack.schema = &fields;
    stack.today = *make_date(2024, 6, 1);
    stack.sources = &sources;
    auto programs = rules::check(stack, diagnostics);
    if (diagnostics.has_errors() || programs.empty()) fail(diagnostics, sources);
    return {std::make_shared<rules::Program>(std::move(programs.back())), nullptr, nullptr};
}

}  // namespace pintu::bench
