// A folder that is gone afterwards, and plugins in it.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/files.hpp"

namespace pintu::plugins {

class PluginFolder : public testing::TemporaryFolder {
  public:
    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(std::filesystem::path(at(name)).parent_path());
        testing::write_file(at(name), text);
    }
    // One of tests/plugins_for_tests, as NAME/libuji.so with a manifest for it. As people put a new
    // version there: beside it, then renamed over it.
    void install(const std::string& name, const std::string& library,
                 const std::string& manifest) const {
        namespace fs = std::filesystem;
        fs::create_directories(at(name));
        const std::string from = std::string(PINTU_TEST_PLUGINS) + "/libuji_" + library + ".so";
        fs::copy_file(from, at(name + "/new"), fs::copy_options::overwrite_existing);
        fs::rename(at(name + "/new"), at(name + "/libuji.so"));
        write(name + "/plugin.yaml", manifest);
    }
};

inline std::string manifest_text(const std::string& more = "", const std::string& version = "1.0.0",
                                 const std::string& kinds = "fact") {
    return "plugin: uji\nversion: " + version + "\nabi: 1\nkinds: [" + kinds +
           "]\nrun: libuji.so\nanswers: recorded\nfacts:\n  versi: {arguments: []}\n" + more +
           "end: uji\n";
}

}  // namespace pintu::plugins
