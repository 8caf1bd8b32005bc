// The oracle, inputs, explanations and what-if-not, on whole reports: one golden text case says
// all.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "engine/messages/messages.hpp"
#include "engine/rules/evaluate/input.hpp"
#include "engine/rules/evaluate/oracle.hpp"
#include "engine/rules/evaluate/why.hpp"
#include "engine/text/matcher.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/rule_stack.hpp"

namespace pintu::rules {
namespace {

using Fields = std::map<std::string, std::string>;

text::Matcher matcher_of(const Program& program) {
    std::vector<text::Probe> probes;
    for (const Probe& probe : program.probes)
        probes.push_back({probe.kind == Probe::Kind::contains ? text::Probe::Kind::contains
                                                              : text::Probe::Kind::mentions,
                          probe.phrases});
    return text::Matcher(probes);
}

// "isi=jalan rusak; kelas=permintaan_informasi"
Fields fields_of(const std::string& line) {
    Fields fields;
    std::istringstream parts(line);
    for (std::string part; std::getline(parts, part, ';');) {
        const auto start = part.find_first_not_of(' ');
        const auto equals = part.find('=');
        if (start != std::string::npos && equals != std::string::npos)
            fields[part.substr(start, equals - start)] = part.substr(equals + 1);
    }
    return fields;
}

std::string words(const Error& error) {
    return error.code + ": " + messages::render(error, messages::Language::english).message;
}

void print_rules(const char* label, const std::vector<RuleWhy>& rules, std::ostream& out) {
    for (const RuleWhy& rule : rules) {
        out << "    " << label << " " << rule.rule << " (" << to_string(rule.truth) << ", answers "
            << rule.answer << ") at " << rule.at;
        if (!rule.because.empty()) out << " because \"" << rule.because << '"';
        if (!rule.set_aside_by.empty()) out << " behind " << rule.set_aside_by;
        out << "\n";
        for (const AtomWhy& atom : rule.atoms)
            out << "      " << atom.text << ": " << to_string(atom.truth) << " (" << atom.value
                << ")\n";
    }
}

void print(const Why& why, std::ostream& out) {
    out << "  " << why.decision << " = " << why.value;
    if (why.status != "decided") out << " [" << why.status << "]";
    if (!why.layer.empty()) out << " by " << why.layer;
    if (why.accepted_gap) out << ", an accepted gap";
    if (why.unknown_could_matter) out << ", an unknown could matter";
    out << "\n";
    print_rules("rule", why.rules, out);
    print_rules("aside", why.set_aside, out);
    for (const LimitWhy& limit : why.limits)
        out << "    limit " << limit.limit << " of " << limit.layer << " at " << limit.at << "\n";
    for (const auto& step : why.path) out << "    path " << step << "\n";
    for (const auto& [name, value] : why.read) out << "    read " << name << " = " << value << "\n";
    out << "    asked";
    for (const auto& layer : why.asked) out << " " << layer;
    out << "\n";
}

void print(const WhyNot& not_so, std::ostream& out) {
    out << "  why not " << not_so.decision << " = " << not_so.wanted << " but " << not_so.got
        << "\n";
    print_rules("rule", not_so.rules, out);
    for (const Change& change : not_so.change)
        out << "    change " << change.name << " from " << change.from << " to " << change.to
            << "\n";
    if (not_so.change.empty())
        out << (not_so.searched_all ? "    no change would\n" : "    no change found\n");
}

const Decision& decision_named(const Program& program, const std::string& name) {
    return program.decisions[program.attributes[program.find(name)].index];
}

// Lines after `== reports`: a report each; a line `? pemilik=bpbd` asks why that report's answer is
// not another. `excluding=64.09/dpupr` is R18's earlier owner.
class Reports {
  public:
    explicit Reports(const Program& program) : program_(program), matcher_(matcher_of(program)) {}

    void line(const std::string& text, std::ostream& out) {
        out << text << "\n";
        if (text.starts_with("? ")) return ask(text.substr(2), out);
        Fields fields = fields_of(text);
        auto built = make_input(program_, matcher_, fields);
        if (!built) {
            out << "  refused: " << words(built.error()) << "\n";
            return;
        }
        for (const Error& note : built->notes) out << "  note: " << words(note) << "\n";
        input_ = built->input;
        if (fields.count("excluding") > 0) input_.excluded_owners = {UnitId(fields["excluding"])};
        const auto outcomes = evaluate_all(program_, input_);
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            print(explain(program_, program_.decisions[i], input_, outcomes[i]), out);
    }

  private:
    void ask(const std::string& text, std::ostream& out) {
        const auto equals = text.find('=');
        const Decision& decision = decision_named(program_, text.substr(0, equals));
        const auto wanted = program_.read(decision.domain, text.substr(equals + 1));
        print(why_not(program_, decision, input_, *wanted), out);
    }

    const Program& program_;
    text::Matcher matcher_;
    Input input_;
};

std::string answer(const std::string&, const std::string& text) {
    const auto at = text.find("== reports\n");
    testing::RuleStack stack(text.substr(0, at));
    Diagnostics diagnostics;
    const auto programs = stack.check(diagnostics);
    if (diagnostics.has_errors()) return testing::rendered(diagnostics, stack.sources());
    std::ostringstream out;
    Reports reports(programs.back());
    std::istringstream lines(text.substr(text.find('\n', at) + 1));
    for (std::string line; std::getline(lines, line);)
        if (!line.empty()) reports.line(line, out);
    return out.str();
}

TEST(Deciding, golden_reports_are_decided_and_explained_as_expected) {
    testing::check_golden("rules/decide", ".stack", answer);
}

}  // namespace
}  // namespace pintu::rules
