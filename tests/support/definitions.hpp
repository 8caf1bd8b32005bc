// Definitions for tests: a fixture folder as the engine gets it, and changes to it.
#pragma once

#include <string>

#include "engine/bundle/bundle.hpp"

namespace pintu::testing {

// tests/fixtures/<name>, with the time zones that it names.
bundle::Definitions fixture(const std::string& name);

// nullptr where there is no such file.
bundle::DefinitionFile* find_file(bundle::Definitions& definitions, const std::string& path);
// Adds or replaces; keeps the order.
void put_file(bundle::Definitions& definitions, const std::string& path, std::string bytes);
void remove_file(bundle::Definitions& definitions, const std::string& path);

// What a golden case says to change, in blocks that begin with a line of their own:
//     === PATH      the file's whole new text follows
//     --- PATH      the file goes
//     *** PATH      two lines follow: a text that stands in the file, and what replaces it
// Returns what could not be done ("" if all could).
std::string change(bundle::Definitions& definitions, const std::string& changes);

}  // namespace pintu::testing
