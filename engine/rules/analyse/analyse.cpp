#include "engine/rules/analyse/analyse.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <memory>
#include <utility>

#include "engine/rules/analyse/inquiry.hpp"
#include "engine/rules/compile/compile.hpp"
#include "engine/text/matcher.hpp"

namespace pintu::rules {
namespace {

std::unique_ptr<text::Matcher> matcher_of(const Program& program) {
    std::vector<text::Probe> probes;
    for (const auto& probe : program.probes)
        probes.push_back({probe.kind == Probe::Kind::contains ? text::Probe::Kind::contains
                                                              : text::Probe::Kind::mentions,
                          probe.phrases});
    return std::make_unique<text::Matcher>(probes);
}

// Decisions in the order in which they are decided.
std::vector<std::uint32_t> decisions_of(const Program& program) {
    std::vector<std::uint32_t> result;
    for (const auto attribute : program.order)
        if (program.attributes[attribute].source == Attribute::Source::decision)
            result.push_back(program.attributes[attribute].index);
    return result;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

Answered Inquiry::ask(const Goal& goal) {
    ++report.questions;
    Answered answer = search.find(goal);
    if (answer.kind == Answered::Kind::not_proved) ++report.not_proved;
    return answer;
}

void Inquiry::not_proved(const Span& span, const std::string& decision, const std::string& about) {
    diagnostics.error("RU206", span, decision, about, std::to_string(options.steps));
}

std::string Inquiry::witness(const Goal& goal, Report& found, const Span& span) {
    found = search.smallest(found, goal);
    if (search.confirmed(found, goal)) return search.words(found, goal);
    diagnostics.error("RU299", span, search.words(found, goal));
    return {};
}

AnalysisReport analyse(const Program& program, const AnalyseOptions& options,
                       Diagnostics& diagnostics) {
    AnalysisReport report;
    report.agency = program.agency.value;
    for (const auto& decision : program.decisions)
        for (const auto& layer : decision.layers)
            if (std::find(report.judged.begin(), report.judged.end(), layer.layer) ==
                report.judged.end())
                report.judged.push_back(layer.layer);
    std::unique_ptr<text::Matcher> own;
    if (options.matcher == nullptr) own = matcher_of(program);
    const Space space(program, own ? *own : *options.matcher);
    const auto compiled = options.compiled == nullptr ? compile(program) : nullptr;
    const Compiled& form = options.compiled == nullptr ? *compiled : *options.compiled;
    Search search(space, form, options.steps, options.steps_in_all);
    Inquiry inquiry{program, space, search, options, diagnostics, report};
    for (const auto decision : decisions_of(program)) {
        ask_conflicts(inquiry, decision);
        ask_completeness(inquiry, decision);
        ask_dead(inquiry, decision);
        ask_doubts(inquiry, decision);
        ask_breaches(inquiry, decision);
    }
    ask_proofs(inquiry);
    report.steps = search.steps();
    return report;
}

std::size_t count_overlaps(const Program& program, std::uint32_t decision,
                           const text::Matcher& matcher) {
    const Space space(program, matcher);
    std::size_t count = 0;
    for (const auto& layer : program.decisions[decision].layers)
        count += Overlaps(space, decision, layer, false).each([](Pair) { return false; });
    return count;
}

// A rule is known by its layer and place; it is alive if one program that its layer is part of says
// nothing of it.
void report_dead(const std::vector<AnalysisReport>& reports, bool all, Diagnostics& diagnostics) {
    std::map<std::string, std::size_t> programs;  // by layer
    std::map<std::pair<std::string, std::string>, std::pair<const DeadRule*, std::size_t>> dead;
    for (const auto& report : reports) {
        for (const auto& layer : report.judged) ++programs[layer];
        for (const auto& rule : report.dead) {
            auto& entry = dead[{rule.layer, rule.at}];
            if (entry.first == nullptr) entry.first = &rule;
            ++entry.second;
        }
    }
    for (const auto& [identity, entry] : dead) {
        const DeadRule& rule = *entry.first;
        const bool own = std::all_of(reports.begin(), reports.end(), [&](const auto& report) {
            return std::find(report.judged.begin(), report.judged.end(), rule.layer) ==
                       report.judged.end() ||
                   report.agency == rule.layer || rule.layer.rfind(report.agency + "+", 0) == 0;
        });
        if (entry.second < programs[rule.layer] || (!all && !own)) continue;
        if (rule.because.empty())
            diagnostics.error(rule.rule == "otherwise" ? "RU205" : "RU203", rule.span,
                              rule.decision, rule.rule);
        else
            diagnostics.error("RU204", rule.span, rule.decision, rule.rule, joined(rule.because));
    }
}

}  // namespace pintu::rules
