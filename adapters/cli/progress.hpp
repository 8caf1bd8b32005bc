// How far a long command is, on a terminal; nothing anywhere else.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/cli/io.hpp"

namespace pintu::cli {

class Progress {
  public:
    // A bar up to `total`; 0: nobody knows how much there is, and words alone are shown.
    Progress(const Io& io, std::int64_t total) : io_(io), total_(total) {}
    ~Progress() { clear(); }
    // Drawn anew only where its picture changes.
    void show(std::int64_t done, const std::string& words);
    void clear();

  private:
    std::string bar(std::int64_t done) const;

    const Io& io_;
    std::int64_t total_;
    std::string last_;
};

}  // namespace pintu::cli
