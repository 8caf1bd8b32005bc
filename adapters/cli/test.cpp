#include <algorithm>
#include <map>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/files/definitions.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/rules/testing/testing.hpp"

namespace pintu::cli {
namespace {

// What all programs of all layers gave. A test belongs to one layer and one interval; a rule is
// covered by a test of its own layer or of one below, in any interval.
struct Tally {
    std::vector<rules::TestResult> results;
    std::map<std::string, std::pair<std::string, std::uint32_t>> coverage;  // at -> name, tests
    std::size_t failed = 0;
    std::uint32_t& tests_of(const rules::Rule& rule) {
        auto& entry = coverage[rule.at + " " + rule.name];
        entry.first = rule.name;
        return entry.second;
    }
};

void add(Tally& tally, const rules::Ruleset& ruleset) {
    const auto report = rules::run_tests(*ruleset.program, *ruleset.matcher);
    for (const auto& result : report.results) {
        if (!result.passed) ++tally.failed;
        tally.results.push_back(result);
        for (const auto id : result.fired) ++tally.tests_of(ruleset.program->rules[id]);
    }
    for (const auto& item : report.coverage) tally.tests_of(ruleset.program->rules[item.rule]);
}

constexpr std::size_t kMostShown = 8;  // conditions; `eval` shows them all

void print_failure(const rules::TestResult& result, const Options& options, Io& io) {
    io.out << words(options, "CL030", {result.at, result.title}) << '\n';
    for (const auto& failure : result.failed) {
        io.out << "  "
               << words(options, "CL031",
                        {failure.decision, shown_condition(options, failure.expected),
                         shown_value(options, failure.got)})
               << '\n';
        for (const auto& rule : failure.why.rules)
            io.out << "    " << shown_rule(options, rule.rule) << "  " << rule.at << '\n';
        const auto& path = failure.why.path;
        const std::size_t shown = std::min(path.size(), kMostShown);
        for (std::size_t i = 0; i < shown; ++i)
            io.out << "      " << shown_condition(options, path[i]) << '\n';
        if (shown < path.size())
            io.out << "      " << words(options, "CL035", {std::to_string(path.size() - shown)})
                   << '\n';
    }
}

void print_coverage(const Tally& tally, const Options& options, Io& io) {
    std::size_t covered = 0;
    for (const auto& [at, entry] : tally.coverage)
        if (entry.second > 0) ++covered;
    for (const auto& [at, entry] : tally.coverage)
        if (entry.second == 0) io.out << words(options, "CL032", {at}) << '\n';
    io.out << words(options, "CL033",
                    {std::to_string(covered), std::to_string(tally.coverage.size())})
           << '\n';
}

void print_json(const Tally& tally, Io& io) {
    wire::JsonWriter json;
    json.begin_object().key("tests").begin_array();
    for (const auto& result : tally.results) {
        json.begin_object().field("title", result.title).field("layer", result.layer);
        json.field("at", result.at).field("passed", result.passed).key("failed").begin_array();
        for (const auto& failure : result.failed)
            json.begin_object()
                .field("decision", failure.decision)
                .field("expected", failure.expected)
                .field("got", failure.got)
                .end_object();
        json.end_array().end_object();
    }
    json.end_array().key("coverage").begin_array();
    for (const auto& [at, entry] : tally.coverage)
        json.begin_object()
            .field("rule", entry.first)
            .field("at", at.substr(0, at.rfind(' ')))
            .field("tests", static_cast<std::int64_t>(entry.second))
            .end_object();
    json.end_array().end_object();
    io.out << json.text() << '\n';
}

}  // namespace

int test(const Options& options, const TestArgs& args, Io& io) {
    const std::string& directory = args.directory.empty() ? options.directory : args.directory;
    const auto files = files::read_definitions(directory);
    if (!files) {
        say(io, options, files.error());
        return kFailed;
    }
    bundle::LoadOptions load;
    if (!options.agency.empty()) load.only = AgencyCode(options.agency);
    load.today = local_date(moment(options));
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    const auto layers = bundle::load_layer_rules(*files, load, sources, diagnostics);
    if (diagnostics.has_errors()) {
        print_diagnostics(io.err, diagnostics, *sources, options, Output::pretty, io.color);
        return kFailed;
    }
    Tally tally;
    for (const auto& layer : layers)
        for (const auto& ruleset : layer.rulesets) add(tally, ruleset);
    if (options.output == Output::json) {
        print_json(tally, io);
    } else {
        for (const auto& result : tally.results)
            if (!result.passed) print_failure(result, options, io);
        if (args.coverage) print_coverage(tally, options, io);
        say(io, options, "CL034",
            {std::to_string(tally.results.size() - tally.failed), std::to_string(tally.failed)});
    }
    return tally.failed == 0 ? kDone : kFailed;
}

}  // namespace pintu::cli
