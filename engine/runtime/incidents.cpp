#include "engine/runtime/incidents.hpp"

#include "engine/base/hash.hpp"
#include "engine/cases/command/codec.hpp"

namespace pintu::runtime {
namespace {

ports::Incident incident(const AgencyCode& agency, const char* what, const std::string& subject,
                         Error why, Instant at) {
    constexpr std::size_t kIdBytes = 16;
    const Digest digest = sha256({what, "\n", subject, "\n", why.code});
    ports::Incident made;
    made.id = agency.value + "-i-" + to_hex(bytes_of(digest).substr(0, kIdBytes));
    made.agency = agency;
    made.at = at;
    made.what = what;
    made.subject = subject;
    made.code = std::move(why.code);
    made.args = std::move(why.args);
    return made;
}

}  // namespace

// A case has one timer at a time, whatever its name: its id is the case's.
ports::Incident timer_incident(const CaseId& id, const std::string& name, const std::string& why,
                               Instant at) {
    auto made = incident(agency_of(id), "timer", id.value, {"RT027", {id.value, name, why}}, at);
    made.case_id = id;
    made.subject = name;
    made.command = cases::encode({CommandId(id.value + "-again"), id, {}, cases::FireTimers{}});
    return made;
}

ports::Incident command_incident(const cases::Command& command, const std::string& why,
                                 Instant at) {
    auto made = incident(agency_of(command.case_id), "command", command.id.value,
                         {"RT029", {command.id.value, command.case_id.value, why}}, at);
    made.case_id = command.case_id;
    made.command = cases::encode(command);
    return made;
}

ports::Incident effect_incident(const cases::Effect& effect, Error why, Instant at) {
    auto made = incident(effect.agency, "effect", effect.key.value, std::move(why), at);
    made.case_id = effect.case_id;
    return made;
}

ports::Incident history_incident(const CaseId& id, Error why, Instant at) {
    auto made = incident(agency_of(id), "history", id.value, std::move(why), at);
    made.case_id = id;
    return made;
}

ports::Incident definitions_incident(const AgencyCode& agency, const std::string& subject,
                                     Error why, Instant at) {
    return incident(agency, "definitions", subject, std::move(why), at);
}

ports::Incident plugin_incident(const AgencyCode& agency, const std::string& plugin, Error why,
                                Instant at) {
    return incident(agency, "plugin", plugin, std::move(why), at);
}

ports::Incident report_incident(const AgencyCode& agency, const std::string& subject, Error why,
                                Instant at) {
    return incident(agency, "report", subject, std::move(why), at);
}

}  // namespace pintu::runtime
