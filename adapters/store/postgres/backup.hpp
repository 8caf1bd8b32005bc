// What backup and restore share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/store/postgres/archive.hpp"
#include "adapters/store/store.hpp"

namespace pintu::postgres {

struct Verified {
    store::Archived archived;
    std::vector<Section> sections;
    std::uint64_t roots = 0;
};

// Reads an archive from end to end: every bit, then each agency's log, which is computed anew, then
// that every page which a case names is there, and no other. ST031 ... ST037.
Result<Verified> verify_archive(const std::string& file);

}  // namespace pintu::postgres
