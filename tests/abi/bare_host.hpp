// The least that a host must be: loads a file with dlopen, gives it services over plain maps, and
// calls its tables. It checks nothing and contains nothing: the contract alone, without the engine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/abi/pintu_plugin.h"

namespace pintu::testing {

// What a plugin can see of the world.
struct World {
    std::string config = "{}";
    std::map<std::string, std::string> state;
    std::map<std::string, std::string> secrets;
    std::int64_t now_us = 1'773'365'400'000'000;
    std::string http_answer;  // empty: refused
    int socket = -1;          // what connections get; negative: later
    // What it did.
    std::vector<std::string> log;
    std::vector<std::string> routes;
    std::vector<std::string> requests;
};

struct Said {
    std::int32_t status = PINTU_OK;
    std::string document;
    std::string copy;
};

class BarePlugin {
  public:
    BarePlugin(const std::string& file, World& world);
    ~BarePlugin();
    BarePlugin(const BarePlugin&) = delete;
    BarePlugin& operator=(const BarePlugin&) = delete;

    const std::string& problem() const { return problem_; }  // empty: it was loaded
    const pintu_plugin& plugin() const { return *plugin_; }
    Said start();
    bool has(std::string_view extension) const;
    Said call(std::string_view method, std::string_view document);  // after start()

  private:
    void* file_ = nullptr;
    const pintu_plugin* plugin_ = nullptr;
    void* instance_ = nullptr;
    bool started_ = false;
    World& world_;
    pintu_host host_{};
    std::string problem_;
};

}  // namespace pintu::testing
