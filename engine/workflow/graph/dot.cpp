#include "engine/workflow/graph/dot.hpp"

#include "engine/workflow/model/moves.hpp"

namespace pintu::workflow {
namespace {

bool english(messages::Language language) {
    return language == messages::Language::english;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + "\"";
}

// "5 working days" in the reader's language.
std::string spoken(const calendar::Duration& duration, messages::Language language) {
    if (english(language)) return to_string(duration);
    const auto count = std::to_string(duration.count);
    switch (duration.unit) {
        case calendar::DurationUnit::hours: return count + " jam";
        case calendar::DurationUnit::days: return count + " hari";
        case calendar::DurationUnit::working_days: return count + " hari kerja";
    }
    return count;
}

std::string clock_line(const ClockSpec& clock, messages::Language language) {
    if (const auto* decision = std::get_if<std::string>(&clock.lasts))
        return clock.name + ": rules." + *decision;
    return clock.name + ": " + spoken(std::get<calendar::Duration>(clock.lasts), language);
}

std::string state_label(const Workflow& workflow, const State& state, messages::Language language) {
    std::string label = title_of(state);
    if (state.task) label += "\n" + to_string(*state.task);
    for (const auto& clock : workflow.clocks)
        for (const auto& start : clock.start)
            if (start == state.name) label += "\n" + clock_line(clock, language);
    return label;
}

std::string move_label(const State& from, const Move& move, messages::Language language) {
    switch (move.kind) {
        case Move::Kind::after: return spoken(from.after->wait, language);
        case Move::Kind::choose: return from.choose->decision + " = " + move.label;
        case Move::Kind::spent:
            return move.label + (english(language) ? ", then" : ", sesudah habis");
        case Move::Kind::event: break;
    }
    std::string label = move.label;
    if (move.event->by) label += "\n" + to_string(*move.event->by);
    if (move.event->approved_by)
        label += std::string("\n") + (english(language) ? "approved by " : "disetujui ") +
                 to_string(*move.event->approved_by);
    if (move.event->at_most)
        label += std::string("\n") + (english(language) ? "at most " : "paling banyak ") +
                 std::to_string(*move.event->at_most) + "x";
    if (move.event->within)
        label += std::string("\n") + (english(language) ? "within " : "dalam ") +
                 spoken(*move.event->within, language);
    return label;
}

const char* style_of(Move::Kind kind) {
    switch (kind) {
        case Move::Kind::event: return "solid";
        case Move::Kind::spent: return "dotted";
        case Move::Kind::after: return "dashed";
        case Move::Kind::choose: return "bold";
    }
    return "solid";
}

const char* shape_of(const State& state) {
    if (state.choose) return "diamond";
    return state.final ? "doubleoctagon" : "box";
}

}  // namespace

std::string to_dot(const Workflow& workflow, messages::Language language) {
    std::string dot = "digraph " + quoted(workflow.name) + " {\n";
    dot += "  label=" + quoted(workflow.title) + "; labelloc=t; rankdir=TB;\n";
    dot += "  node [fontname=\"sans-serif\", fontsize=11, style=rounded];\n";
    dot += "  edge [fontname=\"sans-serif\", fontsize=9];\n";
    dot += "  \"\" [shape=point];\n";
    for (const auto& state : workflow.states)
        dot += "  " + quoted(state.name) + " [shape=" + shape_of(state) +
               ", label=" + quoted(state_label(workflow, state, language)) + "];\n";
    dot += "  \"\" -> " + quoted(workflow.first) + ";\n";
    for (const auto& move : moves_of(workflow)) {
        const auto& from = workflow.states[move.from];
        dot += "  " + quoted(from.name) + " -> " + quoted(workflow.states[move.to].name) +
               " [style=" + style_of(move.kind) +
               ", label=" + quoted(move_label(from, move, language)) + "];\n";
    }
    return dot + "}\n";
}

}  // namespace pintu::workflow
