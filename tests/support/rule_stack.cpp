#include "tests/support/rule_stack.hpp"

#include <sstream>

#include "engine/registry/read.hpp"
#include "engine/rules/syntax/parse.hpp"
#include "engine/yaml/parse.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {

namespace {

constexpr const char* kGround = PINTU_SOURCE_DIR "/tests/golden/rules/ground/";

std::map<std::string, std::string> sections_of(const std::string& text) {
    std::map<std::string, std::string> sections;
    std::istringstream lines(text);
    std::string line, path = "rules/64.09/kasus.rules";
    while (std::getline(lines, line)) {
        if (line.starts_with("== "))
            path = line.substr(3);
        else if (!line.starts_with("# today: "))
            sections[path] += line + "\n";
    }
    return sections;
}

std::string condition_text(const rules::Condition& condition) {
    using Kind = rules::Condition::Kind;
    if (condition.kind == Kind::always) return "always";
    if (condition.kind == Kind::atom) return condition.atom.text;
    std::string text = condition.kind == Kind::negation ? "not (" : "(";
    for (const auto& child : condition.children) {
        if (&child != &condition.children.front())
            text += condition.kind == Kind::all ? " and " : " or ";
        text += condition_text(child);
    }
    return text + ")";
}

std::string answer_text(const rules::Program& program, const rules::Domain& domain,
                        const rules::Answer& answer) {
    const auto name = [&](rules::AttributeId id) { return program.attributes[id].name; };
    switch (answer.kind) {
        case rules::Answer::Kind::constant: return program.show(domain, answer.value);
        case rules::Answer::Kind::attribute: return "value of " + name(answer.attribute);
        case rules::Answer::Kind::office_for: break;
    }
    return "office_for(" + name(answer.category) + ", " + name(answer.region) + ")";
}

void show_rule(const rules::Program& program, const rules::Decision& decision, rules::RuleId id,
               std::ostream& out) {
    const rules::Rule& rule = program.rules[id];
    out << "    " << rule.name << " when " << condition_text(rule.when) << " -> "
        << answer_text(program, decision.domain, rule.answer);
    for (const auto other : rule.overrides) out << " overrides " << program.rules[other].name;
    if (!rule.because.empty()) out << " because \"" << rule.because << '"';
    out << " at " << rule.at << "\n";
}

void show_decision(const rules::Program& program, const rules::Decision& decision,
                   std::ostream& out) {
    out << "decide " << decision.name << " : " << rules::show_type(decision.domain) << "\n";
    for (const auto& layer : decision.layers) {
        out << "  layer " << layer.layer << " from " << to_string(layer.from) << "\n";
        for (const auto id : layer.rules) show_rule(program, decision, id, out);
        if (layer.otherwise == rules::kNone) continue;
        if (layer.even_if_unknown) out << "    even if unknown:\n";
        show_rule(program, decision, layer.otherwise, out);
    }
    for (const auto& limit : decision.limits)
        out << "  limit of " << limit.layer << " " << program.show(decision.domain, limit.value)
            << " when " << condition_text(limit.when) << "\n";
    for (const auto& gap : decision.accepted)
        out << "  accepted until " << to_string(gap.until) << " when " << condition_text(gap.when)
            << "\n";
}

}  // namespace

RuleStack::RuleStack(const std::string& text, const std::string& last) : texts_(sections_of(text)) {
    stack_.agency = AgencyCode(last);
    const std::string mark = "# today: ";
    stack_.today = *parse_date(text.starts_with(mark) ? text.substr(mark.size(), 10)
                                                      : std::string("2026-03-13"));
    stack_.sources = &sources_;
    read_ground(reading_);
    for (const std::string code : {"nasional", "64", "64.09"}) {
        read_layer(code);
        if (code == last) break;
    }
    if (last == "64.09") stack_.registries = {&registries_[1], &registries_[0]};
    if (last == "64") stack_.registries = {&registries_[0]};
}

const Source& RuleStack::source(const std::string& path) {
    const auto replaced = texts_.find(path);
    return sources_.add(path,
                        replaced != texts_.end() ? replaced->second : read_file(kGround + path));
}

void RuleStack::read_ground(Diagnostics& diagnostics) {
    using registry::TreeKind;
    const auto tree = [&](const std::string& path, TreeKind kind) {
        const auto rows = registry::read_names(source(path), kind, diagnostics);
        return std::make_shared<registry::Tree>(
            registry::join_names({&rows}, kind, sources_, diagnostics));
    };
    stack_.categories = tree("categories.csv", TreeKind::categories);
    stack_.regions = tree("regions.csv", TreeKind::regions);
    if (const auto node = yaml::parse(source("schema.yaml"), diagnostics))
        schema_ = registry::read_schema(*node, diagnostics).value_or(registry::Schema{});
    stack_.schema = &schema_;
    for (const char* path : {"registry-64.yaml", "registry-64.09.yaml"}) {
        const auto node = yaml::parse(source(path), diagnostics);
        registries_.push_back(
            node ? registry::read_registry(*node, diagnostics).value_or(registry::Registry{})
                 : registry::Registry{});
    }
}

void RuleStack::read_layer(const std::string& code) {
    rules::LayerFiles layer;
    layer.code = code;
    for (const auto& [path, text] : texts_) {
        if (!path.starts_with("rules/" + code + "/")) continue;
        const Source& read = source(path);
        if (path.ends_with(".csv")) {
            layer.tables.push_back(&read);
        } else if (auto file = rules::syntax::parse(read, reading_)) {
            files_.push_back(std::move(*file));
            layer.files.push_back(&files_.back());
        }
    }
    stack_.layers.push_back(std::move(layer));
}

std::vector<rules::Program> RuleStack::check(Diagnostics& diagnostics) {
    diagnostics.append(reading_);
    if (reading_.has_errors()) return {};
    return rules::check(stack_, diagnostics);
}

std::string show(const rules::Program& program) {
    std::ostringstream out;
    out << "from " << to_string(program.from) << " until " << to_string(program.until) << "\n";
    for (const auto& decision : program.decisions) show_decision(program, decision, out);
    for (const auto& probe : program.probes) {
        out << "probe " << probe.name << ":";
        for (const auto& phrase : probe.phrases) out << " \"" << phrase << '"';
        out << "\n";
    }
    out << "order:";
    for (const auto id : program.order) out << " " << program.attributes[id].name;
    out << "\n";
    for (const auto& proof : program.proofs) out << "prove " << proof.name << "\n";
    for (const auto& test : program.tests) out << "test \"" << test.title << "\"\n";
    return out.str();
}

}  // namespace pintu::testing
