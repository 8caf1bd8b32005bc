#include <algorithm>
#include <initializer_list>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/setup.hpp"

namespace pintu::cli {
namespace {

std::optional<cases::Answers> read_answers(const Options& options, const CaseActArgs& args,
                                           const Io& io) {
    cases::Answers answers;
    for (const auto& text : args.answers) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) {
            say(io, options, "CL050", {text});
            return std::nullopt;
        }
        answers[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return answers;
}

std::string take(cases::Answers& answers, const std::string& name) {
    const auto it = answers.find(name);
    if (it == answers.end()) return {};
    std::string value = std::move(it->second);
    answers.erase(it);
    return value;
}

bool is_one_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_yes(const std::string& word) {
    return is_one_of(word, {"ya", "yes", "true"});
}
bool is_no(const std::string& word) {
    return is_one_of(word, {"tidak", "no", "false"});
}

// A flag that is not named stays as it is: what was hidden is never shown by leaving a word out.
std::optional<bool> take_flag(cases::Answers& answers, const std::string& name) {
    if (!answers.contains(name)) return std::nullopt;
    return is_yes(take(answers, name));
}

bool is_privacy(const std::string& action) {
    return action == "privasi" || action == "privacy";
}

bool is_correction(const std::string& action) {
    return action == "koreksi" || action == "correct";
}

bool is_redecision(const std::string& action) {
    return action == "putuskan" || action == "decide";
}

// What the engine's own words take, so that nothing that was said is dropped: the answers' names,
// and which of them are yes or no, said plainly.
bool answers_fit(const Options& options, const CaseActArgs& args, const cases::Answers& answers,
                 const Io& io) {
    std::vector<std::string> names;
    std::string flag;
    if (is_privacy(args.action)) names = {"anonim", "rahasia"};
    if (is_redecision(args.action)) names = {"putusan", flag = "kecuali_pemilik_lama"};
    if (is_correction(args.action) && !answers.empty()) names = {answers.begin()->first};
    if (names.empty()) return true;
    for (const auto& [name, value] : answers) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            say(io, options, "CS022",
                {name, names.front() + (names.size() > 1 ? ", " + names.back() : "")});
            return false;
        }
        const bool yes_or_no = is_privacy(args.action) || name == flag;
        if (!yes_or_no || is_yes(value) || is_no(value)) continue;
        say(io, options, "CS023", {name, value, "ya, tidak"});
        return false;
    }
    return true;
}

// The words that every workflow understands; anything else is an event of the case's workflow.
cases::Body body_of(const CaseActArgs& args, cases::Answers answers) {
    const std::string& action = args.action;
    if (action == "setujui" || action == "approve") return cases::Approve{};
    if (action == "tolak" || action == "refuse") return cases::Refuse{args.reason};
    if (action == "komentar" || action == "comment")
        return cases::Comment{answers.empty() ? args.reason : take(answers, "isi")};
    if (is_correction(action)) {
        if (answers.empty()) return cases::Correct{"", "", args.reason};
        return cases::Correct{answers.begin()->first, answers.begin()->second, args.reason};
    }
    if (is_redecision(action))
        return cases::Redecide{take(answers, "putusan"),
                               is_yes(take(answers, "kecuali_pemilik_lama"))};
    if (is_privacy(action)) {
        const auto anonim = take_flag(answers, "anonim");
        return cases::ChangePrivacy{anonim, take_flag(answers, "rahasia"), args.reason};
    }
    if (action == "tautkan" || action == "link")
        return cases::Link{CaseId(take(answers, "kasus")), "follow_up"};
    if (action == "hapus_data" || action == "erase") return cases::Erase{args.reason};
    return cases::Act{action, std::move(answers)};
}

}  // namespace

int case_act(const Options& options, const CaseActArgs& args, Io& io) {
    auto answers = read_answers(options, args, io);
    if (!answers || !answers_fit(options, args, *answers, io)) return kWrongUsage;
    int exit = kFailed;
    const auto store = open_store(options, Access::write, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    const auto outcome = send(options, *store, *row, actor_named(args.as),
                              body_of(args, std::move(*answers)), args.wait_s, io, exit);
    if (!outcome) return exit;
    if (!outcome->accepted) return print_refusal(options, *outcome, args.as, io), kNotAllowed;
    say(io, options, "CL051", {args.id, args.action, std::to_string(outcome->sequence)});
    return kDone;
}

}  // namespace pintu::cli
