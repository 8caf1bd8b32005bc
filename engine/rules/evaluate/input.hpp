// A report's fields as text -> the numbers that rules read (language.md R1, R5).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::text {
class Matcher;
}

namespace pintu::rules {

struct BuiltInput {
    Input input;
    // What was set to unknown and why: RU171 a value outside its type, RU172 a region or category
    // that the tree does not have. Args: field, value as sent, what the type allows.
    std::vector<Error> notes;
};

// `fields` by the schema's field names (the caller follows `from` into the report), as text: yesno
// "true"/"false" (or yes/no), numbers in decimal, categories by path, regions by code. "" is
// absent, but for texts, whose absence is "". Facts may be given by name too. Names that the
// program does not have are left alone. Refusals: RU170 a required field without default is missing
// or not of its type (arg: field).
Result<BuiltInput> make_input(const Program& program, const text::Matcher& matcher,
                              const std::map<std::string, std::string>& fields);

// From a history: values and probes as recorded (R5), so no text is needed.
// `fields` as above, decisions among them as Program::show() writes them; `probes` "isi mentions
// jalan_rusak" -> "yes" | "no". A probe that was not recorded is named in `missing` and taken as
// no.
struct RecordedInput {
    Input input;
    std::vector<std::string> missing;
};
RecordedInput recorded_input(const Program& program,
                             const std::map<std::string, std::string>& fields,
                             const std::map<std::string, std::string>& probes);

// How a probe is called in histories and explanations: `isi mentions jalan_rusak`,
// `isi contains "pungli"`.
std::string probe_name(const Program& program, ProbeId probe);

}  // namespace pintu::rules
