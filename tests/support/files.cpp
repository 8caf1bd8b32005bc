#include "tests/support/files.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace pintu::testing {

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

TemporaryFolder::TemporaryFolder() : path_((fs::temp_directory_path() / "pintu-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr)
        throw fs::filesystem_error("no temporary folder", path_,
                                   std::error_code(errno, std::generic_category()));
}

TemporaryFolder::~TemporaryFolder() {
    if (std::getenv("PINTU_KEEP") != nullptr) return;
    std::error_code error;
    fs::remove_all(path_, error);
    if (error) ADD_FAILURE() << path_ << " cannot be removed: " << error.message();
}

}  // namespace pintu::testing
