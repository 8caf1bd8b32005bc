#include "tests/simulate/trace.hpp"

#include <cstdio>

#include "engine/base/instant.hpp"

namespace pintu::simulate {
namespace {

std::string* sink = nullptr;

}  // namespace

void set_trace_sink(std::string* where) {
    sink = where;
}

void Trace::print(const char* what, int who, const std::string& words) const {
    const std::string at = to_string(Instant{scheduler_.now()});
    char line[400];
    std::snprintf(line, sizeof line, "%-27s %3d %-12s %s\n", at.c_str(), who, what, words.c_str());
    if (sink != nullptr)
        *sink += line;
    else
        std::fputs(line, stderr);
}

}  // namespace pintu::simulate
