// A workflow as read from YAML and checked: states and transitions are data, the engine knows none
// by name. Its source is language.md section 4; the reference is docs/workflow.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/bundle_hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/source.hpp"
#include "engine/calendar/duration.hpp"

namespace pintu::workflow {

// The decision whose answer owns the case: whatever a workflow calls `owner` (of Who, of a clock's
// calendar) is its value, or the front desk until it is decided.
inline constexpr std::string_view kOwnerDecision = "pemilik";

// "pejabat_penghubung of owner", "koordinator of agency", "kepala of inspektorat", or "pelapor"
// (the citizen who reported; then `of` is empty).
struct Who {
    std::string role;
    enum class Of { reporter, owner, agency, unit } of = Of::owner;
    std::string unit;  // of Of::unit, as written
    Span span;
};
// As it is written in definitions: "kepala of owner", "pelapor".
std::string to_string(const Who& who);
// The same office, wherever it was written.
bool same_who(const Who& left, const Who& right);

// What a state does when it is entered, in order. The closed list of `do:`.
struct DecideAction {
    std::string decision;
    bool excluding_previous = false;
    Span span;
};
struct AssignAction {
    std::string unit;
    Span span;
};
struct AcknowledgeAction {
    Span span;
};
struct NotifyAction {
    std::string message;
    Who whom;
    Span span;
};
struct PublishAction {
    Span span;
};
struct RequestRatingAction {
    Span span;
};
struct MergeAction {
    std::string answer;
    Span span;
};  // into the case that the answer names
using Action = std::variant<DecideAction, AssignAction, AcknowledgeAction, NotifyAction,
                            PublishAction, RequestRatingAction, MergeAction>;

// What a person must supply with an event: a schema field (typed, becomes the case's value), a
// set decision (`rules.bukti`: each member of its value), or free text (kept as personal data).
// The reader cannot tell fields from texts: compile() does, from the schema.
struct Ask {
    enum class Kind { field, decision, text } kind = Kind::text;
    std::string name;
    Span span;
};

// A key under `on:`.
struct EventSpec {
    std::string name;
    std::string to;
    std::optional<Who> by;  // as written; who it is in the end: actor()
    std::vector<Ask> ask;
    std::optional<calendar::Duration> within;  // counted from entry of the state (C12)
    std::optional<int> at_most;                // per case, for life
    std::string then;                          // state when at_most is spent; empty: refused
    std::optional<Who> approved_by;            // another person than the one who did it
    // Whoever did the last event that left one of these states may not do this one.
    std::vector<std::string> not_done_by;
    Span span;
};

struct After {
    calendar::Duration wait;
    std::string to;
    Span span;
};

struct Choose {
    std::string decision;
    std::vector<std::pair<std::string, std::string>> to;  // outcome -> state, in written order
    Span span;
};

struct Transfer {
    std::string to;  // the answer that names the agency
    int hops_at_most = 3;
    Span span;
};

struct State {
    std::string name;
    std::string title;
    std::vector<Action> actions;
    std::optional<Who> task;
    std::vector<EventSpec> on;
    std::optional<After> after;
    std::optional<Choose> choose;
    std::optional<Transfer> transfer;
    bool final = false;
    Span span;
    const EventSpec* find_event(const std::string& event) const;
};

// Who may do an event: its `by`, else its state's task, else the reporter.
Who actor(const State& state, const EventSpec& event);

// One thing that a rung does.
struct Remind {
    Who whom;
};
struct Escalate {
    Who whom;
};
using RungAction = std::variant<Remind, Escalate>;

struct Rung {
    int percent = 100;  // 1 to 100
    RungAction action;
    std::optional<calendar::Duration> again_every;
    int at_most = 0;                 // repeats
    std::optional<RungAction> then;  // one interval after the last repeat
    Span span;
};

struct ClockSpec {
    std::string name;
    std::vector<std::string> start;
    std::vector<std::string> stop;
    std::vector<std::string> paused_in;
    std::vector<std::string> resumes_in;
    std::variant<calendar::Duration, std::string> lasts;  // a length, or the decision of `rules.D`
    bool calendar_of_owner = false;                       // else the agency's
    bool restart_again = false;                           // `again: restart` (C2)
    std::vector<Rung> rungs;                              // by percent
    Span span;
};

struct Similar {
    int within_m = 0;
    int within_days = 0;
    std::string same;  // attribute
    std::string then;  // offer_link
    Span span;         // of `same`
};

struct Intake {
    std::vector<std::string> key;  // fields of the report that identify it
    std::optional<Similar> similar;
};

enum class ClockMove { keep, recompute, restart };

struct Migration {
    BundleHash from;
    std::map<std::string, std::string> states;
    std::map<std::string, ClockMove> clocks;
    Span span;
};

struct Workflow {
    std::string name;  // "pengaduan"
    std::string title;
    std::string extends;  // "nasional/pengaduan" or empty
    Intake intake;
    std::string first;
    std::vector<ClockSpec> clocks;
    std::vector<State> states;
    std::vector<Migration> migrations;
    std::vector<std::string> fixed;  // paths that lower layers may not change (L5)
    // Days after the end of a case at which its personal data are destroyed (UU 27/2022 art. 43);
    // nothing: only a person does that.
    std::optional<calendar::Duration> keep_personal;
    Span span;
    const State* find_state(const std::string& state) const;
    const ClockSpec* find_clock(const std::string& clock) const;
};

// A state's name as people read it: its title, else its name.
const std::string& title_of(const State& state);

}  // namespace pintu::workflow
