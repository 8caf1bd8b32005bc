// Events, rows and reasons as JSON, for `-o json` and exports (docs/json.md).
#pragma once

#include <map>
#include <string>

#include "adapters/wire/json_writer.hpp"
#include "engine/cases/event/event.hpp"
#include "engine/cases/state/projection.hpp"

namespace pintu::wire {

// `personal`: path -> value, shown in the place of the commitment; without it the commitment.
void write_event(JsonWriter& json, const cases::Event& event,
                 const std::map<std::string, std::string>& personal = {});
void write_case(JsonWriter& json, const cases::CaseRow& row);
// The payload's type: "Received".
std::string type_name(const cases::Payload& payload);

}  // namespace pintu::wire
