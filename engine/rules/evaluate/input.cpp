#include "engine/rules/evaluate/input.hpp"

#include "engine/rules/evaluate/oracle.hpp"
#include "engine/text/matcher.hpp"

namespace pintu::rules {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// RU172 for what a tree does not have, RU171 for the rest.
Error note(const Attribute& attribute, std::string_view text) {
    const auto kind = attribute.domain.kind;
    const bool tree = kind == Domain::Kind::category || kind == Domain::Kind::region;
    constexpr std::size_t kShown = 100;  // a value as sent may be long
    return {tree ? "RU172" : "RU171",
            {attribute.name, std::string(text.substr(0, kShown)), show_type(attribute.domain)}};
}

const std::string* find(const std::map<std::string, std::string>& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? nullptr : &found->second;
}

// What cannot be read is noted and left as it was.
void read_value(const Program& program, AttributeId id,
                const std::map<std::string, std::string>& fields, Input& input,
                std::vector<Error>& notes) {
    const Attribute& attribute = program.attributes[id];
    const std::string* text = find(fields, attribute.name);
    if (attribute.domain.kind == Domain::Kind::text || text == nullptr) return;
    const auto written = trimmed(*text);
    if (written.empty()) return;
    const auto value = program.read(attribute.domain, written);
    if (value && *value != kUnknown) input.values[id] = *value;
    if (!value) notes.push_back(note(attribute, written));
}

void match_texts(const Program& program, const text::Matcher& matcher,
                 const std::map<std::string, std::string>& fields, Input& input) {
    for (std::size_t i = 0; i < program.attributes.size(); ++i) {
        if (program.attributes[i].domain.kind != Domain::Kind::text) continue;
        const std::string* text = find(fields, program.attributes[i].name);
        const auto answers = matcher.match(text == nullptr ? std::string_view() : *text);
        for (std::size_t probe = 0; probe < program.probes.size(); ++probe)
            if (program.probes[probe].field == i) input.probes[probe] = answers[probe];
    }
}

}  // namespace

Result<BuiltInput> make_input(const Program& program, const text::Matcher& matcher,
                              const std::map<std::string, std::string>& fields) {
    BuiltInput built{empty_input(program), {}};
    for (AttributeId id = 0; id < program.attributes.size(); ++id) {
        const Attribute& attribute = program.attributes[id];
        if (attribute.source != Attribute::Source::decision)
            read_value(program, id, fields, built.input, built.notes);
        const bool value_needed = attribute.required && attribute.domain.kind != Domain::Kind::text;
        if (value_needed && built.input.values[id] == kUnknown)
            return fail("RU170", attribute.name);
    }
    match_texts(program, matcher, fields, built.input);
    return built;
}

RecordedInput recorded_input(const Program& program,
                             const std::map<std::string, std::string>& fields,
                             const std::map<std::string, std::string>& probes) {
    RecordedInput recorded{empty_input(program), {}};
    std::vector<Error> notes;  // what was recorded under other definitions may be unknown here
    for (AttributeId id = 0; id < program.attributes.size(); ++id)
        read_value(program, id, fields, recorded.input, notes);
    for (std::size_t i = 0; i < program.probes.size(); ++i) {
        const std::string name = probe_name(program, static_cast<ProbeId>(i));
        const std::string* answer = find(probes, name);
        if (answer == nullptr)
            recorded.missing.push_back(name);
        else
            recorded.input.probes[i] = *answer == "yes" ? 1 : 0;
    }
    return recorded;
}

std::string probe_name(const Program& program, ProbeId id) {
    const Probe& probe = program.probes[id];
    const std::string& field = program.attributes[probe.field].name;
    if (probe.kind == Probe::Kind::mentions) return field + " mentions " + probe.name;
    return field + " contains \"" + probe.name + "\"";
}

}  // namespace pintu::rules
