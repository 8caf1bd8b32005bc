// A plugin's file, opened in this very process: what a trusted plugin's guest and `pintu-host`
// have in common. Checks what the plugin says of itself before it uses it; what it cannot check
// (a pointer to nowhere, a crash) hits the process that it is in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/guest.hpp"

namespace pintu::plugins {

// Takes what a plugin writes, up to `most` bytes. One that wrote beyond it has overflowed: what it
// had written is gone and nothing more is taken.
class BoundedSink {
  public:
    explicit BoundedSink(std::size_t most = PINTU_MOST_DOCUMENT);
    BoundedSink(const BoundedSink&) = delete;
    BoundedSink& operator=(const BoundedSink&) = delete;
    pintu_sink* get() { return &sink_; }
    bool overflowed() const { return overflowed_; }
    std::string take() { return std::move(bytes_); }

  private:
    static std::int32_t write(void* owner, pintu_text piece) noexcept;
    pintu_sink sink_;
    std::string bytes_;
    std::size_t most_;
    bool overflowed_ = false;
};

class Opened {
  public:
    // Loads the file (its constructors run) and checks what it says: PL022 it cannot be loaded,
    // PL023 without the entry symbol, PL024 of another ABI, PL025 it lies of itself.
    static Result<std::unique_ptr<Opened>> open(const std::string& file);
    ~Opened();  // stops what was started; then the file is closed
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    // Once. PL016 with why where the plugin refuses, PL025 where an extension is not what its id
    // says, PL003 where it throws. `host` outlives this.
    Result<Introduced> start(const pintu_host& host, std::string_view config);
    // "channel.poll" and its like, after start(). PL003: it threw, answered NULL with a size, or
    // gave a status that there is not. Status::unknown: it has no such extension.
    Result<Answer> call(std::string_view method, std::string_view document);
    void stop();  // once is enough

  private:
    Opened();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace pintu::plugins
