// Files of this room: bounded reads, and writes that are on disk when they return.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace pintu::plugins {

// A descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int value = -1) : value_(value) {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : value_(other.value_) { other.value_ = -1; }
    Descriptor& operator=(Descriptor&&) = delete;
    int get() const { return value_; }
    bool open() const { return value_ >= 0; }

  private:
    int value_;
};

// A regular file's bytes; nothing where there is none, it cannot be read, or has more than `most`.
std::optional<std::string> read_bytes(const std::string& path, std::size_t most);
// The new bytes or the old ones, never a mixture: written beside, synced, renamed, the folder
// synced. Mode 0600. PL017.
Result<void> write_durably(const std::string& path, std::string_view bytes);
// With its parents, mode 0700. PL017.
Result<void> make_folder(const std::string& path);
bool write_all(int file, std::string_view bytes);
// What errno says, in words.
std::string reason();

}  // namespace pintu::plugins
