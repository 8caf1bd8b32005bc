// The definitions that ship in rules/ and workflows/, loaded as a user loads them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "adapters/files/definitions.hpp"
#include "adapters/wire/report_reader.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"

namespace pintu::shipped {

inline const Date kToday = *make_date(2026, 3, 2);

struct Loaded {
    bundle::Definitions definitions;
    std::shared_ptr<SourceSet> sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    std::optional<bundle::Library> library;
};

inline const Loaded& loaded() {
    static const Loaded once = [] {
        Loaded made;
        made.definitions = files::read_definitions(PINTU_SOURCE_DIR).value();
        bundle::LoadOptions options;
        options.today = kToday;
        made.library = bundle::load(made.definitions, options, made.sources, made.diagnostics);
        return made;
    }();
    return once;
}

inline const bundle::Bundle& agency(const std::string& code) {
    return *loaded().library->bundles.at(AgencyCode(code));
}

// Every decision of the report, as cases are decided; a fact that was not given takes its `else`.
inline std::vector<rules::Outcome> decide_all(const rules::Ruleset& ruleset, rules::Input input) {
    const auto& program = *ruleset.program;
    std::vector<rules::Outcome> outcomes(program.decisions.size());
    for (const auto id : program.order) {
        const auto& attribute = program.attributes[id];
        auto& value = input.values[id];
        if (attribute.source == rules::Attribute::Source::fact && value == rules::kUnknown)
            value = attribute.fallback;
        if (attribute.source != rules::Attribute::Source::decision) continue;
        outcomes[attribute.index] = rules::decide(ruleset, attribute.index, input);
        value = outcomes[attribute.index].value;
    }
    return outcomes;
}

// What was decided, as people write it; "unknown" where nothing was.
inline std::string shown(const rules::Program& program, const std::vector<rules::Outcome>& outcomes,
                         const std::string& decision) {
    const auto& found = program.decisions[program.attributes[program.find(decision)].index];
    return program.show(found.domain, outcomes[program.attributes[found.attribute].index].value);
}

struct YearReport {
    std::string text;  // the line
    wire::ReportLine line;
    bool has_mess(const std::string& kind) const {
        const auto begin = text.find("\"sintetis\":[");
        return text.find("\"" + kind + "\"", begin) < text.find(']', begin);
    }
};

inline const std::vector<YearReport>& year() {
    static const std::vector<YearReport> once = [] {
        std::vector<YearReport> reports;
        std::istringstream file(testing::read_file(std::string(PINTU_SOURCE_DIR) +
                                                   "/examples/laporan/kaltim-2026.jsonl"));
        for (std::string text; std::getline(file, text);) {
            const auto number = static_cast<std::uint32_t>(reports.size() + 1);
            reports.push_back({text, wire::read_json_report(text, number)});
        }
        return reports;
    }();
    return once;
}

// Whose case it becomes: by its place, else the office that took it in, else the province.
inline std::string agency_of(const wire::ReportLine& line) {
    for (std::string code = line.report->region; !code.empty();) {
        if (loaded().library->bundles.contains(AgencyCode(code))) return code;
        const auto dot = code.rfind('.');
        code.resize(dot == std::string::npos ? 0 : dot);
    }
    return line.agency.value.empty() ? "64" : line.agency.value;
}

}  // namespace pintu::shipped
