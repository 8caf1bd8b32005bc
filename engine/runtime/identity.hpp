// When two reports are the same one, and whose they are.
#pragma once

#include <optional>
#include <string>

#include "engine/bundle/bundle.hpp"
#include "engine/cases/command/report.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// L8: the agency of `place.region`, else the intake's, else the province's. nullptr: none of them
// has definitions.
const bundle::Bundle* agency_of(const cases::Report& report, const bundle::Library& library,
                                const AgencyCode& intake, const AgencyCode& province);

// The key that the workflow's intake names; where a part of it is missing, the content and time.
// Nothing where there is neither: then no report is the same as this one.
std::optional<ports::IntakeKey> intake_key(const cases::Report& report,
                                           const workflow::Intake& intake,
                                           const AgencyCode& taken_in_by);

// The content under the case's key, so that it tells nothing to who has not the key.
Digest content_digest(const cases::Report& report, std::string_view key);

}  // namespace pintu::runtime
