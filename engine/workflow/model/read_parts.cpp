#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/workflow/model/read.hpp"
#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {

bool is_name(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::string join_names(const Names& names) {
    std::string joined;
    for (const auto& name : names) joined += (joined.empty() ? "" : ", ") + name;
    return joined;
}

bool expect_keys(const yaml::Node& node, const Names& keys, Reading& reading) {
    if (!yaml::expect_map(node, reading.diagnostics)) return false;
    for (const auto& entry : node.entries) {
        if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
        const auto close = nearest(entry.key, keys);
        if (close.empty())
            reading.diagnostics.error("WF001", entry.key_span, entry.key, join_names(keys));
        else
            reading.diagnostics.error("WF002", entry.key_span, entry.key, join_names(keys), close);
    }
    return true;
}

bool expect_name(const std::string& text, const Span& span, Reading& reading) {
    if (is_name(text)) return true;
    reading.diagnostics.error("WF013", span, text);
    return false;
}

std::optional<calendar::Duration> read_duration(const std::string& text, const Span& span,
                                                Reading& reading) {
    const auto duration = calendar::parse_duration(text);
    if (duration && duration->count > 0) return duration;
    reading.diagnostics.error("WF005", span, text);
    return std::nullopt;
}

namespace {

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t i = 0; i < text.size();) {
        const auto begin = text.find_first_not_of(' ', i);
        if (begin == std::string_view::npos) break;
        i = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, i - begin));
    }
    return words;
}

bool is_unit_name(std::string_view text) {
    const auto slash = text.find('/');
    return is_name(slash == std::string_view::npos ? text : text.substr(slash + 1));
}

// "decide D" and its kin, by the words that they consist of.
std::optional<Action> action_of(const std::vector<std::string_view>& words,
                                const yaml::Word& word) {
    const auto& span = word.span;
    const auto is = [&](std::size_t i, std::string_view text) { return words[i] == text; };
    const auto name = [&](std::size_t i) { return std::string(words[i]); };
    if (words.size() == 1 && is(0, "acknowledge")) return AcknowledgeAction{span};
    if (words.size() == 1 && is(0, "publish")) return PublishAction{span};
    if (words.size() == 1 && is(0, "request_rating")) return RequestRatingAction{span};
    if (words.size() == 2 && is(0, "decide") && is_name(words[1]))
        return DecideAction{name(1), false, span};
    if (words.size() == 4 && is(0, "decide") && is_name(words[1]) && is(2, "excluding") &&
        is(3, "previous"))
        return DecideAction{name(1), true, span};
    if (words.size() == 2 && is(0, "assign") && is_unit_name(words[1]))
        return AssignAction{name(1), span};
    if (words.size() == 2 && is(0, "merge") && is_name(words[1])) return MergeAction{name(1), span};
    if (words.size() >= 4 && is(0, "notify") && is_name(words[1]) && is(2, "to")) {
        const auto whom = parse_who(
            word.text.substr(static_cast<std::size_t>(words[3].data() - word.text.data())));
        if (whom) return NotifyAction{name(1), *whom, span};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Who> parse_who(std::string_view text) {
    const auto words = split_words(text);
    if (words.size() == 1 && words[0] == "pelapor")
        return Who{"pelapor", Who::Of::reporter, "", {}};
    if (words.size() != 3 || !is_name(words[0]) || (words[1] != "of" && words[1] != "dari") ||
        !is_unit_name(words[2]))
        return std::nullopt;
    const std::string role(words[0]);
    if (words[2] == "owner") return Who{role, Who::Of::owner, "", {}};
    if (words[2] == "agency") return Who{role, Who::Of::agency, "", {}};
    return Who{role, Who::Of::unit, std::string(words[2]), {}};
}

std::optional<Who> read_who(const yaml::Node& node, Reading& reading) {
    const auto word = yaml::as_word(node, reading.diagnostics);
    if (!word) return std::nullopt;
    auto who = parse_who(word->text);
    if (who)
        who->span = word->span;
    else
        reading.diagnostics.error("WF006", word->span, word->text);
    return who;
}

std::string read_state_name(const yaml::Word& word, Reading& reading) {
    const auto& states = reading.states;
    if (std::find(states.begin(), states.end(), word.text) == states.end()) {
        const auto close = nearest(word.text, states);
        if (close.empty())
            reading.diagnostics.error("WF011", word.span, word.text, join_names(states));
        else
            reading.diagnostics.error("WF012", word.span, word.text, close);
    }
    return word.text;
}

std::vector<std::string> read_state_names(const yaml::Node& node, Reading& reading) {
    std::vector<std::string> names;
    const auto words = yaml::as_words(node, reading.diagnostics);
    if (!words) return names;
    for (const auto& word : *words) {
        const auto name = read_state_name(word, reading);
        if (std::find(names.begin(), names.end(), name) != names.end())
            reading.diagnostics.error("WF020", word.span, name);
        else
            names.push_back(name);
    }
    return names;
}

std::optional<std::string> decision_named(std::string_view text) {
    constexpr std::string_view kPrefix = "rules.";
    if (text.substr(0, kPrefix.size()) != kPrefix || !is_name(text.substr(kPrefix.size())))
        return std::nullopt;
    return std::string(text.substr(kPrefix.size()));
}

std::optional<Action> read_action(const yaml::Word& word, Reading& reading) {
    const auto words = split_words(word.text);
    auto action = words.empty() ? std::nullopt : action_of(words, word);
    if (!action)
        reading.diagnostics.error("WF009", word.span, word.text, join_names(action_forms()));
    else if (auto* notify = std::get_if<NotifyAction>(&*action))
        notify->whom.span = word.span;
    return action;
}

}  // namespace pintu::workflow
