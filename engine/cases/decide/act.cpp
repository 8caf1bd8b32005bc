#include <algorithm>

#include "engine/base/utf8.hpp"
#include "engine/cases/decide/check_report.hpp"
#include "engine/cases/decide/commands.hpp"
#include "engine/cases/decide/steps.hpp"
#include "engine/registry/schema.hpp"

namespace pintu::cases {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

// What was answered, sorted by what becomes of it.
struct Sorted {
    Values open;     // fields and plain answers
    Texts texts;     // personal
    Texts evidence;  // kind -> file's name
};

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

// Members of a set's text: "{foto, lokasi}".
std::vector<std::string> members_of(const std::string& set) {
    std::vector<std::string> members;
    std::string word;
    for (const char c : set + ",") {
        if (c == '{' || c == '}' || c == ' ') continue;
        if (c != ',') {
            word += c;
        } else if (!word.empty()) {
            members.push_back(std::move(word));
            word.clear();
        }
    }
    return members;
}

std::vector<std::string> evidence_asked(Turn& turn, const std::string& decision) {
    ensure_decided(turn, decision);
    if (turn.stopped()) return {};
    const auto& value = turn.state().decisions.at(decision).value;
    return value == "unknown" ? std::vector<std::string>{} : members_of(value);
}

class Asking {
  public:
    Asking(Turn& turn, const Answers& answers, bool required)
        : turn_(turn),
          answers_(answers),
          required_(required),
          asks_texts_(asks_texts(turn.state())) {}

    Sorted sort(const workflow::EventSpec& event) {
        for (const auto& [name, value] : answers_) check_text(name, value);
        for (const auto& ask : event.ask) take(ask);
        for (const auto& [name, value] : answers_)
            if (!known_.contains(name))
                turn_.reject("CS022", {name, joined({known_.begin(), known_.end()})});
        if (required_ && !missing_.empty()) turn_.reject("CS021", {joined(missing_)});
        std::sort(sorted_.open.begin(), sorted_.open.end());
        return std::move(sorted_);
    }

  private:
    void check_text(const std::string& name, const std::string& value) {
        if (value.size() > kMostTextBytes)
            turn_.reject("CS103",
                         {name, std::to_string(value.size()), std::to_string(kMostTextBytes)});
        if (first_invalid_utf8(value)) turn_.reject("CS105", {name});
    }

    const std::string* answer(const std::string& name) {
        known_.insert(name);
        const auto found = answers_.find(name);
        return found == answers_.end() || found->second.empty() ? nullptr : &found->second;
    }

    void take(const workflow::Ask& ask) {
        if (ask.kind == workflow::Ask::Kind::decision) return take_evidence(ask.name);
        const std::string* given = answer(ask.name);
        if (given == nullptr) {
            if (asks_texts_ || !is_text(ask)) missing_.push_back(ask.name);
            return;
        }
        if (ask.kind == workflow::Ask::Kind::field) {
            const auto* field = turn_.pinned().schema->find(ask.name);
            if (field != nullptr && !is_value_of(*field, turn_.pinned(), *given))
                turn_.reject("CS023", {ask.name, *given, values_of(*field)});
            sorted_.open.emplace_back(ask.name, *given);
        } else if (is_text(ask)) {
            sorted_.texts.emplace_back(ask.name, *given);
        } else {
            sorted_.open.emplace_back(ask.name, *given);
        }
    }

    bool is_text(const workflow::Ask& ask) const {
        return ask.kind == workflow::Ask::Kind::text &&
               !is_plain_answer(*turn_.workflow(), ask.name);
    }

    void take_evidence(const std::string& decision) {
        for (const auto& kind : evidence_asked(turn_, decision)) {
            if (const auto* given = answer(kind))
                sorted_.evidence.emplace_back(kind, *given);
            else if (asks_texts_ && !turn_.state().evidence.contains(kind))
                missing_.push_back(kind);
        }
    }

    Turn& turn_;
    const Answers& answers_;
    bool required_;
    bool asks_texts_;  // and names of files
    Sorted sorted_;
    std::set<std::string> known_;
    std::vector<std::string> missing_;
};

std::vector<std::pair<std::string, Sealed>> sealed(Turn& turn, const Texts& texts) {
    std::vector<std::pair<std::string, Sealed>> out;
    for (const auto& [name, value] : texts)
        out.emplace_back(name, turn.seal("texts." + name, value));
    return out;
}

void add_evidence(Turn& turn, const Texts& evidence) {
    for (const auto& [kind, name] : evidence)
        turn.emit(EvidenceAdded{kind, Attachment{turn.seal("file.name", name), {}, 0}});
}

bool did_before(const Turn& turn, const workflow::EventSpec& event) {
    return std::any_of(event.not_done_by.begin(), event.not_done_by.end(),
                       [&](const std::string& state) {
                           const PersonId* by = left_by(turn.state(), state);
                           return by != nullptr && by->value == turn.command().actor.id;
                       });
}

}  // namespace

bool is_spent(const State& state, const workflow::EventSpec& event) {
    return event.at_most && times_taken(state, state.name, event.name) >= *event.at_most;
}

Transitioned move_of(const State& state, const workflow::EventSpec& event) {
    Transitioned move;
    const bool spent = is_spent(state, event);
    move.name = spent ? "at_most" : event.name;
    move.to = spent ? event.then : event.to;
    return move;
}

void check_may(Turn& turn, const workflow::State& state, const workflow::EventSpec& event) {
    const workflow::Who who = workflow::actor(state, event);
    if (!holds(turn, who)) return turn.reject("CS011", {event.name, workflow::to_string(who)});
    if (turn.command().actor.kind == Actor::Kind::person && did_before(turn, event))
        return turn.reject("CS012", {event.name, joined(event.not_done_by)});
    if (too_late(turn.state(), event.name, turn.now()))
        return turn.reject("CS013", {event.name, calendar::to_string(*event.within)});
    if (is_spent(turn.state(), event) && event.then.empty())
        return turn.reject("CS014", {event.name, std::to_string(*event.at_most)});
}

void run(Turn& turn, const Act& act) {
    const auto* state = turn.workflow_state();
    if (state == nullptr) return turn.reject("CS043", {turn.state().name});
    const auto* event = state->find_event(act.event);
    if (event == nullptr) return turn.reject("CS010", {act.event, workflow::title_of(*state)});
    check_may(turn, *state, *event);
    if (event->approved_by && turn.state().approval && turn.state().approval->name == act.event)
        turn.reject("CS015", {act.event, workflow::to_string(*event->approved_by)});
    if (turn.stopped()) return;
    const bool required = !is_spent(turn.state(), *event);
    const Sorted answers = Asking(turn, act.answers, required).sort(*event);
    if (turn.stopped()) return;
    add_evidence(turn, answers.evidence);
    if (event->approved_by) {
        auto texts = sealed(turn, answers.texts);
        return turn.emit(ApprovalAsked{event->name, answers.open, std::move(texts)});
    }
    Transitioned move = move_of(turn.state(), *event);
    move.answers = answers.open;
    move.texts = sealed(turn, answers.texts);
    enter(turn, std::move(move), false);
}

}  // namespace pintu::cases
