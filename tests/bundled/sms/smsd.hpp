// gammu-smsd on a dummy phone, with its SQLite tables, for as long as this lives.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace pintu::testing {

class Smsd {
  public:
    Smsd();
    ~Smsd();
    bool missing() const { return missing_; }  // gammu, or its SQLite driver, is not installed
    const std::string& folder() const { return folder_.path(); }

    // Lays a message into the phone, as it comes from the network: as many pieces as it takes. The
    // files of its pieces.
    std::vector<std::string> receive(const std::string& sender, const std::string& text);
    void start();
    void stop();
    // Waits for it, 20 seconds at most.
    bool until(const std::function<bool()>& done) const;

    // The first column of each row.
    std::vector<std::string> rows(const std::string& sql) const;
    void run(const std::string& sql) const;

  private:
    TemporaryFolder folder_;
    bool missing_ = true;
    int pid_ = -1;
};

}  // namespace pintu::testing
