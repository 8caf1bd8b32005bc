// Why a decision came out as it did; why it did not come out otherwise; what would change it (R20).
// Plain data with values as text; adapters render it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

struct AtomWhy {
    std::string text;  // as written: "status_jalan = kabupaten"
    Truth truth = Truth::unknown;
    std::string value;  // what it read: "kabupaten", "unknown", "yes" of a probe
};

struct RuleWhy {
    std::string rule;  // its name
    std::string at;    // file:line
    std::string because;
    Truth truth = Truth::yes;
    std::string set_aside_by;  // the overriding rule's name, or ""
    std::string answer;        // what it answers here; "unknown" where that is not known
    std::vector<AtomWhy>
        atoms;  // of explain(): those that made it T; of why_not(): those that failed
};

struct LimitWhy {
    std::string limit;  // "at most 60 working days"
    std::string layer;
    std::string at;
    std::string because;
};

struct Why {
    std::string decision;
    std::string status;              // decided | undecided | conflict
    std::string value;               // after limits; "unknown" where there is none
    std::string layer;               // that answered; "" where none did
    std::vector<std::string> asked;  // layers in the order asked
    std::vector<RuleWhy> rules;      // that gave the answer, or conflict
    std::vector<RuleWhy> set_aside;  // T, but overridden
    std::vector<LimitWhy> limits;    // that cut the answer
    // Sorted by name, at most kMostRead.
    std::vector<std::pair<std::string, std::string>> read;
    // Atoms on the path with their truth: "status_jalan = kabupaten: yes". For `otherwise` and for
    // an undecided decision, one failing atom for each rule of the layers asked.
    std::vector<std::string> path;
    bool accepted_gap = false;
    bool unknown_could_matter = false;
};
constexpr std::size_t kMostPath = 200;
constexpr std::size_t kMostRead = 200;

Why explain(const Program& program, const Decision& decision, const Input& input,
            const Outcome& outcome);

// One way in which other inputs would give the wanted value.
struct Change {
    std::string name;  // attribute, or probe ("isi mentions jalan_rusak")
    std::string from;
    std::string to;
};

struct WhyNot {
    std::string decision;
    std::string wanted;
    std::string got;
    std::vector<RuleWhy> rules;  // that would answer it, with the atoms that fail
    std::vector<Change> change;  // the fewest inputs to change so that it does; empty: none found
    bool searched_all = true;    // false: the search ran out of budget
};

// `input` as it stood when the decision was made, decisions that it reads included. A wanted value
// that is already given has no rules and no change.
WhyNot why_not(const Program& program, const Decision& decision, const Input& input, Code wanted);

// "yes", "no", "unknown".
const char* to_string(Truth truth);
const char* to_string(Outcome::Status status);

}  // namespace pintu::rules
