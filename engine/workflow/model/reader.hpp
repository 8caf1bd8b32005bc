// Parts that the readers of states, clocks and the document share. Private to model/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"
#include "engine/workflow/model/vocabulary.hpp"
#include "engine/yaml/map_reader.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::workflow {

// One document being read: where complaints go, and the states that it defines.
struct Reading {
    Diagnostics& diagnostics;
    Names states;
};

// [a-z_][a-z0-9_]*
bool is_name(std::string_view text);
// "a, b, c"
std::string join_names(const Names& names);

// WF001, or WF002 with the nearest name, for each key outside the closed list. YA030 for no map.
bool expect_keys(const yaml::Node& node, const Names& keys, Reading& reading);
// The name that a key gives to a state, an event, a clock: WF013.
bool expect_name(const std::string& text, const Span& span, Reading& reading);

// Single values; nothing, with a diagnostic, where they are wrong.
std::optional<calendar::Duration> read_duration(const std::string& text, const Span& span,
                                                Reading& reading);      // WF005
std::optional<Who> read_who(const yaml::Node& node, Reading& reading);  // WF006
std::string read_state_name(const yaml::Word& word, Reading& reading);  // WF011, WF012
std::vector<std::string> read_state_names(const yaml::Node& node, Reading& reading);  // WF020
// "rules.D" -> D; nothing, and no diagnostic, for another text.
std::optional<std::string> decision_named(std::string_view text);

std::optional<State> read_state(const yaml::Entry& entry, Reading& reading);
std::optional<ClockSpec> read_clock(const yaml::Entry& entry, Reading& reading);
std::optional<Action> read_action(const yaml::Word& word, Reading& reading);
std::vector<Migration> read_migrations(const yaml::Node& node, Reading& reading);

}  // namespace pintu::workflow
