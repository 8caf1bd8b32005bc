// What a command of `pintu` said, and how it ended.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"

namespace pintu::cli {

struct Said {
    int exit = 0;
    std::string out;
    std::string err;
};

// `language`: that of the surroundings, as LANG has it.
inline Said run(const std::vector<std::string>& words, const std::string& language = "") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Io io{in, out, err};
    const int exit = run_command_line(words, language, io);
    return {exit, out.str(), err.str()};
}

// On the store at this address, in English.
inline Said run_on(const std::string& store, std::vector<std::string> words) {
    words.insert(words.begin(), {"--store", store, "--lang", "en"});
    return run(words);
}

}  // namespace pintu::cli
