// One command of each kind, one after the other, and how to do each of them again from where it
// began.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/faults/sqlite_office.hpp"

namespace pintu::testing {

// A file with what lies beside it, and the world outside at that moment.
struct Moment {
    std::map<std::string, std::string> files;  // by what follows the name: "", "-wal"
    Outside outside;

    static Moment of(const std::string& file, const Outside& outside);
    void put_back(const std::string& file) const;
};

struct Deed {
    std::string name;
    const runtime::Loadout* definitions;  // that its process starts with
    bool starts = false;                  // the start of the process belongs to it
    // May be done again until it says nothing.
    std::function<std::string(Process&)> run;
    Moment before;
    std::string end;  // how it ends where nothing fails, as ended() tells it
};

// In a folder that is there while the tests run.
std::vector<Deed> script(const std::string& folder);

}  // namespace pintu::testing
