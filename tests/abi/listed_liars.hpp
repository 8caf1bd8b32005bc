// What tests/abi/liars/liars.txt says of each liar: its name, when a host must find it out
// ("start", "call", "works"), and by which method.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace pintu::testing {

struct Liar {
    std::string name, when, method;
};

inline std::vector<Liar> listed_liars() {
    std::vector<Liar> found;
    std::ifstream file(std::string(PINTU_LIARS) + "/liars.txt");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        Liar liar;
        if (!line.starts_with('#') && words >> liar.name >> liar.when >> liar.method)
            found.push_back(liar);
    }
    return found;
}

}  // namespace pintu::testing
