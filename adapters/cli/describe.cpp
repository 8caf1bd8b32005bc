#include "adapters/cli/describe.hpp"

#include <array>
#include <utility>

#include "adapters/cli/setup.hpp"
#include "adapters/cli/shown.hpp"
#include "adapters/wire/event_json.hpp"

namespace pintu::cli {
namespace {

std::string joined(const std::vector<PersonId>& persons) {
    std::string text;
    for (const auto& person : persons) text += (text.empty() ? "" : ", ") + person.value;
    return text;
}

std::string joined(const cases::Values& values, const Options& options) {
    std::string text;
    for (const auto& [name, value] : values)
        text += (text.empty() ? "" : ", ") + name + " = " + shown_value(options, value);
    return text;
}

// Words for what the engine calls by a name of its own; anything else is a name of the workflow.
std::string named(const Options& options, const std::string& name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kNames = {{
        {"first", "CL340"},
        {"after", "CL341"},
        {"choose", "CL342"},
        {"at_most", "CL343"},
        {"acknowledge", "CL344"},
        {"notify", "CL345"},
        {"publish", "CL346"},
        {"request_rating", "CL347"},
        {"remind", "CL348"},
        {"escalate", "CL349"},
        {"decided", "CL350"},
        {"calendar", "CL351"},
        {"owner", "CL352"},
    }};
    for (const auto& [own, code] : kNames)
        if (own == name) return words(options, code);
    return name;
}

// Keys of effects count within a case: "<case>-12" is the case's twelfth request.
std::string request_number(const EffectKey& key) {
    const auto dash = key.value.rfind('-');
    return dash == std::string::npos ? key.value : key.value.substr(dash + 1);
}

// "kepala unit pemilik: dpupr; p-011", without what is not known.
std::string reached(const Options& options, const std::string& whom, const UnitId& unit,
                    const std::vector<PersonId>& persons) {
    std::string text = shown_whom(options, whom);
    std::string place = unit.value;
    const std::string people = joined(persons);
    if (!people.empty()) place += (place.empty() ? "" : "; ") + people;
    return place.empty() ? text : text + " (" + place + ")";
}

// What follows a type's name; each overload one event.
class Describer {
  public:
    explicit Describer(const Options& options) : options_(options) {}

    std::string operator()(const cases::Received& e) const {
        return say("CL300", {e.channel, e.external_id, local(e.received_at)});
    }
    std::string operator()(const cases::FactRecorded& e) const {
        return say(e.assumed ? "CL302" : "CL301", {e.name, shown_value(options_, e.value)});
    }
    std::string operator()(const cases::Decided& e) const {
        std::string rules;
        for (const auto& rule : e.rules)
            rules += (rules.empty() ? "" : ", ") + shown_rule(options_, rule.rule) + " " + rule.at;
        return e.decision + " = " + shown_value(options_, e.value) +
               (rules.empty() ? "" : "  (" + rules + ")");
    }
    std::string operator()(const cases::Transitioned& e) const {
        const std::string from = e.from.empty() ? "" : e.from + " -> ";
        const std::string answers = joined(e.answers, options_);
        std::string text = from + e.to + "  [" + named(options_, e.name);
        if (e.approved_by) text += "; " + say("CL353", {*e.approved_by});
        return text + "]" + (answers.empty() ? "" : "  " + answers);
    }
    std::string operator()(const cases::ApprovalAsked& e) const { return say("CL303", {e.name}); }
    std::string operator()(const cases::ApprovalRefused& e) const { return say("CL304", {e.name}); }
    std::string operator()(const cases::Assigned& e) const {
        return say(e.previous.empty() ? "CL327" : "CL305", {e.owner.value, e.previous.value});
    }
    std::string operator()(const cases::ClockStarted& e) const {
        return say("CL306", {e.clock, shown_value(options_, e.lasts), local(e.due)});
    }
    std::string operator()(const cases::ClockPaused& e) const { return say("CL307", {e.clock}); }
    std::string operator()(const cases::ClockResumed& e) const {
        return say("CL308", {e.clock, local(e.due)});
    }
    std::string operator()(const cases::ClockRecomputed& e) const {
        return say("CL309", {e.clock, local(e.old_due), local(e.due), named(options_, e.why)});
    }
    std::string operator()(const cases::ClockFired& e) const {
        std::string rung = std::to_string(e.percent) + " %";
        if (e.repeat > 0) rung += ", " + say("CL354", {std::to_string(e.repeat)});
        return say(e.notified ? "CL310" : "CL311", {e.clock, rung, named(options_, e.action),
                                                    reached(options_, e.whom, e.unit, e.persons)});
    }
    std::string operator()(const cases::ClockStopped& e) const {
        return say(e.on_time ? "CL312" : "CL313", {e.clock});
    }
    std::string operator()(const cases::EvidenceAdded& e) const { return say("CL314", {e.kind}); }
    std::string operator()(const cases::Commented&) const { return say("CL315", {}); }
    std::string operator()(const cases::Linked& e) const {
        return say("CL316", {e.other.value, e.relation});
    }
    std::string operator()(const cases::Merged& e) const { return say("CL317", {e.into.value}); }
    std::string operator()(const cases::PrivacyChanged& e) const {
        const auto word = [&](bool truth) { return shown_value(options_, truth ? "yes" : "no"); };
        return "anonim = " + word(e.anonim) + ", rahasia = " + word(e.rahasia);
    }
    std::string operator()(const cases::Corrected& e) const {
        return say("CL318",
                   {e.name, shown_value(options_, e.old_value), shown_value(options_, e.value)});
    }
    std::string operator()(const cases::Transferred& e) const {
        return say("CL319", {e.to.value, e.as.value, std::to_string(e.hops)});
    }
    std::string operator()(const cases::EffectRequested& e) const {
        const std::string message = e.message.empty() ? "" : " " + e.message;
        return say("CL320", {request_number(e.key), named(options_, e.kind) + message,
                             reached(options_, e.whom, {}, e.persons)});
    }
    std::string operator()(const cases::EffectDone& e) const {
        return say("CL321", {request_number(e.key)});
    }
    std::string operator()(const cases::EffectFailed& e) const {
        return say("CL322", {request_number(e.key), e.why});
    }
    std::string operator()(const cases::Rated& e) const {
        return say("CL323", {std::to_string(e.stars)});
    }
    std::string operator()(const cases::Migrated& e) const {
        return say("CL324", {e.from_state, e.to_state});
    }
    std::string operator()(const cases::Erased& e) const { return say("CL325", {e.why}); }
    std::string operator()(const cases::PersonalRead& e) const { return say("CL326", {e.purpose}); }

  private:
    std::string say(std::string_view code, std::vector<std::string> args) const {
        return words(options_, code, std::move(args));
    }
    const Options& options_;
};

}  // namespace

std::string describe(const cases::Event& event, const Options& options) {
    return std::visit(Describer(options), event.payload);
}

std::string describe(const cases::Actor& actor, const Options& options) {
    switch (actor.kind) {
        case cases::Actor::Kind::engine: return words(options, "CL220");
        case cases::Actor::Kind::reporter: return words(options, "CL221");
        case cases::Actor::Kind::person:
        case cases::Actor::Kind::channel: return actor.id;
    }
    return {};
}

}  // namespace pintu::cli
