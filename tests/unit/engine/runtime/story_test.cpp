// Whole lives of cases as text: tests/golden/cases/*.story, a line a command, and what came of it.
#include <gtest/gtest.h>

#include "engine/cases/command/codec.hpp"
#include "engine/messages/messages.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/world.hpp"

namespace pintu {
namespace {

using namespace testing;
using Words = std::vector<std::string>;

Words words_of(const std::string& line) {
    Words words;
    std::string word;
    bool quoted = false;
    for (const char c : line + " ") {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == ' ' && !quoted) {
            if (!word.empty()) words.push_back(std::move(word));
            word.clear();
        } else {
            word += c;
        }
    }
    return words;
}

// Words like NAME=VALUE.
std::map<std::string, std::string> pairs_of(const Words& words) {
    std::map<std::string, std::string> pairs;
    for (const auto& word : words)
        if (const auto equals = word.find('='); equals != std::string::npos)
            pairs[word.substr(0, equals)] = word.substr(equals + 1);
    return pairs;
}

// A story: its world, and the cases by the names that it gives them.
class Story {
  public:
    explicit Story(const std::string& fixture)
        : world_(loadout_of(read_fixture("tests/fixtures/" + fixture), *make_date(2026, 1, 1))) {}

    std::string tell(const std::string& line) {
        const Words words = words_of(line);
        if (words.empty() || words[0][0] == '#') return line + "\n";
        return "> " + line + "\n" + answer(words);
    }

  private:
    std::string answer(const Words& words) {
        const std::string& verb = words[0];
        if (verb == "report") return report(words);
        if (verb == "play") return play(words[1]);
        if (verb == "story") return world_.story(id(words[1]));
        if (verb == "row") return row(id(words[1]));
        if (verb == "effects") return effects();
        if (verb == "log") return log();
        return command(words);
    }

    std::string report(const Words& words) {
        auto given = pairs_of(words);
        cases::Report report = road_hole(words[1]);
        report.fields.clear();
        if (given.contains("isi")) report.isi = given["isi"];
        if (given.contains("wilayah")) report.region = given["wilayah"];
        if (given.contains("kategori")) report.kategori_pelapor = given["kategori"];
        if (given.contains("received")) report.received_at = at(given["received"]);
        if (given.contains("key")) report.external_id = given["key"];
        if (given.contains("anonim")) report.anonim = true;
        if (given.contains("nowhere")) report.lat_udeg = report.lon_udeg = std::nullopt;
        for (const auto& [name, value] : given)
            if (name.starts_with("fields.")) report.fields[name.substr(7)] = value;
        const auto answer = world_.answer(report, words.back());
        static const char* kStatus[] = {"accepted", "repeated", "conflict", "rejected"};
        std::string out = kStatus[static_cast<int>(answer.status)];
        if (answer.status == runtime::IntakeAnswer::Status::accepted)
            names_[words[1]] = answer.case_id;
        for (const auto& error : answer.errors) out += "\n  " + told(error);
        for (const auto& note : answer.notes) out += "\n  " + told(note);
        return hide(out) + "\n";
    }

    std::string play(const std::string& until) {
        world_.play(until);
        return "";
    }

    std::string command(const Words& words) {
        const auto pairs = pairs_of(words);
        const std::string& now = words.back();
        cases::Actor actor = words[2] == "pelapor" ? reporter() : person(words[2]);
        const auto outcome = world_.perform(id(words[1]), actor, body_of(words, pairs), now);
        if (outcome.accepted) return "";
        std::string out = "rejected " + told({outcome.code, outcome.args}) + "\n  allowed:";
        for (const auto& name : outcome.allowed) out += " " + name;
        return hide(out) + "\n";
    }

    static std::optional<bool> flag(const std::map<std::string, std::string>& pairs,
                                    const std::string& name) {
        const auto said = pairs.find(name);
        return said == pairs.end() ? std::nullopt : std::optional(said->second == "yes");
    }

    cases::Body body_of(const Words& words, std::map<std::string, std::string> pairs) {
        const std::string& verb = words[0];
        if (verb == "approve") return cases::Approve{};
        if (verb == "refuse") return cases::Refuse{pairs["reason"]};
        if (verb == "comment") return cases::Comment{pairs["text"]};
        if (verb == "evidence") return cases::AddEvidence{pairs["kind"], {"a.jpg", "", {}, 10}};
        if (verb == "privacy")
            return cases::ChangePrivacy{flag(pairs, "anonim"), flag(pairs, "rahasia"),
                                        pairs["reason"]};
        if (verb == "correct")
            return cases::Correct{pairs["name"], pairs["value"], pairs["reason"]};
        if (verb == "decide") return cases::Redecide{pairs["name"], pairs.contains("excluding")};
        if (verb == "rate") return cases::Rate{std::stoi(pairs["stars"]), pairs["text"]};
        if (verb == "link") return cases::Link{id(pairs["to"]), pairs["as"]};
        if (verb == "merge") return cases::MergeInto{id(pairs["to"])};
        if (verb == "erase") return cases::Erase{pairs["why"]};
        if (verb == "read") return cases::NoteReading{pairs["purpose"]};
        for (auto& [name, value] : pairs)
            if (value.starts_with("case:")) value = tracking(value.substr(5));
        return cases::Act{verb, pairs};
    }

    std::string row(const CaseId& which) {
        const auto row = cases::project(world_.state(which));
        std::string out = row.agency.value + " " + row.state + (row.closed ? " closed" : "") +
                          (row.withdrawn ? " withdrawn" : "") + " owner " + row.owner.value +
                          " supporters " + std::to_string(row.supporters) + " escalations " +
                          std::to_string(row.escalations) + "\n";
        for (const auto& clock : row.clocks)
            out += "  " + clock.clock + " " + clock.status + (clock.late ? " late" : "") + "\n";
        for (const auto& [name, value] : row.values) out += "  " + name + " = " + value + "\n";
        return hide(out);
    }

    std::string effects() {
        std::string out;
        for (const auto& effect : world_.connector.took_effect) {
            out += "  " + effect.kind + " " + effect.message + " " + effect.whom;
            for (const auto& id : effect.persons) out += " " + id.value;
            out += "\n";
        }
        return out;
    }

    std::string log() {
        std::string out;
        for (const auto& line : world_.log.lines) out += "  " + line + "\n";
        return hide(out);
    }

    std::string told(const Error& error) const {
        return error.code + " " + messages::render(error, messages::Language::english).message;
    }

    // "a", or the case that a's was transferred to: "a/there".
    CaseId id(const std::string& name) {
        const auto slash = name.find('/');
        const CaseId first = names_[name.substr(0, slash)];
        if (slash == std::string::npos) return first;
        const auto all = world_.store->find(world_.state(first).tracking_id);
        return all && !all->empty() ? all->back() : first;
    }
    std::string tracking(const std::string& name) {
        return world_.state(id(name)).tracking_id.value;
    }
    // Names instead of ids that chance made.
    std::string hide(std::string text) {
        for (const auto& [name, case_id] : names_)
            for (const auto& secret : {case_id.value, tracking(name)})
                for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret))
                    text.replace(at, secret.size(), "<" + name + ">");
        return text;
    }

    World world_;
    std::map<std::string, CaseId> names_;
};

std::string told(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);  // "# fixture NAME"
    Story story(words_of(line).at(2));
    std::string out = line + "\n";
    while (std::getline(lines, line)) out += story.tell(line);
    return out;
}

TEST(Story, each_life_of_a_case_goes_as_written) {
    check_golden("cases", ".story",
                 [](const std::string&, const std::string& text) { return told(text); });
}

}  // namespace
}  // namespace pintu
