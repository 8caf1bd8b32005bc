// Every sentence that Pintu says to people, by code, in Indonesian and English.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/result.hpp"

namespace pintu::messages {

enum class Language { indonesian, english };

struct Wording {
    std::string_view message;  // placeholders {0}, {1}, ...
    std::string_view hint;     // the mend; may be empty for notes only
};

// One line of a catalogue. Each room keeps its own table in this folder, named after it;
// catalogue.cpp lists the tables.
struct Entry {
    std::string_view code;  // two letters of the room, three digits
    Wording id;
    Wording en;
};

// nullptr for a code that nobody defined.
const Entry* find(std::string_view code);
// All entries, sorted by code.
std::vector<const Entry*> all();

struct Text {
    std::string message;
    std::string hint;
};

// The words with their placeholders filled. A code that is not in the catalogue gives the code
// itself and its arguments, so that nothing is ever swallowed.
Text render(std::string_view code, const std::vector<std::string>& args, Language language);
inline Text render(const Diagnostic& d, Language l) {
    return render(d.code, d.args, l);
}
inline Text render(const Error& e, Language l) {
    return render(e.code, e.args, l);
}

}  // namespace pintu::messages
