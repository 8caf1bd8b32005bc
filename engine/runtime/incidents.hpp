// What goes before a person (ports::Incident). The same trouble again gets the same id.
#pragma once

#include <string>

#include "engine/base/result.hpp"
#include "engine/cases/command/command.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// A timer that could not be handled (RT027); `retry` fires it again.
ports::Incident timer_incident(const CaseId& id, const std::string& name, const std::string& why,
                               Instant at);
// A command of the engine that its case refused (RT029); `retry` submits it again.
ports::Incident command_incident(const cases::Command& command, const std::string& why, Instant at);
// An effect that nobody will perform, or whose result could not be recorded.
ports::Incident effect_incident(const cases::Effect& effect, Error why, Instant at);
// A case whose history cannot be read any more.
ports::Incident history_incident(const CaseId& id, Error why, Instant at);
// Definitions that do not load, of however many cases.
ports::Incident definitions_incident(const AgencyCode& agency, const std::string& subject,
                                     Error why, Instant at);
// A plugin that crashed, hung or broke its promises: one incident for each kind of trouble.
ports::Incident plugin_incident(const AgencyCode& agency, const std::string& plugin, Error why,
                                Instant at);
// A report of a channel plugin that was not taken in; `subject` is "PLUGIN/EXTERNAL_ID".
ports::Incident report_incident(const AgencyCode& agency, const std::string& subject, Error why,
                                Instant at);

}  // namespace pintu::runtime
