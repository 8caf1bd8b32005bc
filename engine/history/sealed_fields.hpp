// Where a payload holds commitments to personal values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/cases/event/payload.hpp"

namespace pintu::history {

// Each commitment that is given with its path ("isi", "texts.alasan", "attachments.0.name"), in the
// order of the payload's fields.
std::vector<std::pair<std::string, cases::Sealed>> sealed_fields(const cases::Payload& payload);

}  // namespace pintu::history
