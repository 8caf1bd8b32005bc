// Proofs about a program, over its finitely many cells (R13, R15 to R19): is every report decided,
// can two rules of a `unique` decision contradict each other, does each rule ever matter, are
// limits kept. What is found comes with a witness: the smallest report that shows it, decided again
// by the reference evaluator before anybody sees it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/instant.hpp"
#include "engine/rules/model.hpp"

namespace pintu::text {
class Matcher;
}

namespace pintu::rules {

class Compiled;

struct AnalyseOptions {
    // Steps of the search for one question, and for all questions of one program. A question that
    // needs more is `not proved within the budget`: an error (RU2xx), never a silent ok.
    std::uint64_t steps = 50'000;
    std::uint64_t steps_in_all = 2'000'000;
    // Findings shown for one decision and kind; the rest are counted.
    std::size_t most = 5;
    // Matcher of Program::probes; nullptr: one is made.
    const text::Matcher* matcher = nullptr;
    // Compiled form of the program; nullptr: one is made.
    const Compiled* compiled = nullptr;
};

// A rule that gives its layer's answer in no report of this program.
struct DeadRule {
    std::string layer;
    std::string decision;
    std::string rule;  // its name
    std::string at;    // "rules/.../disposisi.rules:12": with `layer`, its identity across programs
    Span span;
    std::vector<std::string> because;  // names of the rules that always come before it, at most 3;
                                       // empty: its condition is never true
};

struct AnalysisReport {
    std::string agency;
    std::vector<DeadRule> dead;
    std::vector<std::string> judged;  // layers of the stack
    std::size_t questions = 0;
    std::size_t not_proved = 0;
    std::uint64_t steps = 0;
};

// Emits everything but dead rules, which only all stacks and date intervals together can tell: a
// national rule for one regency matters in that regency's stack alone. Deterministic.
AnalysisReport analyse(const Program& program, const AnalyseOptions& options,
                       Diagnostics& diagnostics);

// Pairs of rules of one layer that one report can meet, whatever they answer: never too few; exact
// for plain conjunctions without negated texts. What an overlap costs to find, for benchmarks.
std::size_t count_overlaps(const Program& program, std::uint32_t decision,
                           const text::Matcher& matcher);

// Dead rules, of every program in which their layer takes part: dead in each of them. Reports that
// do not cover all agencies (only one was loaded) pass `all` = false: then only layers of which
// every program is there by itself (the most local one) are judged.
void report_dead(const std::vector<AnalysisReport>& reports, bool all, Diagnostics& diagnostics);

}  // namespace pintu::rules
