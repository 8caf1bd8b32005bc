// The parts of a letter: which is its text, which are files.
#pragma once

#include <gmime/gmime.h>

#include "letter.hpp"

namespace surel {

// Fills text, files and marks. `top`: borrowed; nullptr: a letter without a body.
void read_parts(GMimeObject* top, const Limits& limits, bool cut_off, Letter& letter);

}  // namespace surel
