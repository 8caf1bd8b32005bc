// One line about an event, for timelines that people read.
#pragma once

#include <string>

#include "adapters/cli/io.hpp"
#include "engine/cases/event/event.hpp"

namespace pintu::cli {

std::string describe(const cases::Event& event, const Options& options);
// Who did it: a person's id, "pelapor", a channel's name, "mesin".
std::string describe(const cases::Actor& actor, const Options& options);

}  // namespace pintu::cli
