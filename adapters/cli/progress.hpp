// A progress bar on a terminal; nothing anywhere else.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/cli/io.hpp"

namespace pintu::cli {

class Progress {
  public:
    Progress(const Io& io, std::int64_t total) : io_(io), total_(total) {}
    ~Progress() { clear(); }
    // Drawn anew only where its picture changes.
    void show(std::int64_t done, const std::string& words);
    void clear();

  private:
    const Io& io_;
    std::int64_t total_;
    std::string last_;
};

}  // namespace pintu::cli
