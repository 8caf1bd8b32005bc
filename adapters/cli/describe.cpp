#include "adapters/cli/describe.hpp"

#include "adapters/cli/setup.hpp"
#include "adapters/wire/event_json.hpp"

namespace pintu::cli {
namespace {

std::string joined(const std::vector<PersonId>& persons) {
    std::string text;
    for (const auto& person : persons) text += (text.empty() ? "" : ", ") + person.value;
    return text;
}

std::string joined(const cases::Values& values) {
    std::string text;
    for (const auto& [name, value] : values)
        text += (text.empty() ? "" : ", ") + name + " = " + value;
    return text;
}

// What follows a type's name; each overload one event.
class Describer {
  public:
    explicit Describer(const Options& options) : options_(options) {}

    std::string operator()(const cases::Received& e) const {
        return say("CL300", {e.channel, e.external_id, local(e.received_at)});
    }
    std::string operator()(const cases::FactRecorded& e) const {
        return say(e.assumed ? "CL302" : "CL301", {e.name, e.value});
    }
    std::string operator()(const cases::Decided& e) const {
        std::string rules;
        for (const auto& rule : e.rules)
            rules += (rules.empty() ? "" : ", ") + rule.rule + " " + rule.at;
        return e.decision + " = " + e.value + (rules.empty() ? "" : "  (" + rules + ")");
    }
    std::string operator()(const cases::Transitioned& e) const {
        const std::string from = e.from.empty() ? "" : e.from + " -> ";
        const std::string answers = joined(e.answers);
        return from + e.to + "  [" + e.name + "]" + (answers.empty() ? "" : "  " + answers);
    }
    std::string operator()(const cases::ApprovalAsked& e) const { return say("CL303", {e.name}); }
    std::string operator()(const cases::ApprovalRefused& e) const { return say("CL304", {e.name}); }
    std::string operator()(const cases::Assigned& e) const {
        return say("CL305", {e.owner.value, e.previous.value});
    }
    std::string operator()(const cases::ClockStarted& e) const {
        return say("CL306", {e.clock, e.lasts, local(e.due)});
    }
    std::string operator()(const cases::ClockPaused& e) const { return say("CL307", {e.clock}); }
    std::string operator()(const cases::ClockResumed& e) const {
        return say("CL308", {e.clock, local(e.due)});
    }
    std::string operator()(const cases::ClockRecomputed& e) const {
        return say("CL309", {e.clock, local(e.old_due), local(e.due), e.why});
    }
    std::string operator()(const cases::ClockFired& e) const {
        const std::string rung = std::to_string(e.percent) + " %" +
                                 (e.repeat == 0 ? "" : " (" + std::to_string(e.repeat) + ")");
        return say(e.notified ? "CL310" : "CL311",
                   {e.clock, rung, e.action, e.whom, e.unit.value, joined(e.persons)});
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
        return std::string("anonim = ") + (e.anonim ? "ya" : "tidak") +
               ", rahasia = " + (e.rahasia ? "ya" : "tidak");
    }
    std::string operator()(const cases::Corrected& e) const {
        return say("CL318", {e.name, e.old_value, e.value});
    }
    std::string operator()(const cases::Transferred& e) const {
        return say("CL319", {e.to.value, e.as.value, std::to_string(e.hops)});
    }
    std::string operator()(const cases::EffectRequested& e) const {
        return say("CL320", {e.kind, e.message, e.whom, joined(e.persons)});
    }
    std::string operator()(const cases::EffectDone& e) const { return say("CL321", {e.key.value}); }
    std::string operator()(const cases::EffectFailed& e) const {
        return say("CL322", {e.key.value, e.why});
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
