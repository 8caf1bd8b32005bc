// What somebody wants a case to do. A command is decided once (decide/decide.hpp): it gives events,
// or a rejection that says why. `id` makes it idempotent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/cases/command/report.hpp"
#include "engine/cases/event/event.hpp"

namespace pintu::cases {

using Answers = std::map<std::string, std::string>;  // what an event asks for -> what was said

// Opens a case. The runtime has chosen the agency (L8) and the workflow.
struct ReceiveReport {
    Report report;
    std::string workflow;
};

// The other end of a transfer: opens the linked case, with the same tracking id and receipt time.
struct AcceptTransfer {
    CaseId from;
    TrackingId tracking_id;
    std::string workflow;
    std::int32_t hops = 1;
    Report report;  // of the first case, without its texts: the runtime looks them up
    AgencyCode agency;
};

// An event of the state's `on`, by a person or the reporter.
struct Act {
    std::string event;
    Answers answers;  // fields, texts, "instansi_tujuan"; evidence kinds as "bukti.foto"
};

struct Approve {};  // the event that waits
struct Refuse {
    std::string reason;
};

// Whatever is due at or before the command's time fires, in order of time.
struct FireTimers {};

struct Comment {
    std::string text;
};

struct AddEvidence {
    std::string kind;
    ReportAttachment file;
};

struct ChangePrivacy {
    std::optional<bool> anonim;  // absent: stays as it is
    std::optional<bool> rahasia;
    std::string reason;  // required
};

// A person sets a field of the report or a decision (R18). `unknown` takes a field's value away.
struct Correct {
    std::string name;
    std::string value;
    std::string reason;  // required
};

// Decides again what rules decide, by a person's wish: ends what a person had set.
struct Redecide {
    std::string decision;
    bool excluding_previous = false;
};

struct Rate {
    std::int32_t stars = 0;  // 1 to 5
    std::string comment;
};

// The two ends of a link between cases; the other end comes as a command to the other case.
struct Link {
    CaseId other;
    std::string relation;  // "similar" | "follow_up"
};
struct Support {
    CaseId child;  // that was merged into this one
};
struct MergeInto {
    CaseId parent;
};

struct RecordEffect {
    EffectKey key;
    bool done = true;
    std::string why;  // of a failure
};

// Calendars changed: due dates that they move are moved (C10).
struct RecalculateClocks {};

// Moves a running case to the definitions in force (the workflow's `migrate`).
struct Migrate {
    BundleHash to;
};

// Destroys the personal data of the case.
struct Erase {
    std::string why;
};

// Somebody read the personal data.
struct NoteReading {
    std::string purpose;
};

// The order is the codec's: add at the end only.
using Body = std::variant<ReceiveReport, AcceptTransfer, Act, Approve, Refuse, FireTimers, Comment,
                          AddEvidence, ChangePrivacy, Correct, Redecide, Rate, Link, Support,
                          MergeInto, RecordEffect, RecalculateClocks, Migrate, Erase, NoteReading>;

struct Command {
    CommandId id;
    CaseId case_id;  // of ReceiveReport: empty, it is minted
    Actor actor;
    Body body;
};

}  // namespace pintu::cases
