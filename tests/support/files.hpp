// Whole files in and out, and a folder to put them in, for tests.
#pragma once

#include <string>

namespace pintu::testing {

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

// A new folder, removed with all below it when this goes; with PINTU_KEEP in the environment it
// stays, to be looked at. Throws where it cannot be made: the test fails there.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::string& path() const { return path_; }
    // The path of what is below it.
    std::string at(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

}  // namespace pintu::testing
