// Message texts against the workflows that use them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/base/diagnostic.hpp"
#include "engine/workflow/model/model.hpp"
#include "engine/workflow/templates/template.hpp"

namespace pintu::workflow {

// DL102 a workflow uses a name that has no text; DL103 (a warning) a text that no workflow uses,
// told of a name that workflows know only where `own` says that it stands in the agency's own
// layer; DL104 (a note) a text for
// reporters that is more than one SMS; DL105 a slot that goes to reporters alone in a text that
// others get; DL108 a clock that no workflow has, or `{jam}` outside of reminders. False where
// there were errors.
bool check_templates(const Templates& templates, const std::map<std::string, Workflow>& workflows,
                     const std::function<bool(const Span&)>& own, Diagnostics& diagnostics);

}  // namespace pintu::workflow
