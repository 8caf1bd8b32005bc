#include <algorithm>

#include "engine/base/nearest.hpp"
#include "engine/workflow/compile/all_checks.hpp"
#include "engine/workflow/model/duties.hpp"
#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

Names unit_names(const Offices& offices) {
    Names names;
    for (const auto* registry : offices.registries)
        for (const auto& unit : registry->units)
            names.push_back(registry == offices.registries.front()
                                ? unit.id.value.substr(unit.id.value.find('/') + 1)
                                : unit.id.value);
    return names;
}

}  // namespace

void resolve_asks(Workflow& workflow, const Surroundings& surroundings, Diagnostics& diagnostics) {
    Names fields;
    for (const auto& field : surroundings.schema->fields) fields.push_back(field.name);
    for (auto& state : workflow.states) {
        for (auto& event : state.on) {
            for (auto& ask : event.ask) {
                if (ask.kind != Ask::Kind::text) continue;
                if (std::find(fields.begin(), fields.end(), ask.name) != fields.end()) {
                    ask.kind = Ask::Kind::field;
                    continue;
                }
                const auto close = nearest(ask.name, fields);
                if (!close.empty()) diagnostics.warning("WF116", ask.span, ask.name, close);
            }
        }
    }
}

void check_names(const Workflow& workflow, const Surroundings& surroundings,
                 Diagnostics& diagnostics) {
    const auto check_unit = [&](const std::string& unit, const Span& span) {
        if (!resolve_unit(unit, surroundings.offices).empty()) return;
        const auto names = unit_names(surroundings.offices);
        diagnostics.error("WF106", span, unit, join_names(names));
    };
    for (const auto& duty : duties_of(workflow))
        if (duty.who.of == Who::Of::unit) check_unit(duty.who.unit, duty.who.span);
    for (const auto& state : workflow.states) {
        for (const auto& action : state.actions) {
            if (const auto* assign = std::get_if<AssignAction>(&action))
                check_unit(assign->unit, assign->span);
            const auto* notify = std::get_if<NotifyAction>(&action);
            if (notify == nullptr) continue;
            const auto& known = message_names();
            if (std::find(known.begin(), known.end(), notify->message) == known.end())
                diagnostics.error("WF110", notify->span, notify->message, join_names(known));
        }
    }
}

}  // namespace pintu::workflow
