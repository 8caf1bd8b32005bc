// From an effect to a message: the template of its name, filled with what its recipient may read.
// Pure. Nothing that *anonim* or *rahasia* hides gets into a text: see allowed().
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/bundle/bundle.hpp"
#include "engine/cases/event/seal.hpp"
#include "engine/cases/state/state.hpp"
#include "engine/ports/connector.hpp"

namespace pintu::runtime {

// A case as an effect of it sees it.
struct Occasion {
    cases::State state;  // when the command was over that asked for the effect
    // As they are now or were then, whichever hides more.
    bool anonim = false;
    bool rahasia = false;
    // What was answered to the event that led to the effect: "alasan", "jawaban".
    std::map<std::string, std::string> answers;
    // Of the report, "" where not given or erased.
    std::string judul, name, phone, email;
};

// `events`: of the case, all of them; `personal`: its values, none for an effect that does not go
// to the reporter. Answers are believed only where they are what was sealed.
Occasion occasion_of(const cases::Effect& effect, const std::vector<cases::Event>& events,
                     const std::vector<cases::PersonalValue>& personal,
                     const cases::SubjectKey& key);

// May what a slot gives go into this effect's text? Content to others than the reporter: not where
// *rahasia* is set. Personal values: only to the reporter; who the reporter is: not where *anonim*
// is set, for a message may be read over a shoulder.
bool allowed(workflow::Reach reach, const cases::Effect& effect, const Occasion& occasion);

// Subject and text are empty where the bundle has no template of that name. Dates are days of the
// agency's zone. Language: the report's field `bahasa` where the template has it, else Indonesian.
// What people wrote is cut: to 4,000 letters in a text, to 60 in a subject or a short form.
ports::Message compose(const cases::Effect& effect, const Occasion& occasion,
                       const bundle::Bundle& bundle);

}  // namespace pintu::runtime
