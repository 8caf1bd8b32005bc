// What a plugin keeps from one start to the next ("pintu.state/1"): a file for each key below
// var/plugins/NAME/state, on disk when put() returns. Any thread; all guests of one plugin share
// one State. Limits as in plugins/abi/pintu_plugin.h.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/host/guest.hpp"

namespace pintu::plugins {

class State {
  public:
    static constexpr std::size_t kMostKey = 200;
    static constexpr std::size_t kMostValue = 1U << 20U;
    static constexpr std::size_t kMostKeys = 100'000;
    static constexpr std::size_t kMostListed = 10'000;

    // `folder` is made with the first put().
    explicit State(std::string folder) : folder_(std::move(folder)) {}

    // ok: the value; unknown; too_large: the key; failed: the disk, why beside it.
    Answer get(std::string_view key);
    Answer put(std::string_view key, std::string_view value);
    Answer erase(std::string_view key);  // of what is not there: ok
    // Sorted, kMostListed at most.
    std::vector<std::string> list(std::string_view prefix);

  private:
    std::string path_of(std::string_view key) const;
    std::vector<std::string> keys() const;

    std::string folder_;
    std::mutex mutex_;
    std::optional<std::size_t> count_;  // counted once, then kept
};

}  // namespace pintu::plugins
