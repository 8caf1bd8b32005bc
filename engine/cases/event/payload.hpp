// What happened to a case. Payloads are frozen once shipped: a new meaning is a new version beside
// the old. Each lists its fields once, in `fields`; the canonical encoding, JSON and the comparison
// of replay all come from that list. Values are text as definitions write them ("14 working days",
// "64.09/dpupr", "unknown"), never codes of one compiled program. Personal data, free text
// included, appear only as commitments (Sealed); the values are kept apart (history.md item 3).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/bundle_hash.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/calendar/duration.hpp"

namespace pintu::cases {

// A salted commitment to a personal value: SHA256("f1" || len || path || salt || len || value).
// All zero: the value was not given.
struct Sealed {
    Digest commitment{};
    bool given() const { return commitment != Digest{}; }
    bool operator==(const Sealed&) const = default;
};

using Values = std::vector<std::pair<std::string, std::string>>;  // name -> value, sorted by name

struct Attachment {
    Sealed name;
    Digest content{};  // SHA-256 of the file as sent
    std::int64_t size_bytes = 0;
    bool operator==(const Attachment&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("content", s.content);
        v("size_bytes", s.size_bytes);
    }
};

struct Received {
    static constexpr const char* kType = "Received";
    TrackingId tracking_id;
    AgencyCode agency;
    std::string workflow;  // "pengaduan"
    std::string channel;
    std::string external_id;
    Instant received_at;  // as the report says; the event's time is when it was recorded
    std::string region;   // code as sent, or ""
    std::optional<std::int32_t> lat_udeg;  // micro-degrees
    std::optional<std::int32_t> lon_udeg;
    bool anonim = false;
    bool rahasia = false;
    Values fields_known;  // schema fields that have a value, as text
    Values probes;        // "isi mentions jalan_rusak" -> "yes" | "no"
    Sealed judul, isi, place_note, reporter_name, reporter_phone, reporter_email, as_sent;
    std::vector<Attachment> attachments;
    // Of a case that another agency transferred here.
    std::int32_t hops = 0;
    std::optional<CaseId> transferred_from;
    bool operator==(const Received&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("tracking_id", s.tracking_id);
        v("agency", s.agency);
        v("workflow", s.workflow);
        v("channel", s.channel);
        v("external_id", s.external_id);
        v("received_at", s.received_at);
        v("region", s.region);
        v("lat_udeg", s.lat_udeg);
        v("lon_udeg", s.lon_udeg);
        v("anonim", s.anonim);
        v("rahasia", s.rahasia);
        v("fields", s.fields_known);
        v("probes", s.probes);
        v("judul", s.judul);
        v("isi", s.isi);
        v("place_note", s.place_note);
        v("reporter_name", s.reporter_name);
        v("reporter_phone", s.reporter_phone);
        v("reporter_email", s.reporter_email);
        v("as_sent", s.as_sent);
        v("attachments", s.attachments);
        v("hops", s.hops);
        v("transferred_from", s.transferred_from);
    }
};

struct FactRecorded {
    static constexpr const char* kType = "FactRecorded";
    std::string name;
    std::string definition;  // canonical text of the fact (rules::Fact::definition)
    Values arguments;        // what it was computed from
    std::string value;
    bool assumed = false;             // `else` was taken: nobody answered
    std::int64_t as_of_position = 0;  // R7: append position that `count prior` saw
    bool operator==(const FactRecorded&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("definition", s.definition);
        v("arguments", s.arguments);
        v("value", s.value);
        v("assumed", s.assumed);
        v("as_of_position", s.as_of_position);
    }
};

// One rule that gave, or was set aside in, an answer.
struct RuleCited {
    std::string rule;
    std::string at;
    std::string because;
    bool operator==(const RuleCited&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("rule", s.rule);
        v("at", s.at);
        v("because", s.because);
    }
};

struct Decided {
    static constexpr const char* kType = "Decided";
    std::string decision;
    std::string status;  // decided | undecided | conflict | by_person
    std::string value;   // after limits; "unknown" where there is none
    std::string layer;
    std::vector<RuleCited> rules;
    std::vector<RuleCited> limits;  // that cut the answer
    Values read;                    // attributes and probes on the path -> value
    std::vector<std::string>
        path;  // atoms as written, with their truth: "status_jalan = kabupaten"
    bool accepted_gap = false;
    Values excluded;  // R18: earlier owners that were excluded
    bool operator==(const Decided&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("decision", s.decision);
        v("status", s.status);
        v("value", s.value);
        v("layer", s.layer);
        v("rules", s.rules);
        v("limits", s.limits);
        v("read", s.read);
        v("path", s.path);
        v("accepted_gap", s.accepted_gap);
        v("excluded", s.excluded);
    }
};

struct Transitioned {
    static constexpr const char* kType = "Transitioned";
    std::string name;  // the event's key, "after", "choose", "at_most" or "first"
    std::string from;  // "" at the start
    std::string to;
    Values answers;                                     // all that is not free text
    std::vector<std::pair<std::string, Sealed>> texts;  // free-text answers
    std::optional<std::string> approved_by;             // person
    bool closes = false;                                // `to` is a final state
    bool withdraws = false;  // R7: the reporter took it back, or never answered
    bool operator==(const Transitioned&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("from", s.from);
        v("to", s.to);
        v("answers", s.answers);
        v("texts", s.texts);
        v("approved_by", s.approved_by);
        v("closes", s.closes);
        v("withdraws", s.withdraws);
    }
};

// An event that waits for a second person (`approved_by`); it lapses when the state is left.
struct ApprovalAsked {
    static constexpr const char* kType = "ApprovalAsked";
    std::string name;
    Values answers;
    std::vector<std::pair<std::string, Sealed>> texts;
    bool operator==(const ApprovalAsked&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("answers", s.answers);
        v("texts", s.texts);
    }
};

struct ApprovalRefused {
    static constexpr const char* kType = "ApprovalRefused";
    std::string name;
    Sealed reason;
    bool operator==(const ApprovalRefused&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("reason", s.reason);
    }
};

struct Assigned {
    static constexpr const char* kType = "Assigned";
    UnitId owner;
    UnitId previous;
    std::string why;  // "decided", "assign", "person"
    bool operator==(const Assigned&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("owner", s.owner);
        v("previous", s.previous);
        v("why", s.why);
    }
};

struct ClockStarted {
    static constexpr const char* kType = "ClockStarted";
    std::string clock;
    std::int32_t run = 1;  // 1, 2, ... of this case
    Instant started_at;
    std::string lasts;
    AgencyCode calendar;
    Instant due;
    std::string days;  // which dates were working days: calendar::DayMarks
    bool operator==(const ClockStarted&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("run", s.run);
        v("started_at", s.started_at);
        v("lasts", s.lasts);
        v("calendar", s.calendar);
        v("due", s.due);
        v("days", s.days);
    }
};

struct ClockPaused {
    static constexpr const char* kType = "ClockPaused";
    std::string clock;
    std::int64_t counted = 0;  // days, or seconds of an hours clock, that had run (C6)
    bool operator==(const ClockPaused&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("counted", s.counted);
    }
};

struct ClockResumed {
    static constexpr const char* kType = "ClockResumed";
    std::string clock;
    Instant due;
    std::string days;  // calendar::DayMarks of dates that were not known yet
    bool operator==(const ClockResumed&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("due", s.due);
        v("days", s.days);
    }
};

// The calendar, the owner or the length changed (C10, C11).
struct ClockRecomputed {
    static constexpr const char* kType = "ClockRecomputed";
    std::string clock;
    std::string why;  // "calendar", "owner", "decided", "migrate"
    std::string lasts;
    AgencyCode calendar;
    Instant old_due;
    Instant due;
    std::string days;  // calendar::DayMarks from the date of the change on
    bool operator==(const ClockRecomputed&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("why", s.why);
        v("lasts", s.lasts);
        v("calendar", s.calendar);
        v("old_due", s.old_due);
        v("due", s.due);
        v("days", s.days);
    }
};

struct ClockFired {
    static constexpr const char* kType = "ClockFired";
    std::string clock;
    std::int32_t run = 1;
    std::int32_t percent = 100;
    std::int32_t repeat = 0;  // 0: the rung itself; 1, 2, ...: its repeats; at_most + 1: `then`
    Instant due;              // when it was due
    std::string action;       // "remind" | "escalate"
    std::string whom;         // "kepala of owner", as written
    UnitId unit;              // whom it reached
    std::vector<PersonId> persons;
    bool notified = true;  // C8: of several already past only the last of a rung notifies
    bool operator==(const ClockFired&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("run", s.run);
        v("percent", s.percent);
        v("repeat", s.repeat);
        v("due", s.due);
        v("action", s.action);
        v("whom", s.whom);
        v("unit", s.unit);
        v("persons", s.persons);
        v("notified", s.notified);
    }
};

struct ClockStopped {
    static constexpr const char* kType = "ClockStopped";
    std::string clock;
    bool on_time = true;  // C4
    bool operator==(const ClockStopped&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("clock", s.clock);
        v("on_time", s.on_time);
    }
};

struct EvidenceAdded {
    static constexpr const char* kType = "EvidenceAdded";
    std::string kind;  // "foto", "lokasi", ...
    Attachment file;
    bool operator==(const EvidenceAdded&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("kind", s.kind);
        v("file", s.file);
    }
};

struct Commented {
    static constexpr const char* kType = "Commented";
    Sealed text;
    bool operator==(const Commented&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("text", s.text);
    }
};

struct Linked {
    static constexpr const char* kType = "Linked";
    CaseId other;
    std::string
        relation;  // "similar", "follow_up", "transferred_to", "supported_by", "merged_child"
    bool operator==(const Linked&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("other", s.other);
        v("relation", s.relation);
    }
};

// This case became part of another, which counts its reporter as a supporter.
struct Merged {
    static constexpr const char* kType = "Merged";
    CaseId into;
    bool operator==(const Merged&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("into", s.into);
    }
};

struct PrivacyChanged {
    static constexpr const char* kType = "PrivacyChanged";
    bool anonim = false;
    bool rahasia = false;
    std::string why;  // "decided" or "person"
    Sealed reason;
    bool operator==(const PrivacyChanged&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("anonim", s.anonim);
        v("rahasia", s.rahasia);
        v("why", s.why);
        v("reason", s.reason);
    }
};

// A person set a value: a field of the report, or a decision (R18).
struct Corrected {
    static constexpr const char* kType = "Corrected";
    std::string name;
    std::string old_value;
    std::string value;
    bool is_decision = false;  // else a field of the report
    Sealed reason;
    bool operator==(const Corrected&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("name", s.name);
        v("old_value", s.old_value);
        v("value", s.value);
        v("is_decision", s.is_decision);
        v("reason", s.reason);
    }
};

struct Transferred {
    static constexpr const char* kType = "Transferred";
    AgencyCode to;
    CaseId as;  // the case it is there
    std::int32_t hops = 1;
    bool operator==(const Transferred&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("to", s.to);
        v("as", s.as);
        v("hops", s.hops);
    }
};

struct EffectRequested {
    static constexpr const char* kType = "EffectRequested";
    EffectKey key;
    std::string kind;  // "acknowledge", "notify", "publish", "request_rating", "remind", "escalate"
    std::string message;  // template's name
    std::string whom;     // "reporter", or the role as written
    UnitId unit;
    std::vector<PersonId> persons;
    bool operator==(const EffectRequested&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("key", s.key);
        v("kind", s.kind);
        v("message", s.message);
        v("whom", s.whom);
        v("unit", s.unit);
        v("persons", s.persons);
    }
};

struct EffectDone {
    static constexpr const char* kType = "EffectDone";
    EffectKey key;
    bool operator==(const EffectDone&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("key", s.key);
    }
};

struct EffectFailed {
    static constexpr const char* kType = "EffectFailed";
    EffectKey key;
    std::string why;
    bool operator==(const EffectFailed&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("key", s.key);
        v("why", s.why);
    }
};

struct Rated {
    static constexpr const char* kType = "Rated";
    std::int32_t stars = 0;  // 1 to 5
    Sealed comment;
    bool operator==(const Rated&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("stars", s.stars);
        v("comment", s.comment);
    }
};

struct Migrated {
    static constexpr const char* kType = "Migrated";
    BundleHash from;
    BundleHash to;
    std::string from_state;
    std::string to_state;
    bool operator==(const Migrated&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("from", s.from);
        v("to", s.to);
        v("from_state", s.from_state);
        v("to_state", s.to_state);
    }
};

// Personal data of the case were destroyed; commitments stay.
struct Erased {
    static constexpr const char* kType = "Erased";
    std::string why;
    bool operator==(const Erased&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("why", s.why);
    }
};

// Personal data of the case were read by somebody (UU 27/2022 art. 31).
struct PersonalRead {
    static constexpr const char* kType = "PersonalRead";
    std::string purpose;
    bool operator==(const PersonalRead&) const = default;
    template <class V, class Self>
    static void fields(V& v, Self& s) {
        v("purpose", s.purpose);
    }
};

// The order is part of the stored format: add at the end only.
using Payload =
    std::variant<Received, FactRecorded, Decided, Transitioned, ApprovalAsked, ApprovalRefused,
                 Assigned, ClockStarted, ClockPaused, ClockResumed, ClockRecomputed, ClockFired,
                 ClockStopped, EvidenceAdded, Commented, Linked, Merged, PrivacyChanged, Corrected,
                 Transferred, EffectRequested, EffectDone, EffectFailed, Rated, Migrated, Erased,
                 PersonalRead>;

}  // namespace pintu::cases
