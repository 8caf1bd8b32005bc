// Where effects go whose channel no plugin carries: each as one JSON line appended to a file.
// Several processes may append to one file, a key stands in it once; a line that a crash cut off is
// removed by whoever writes next.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "engine/base/result.hpp"
#include "engine/ports/connector.hpp"

namespace pintu::files {

// The latest kMost to 2 * kMost keys, whatever came before.
class RecentKeys {
  public:
    static constexpr std::size_t kMost = 200'000;
    bool contains(const std::string& key) const;
    void insert(const std::string& key);

  private:
    std::set<std::string> newer_;
    std::set<std::string> older_;
};

class OutboxFile final : public ports::Connector {
  public:
    // Creates the file where there is none. Keys are read from its last
    // kTailBytes: the runtime repeats at most what it had not recorded as done, which is the last
    // batch before a crash, or before a lease ran out. `durable` false: does not wait for the disk
    // (a played year). CL020 where it cannot be opened.
    static Result<std::unique_ptr<OutboxFile>> open(const std::string& path, bool durable = true);
    ~OutboxFile() override;

    static constexpr std::int64_t kTailBytes = 64 << 20;

    // Whoever takes lines from the file has words of their own.
    bool reads(const cases::Effect& /*effect*/) const override { return false; }
    // On disk (fsync) when it returns; where that fails, `later`. A file that was moved away
    // (logrotate) is made anew.
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& messages) override;

  private:
    OutboxFile(std::string path, int file, bool durable)
        : path_(std::move(path)), file_(file), durable_(durable) {}
    bool reopen_if_moved();
    bool catch_up();
    bool append(const std::string& lines);

    std::string path_;
    int file_;
    bool durable_;
    std::int64_t size_ = 0;  // of whole lines whose keys are known
    RecentKeys keys_;
};

}  // namespace pintu::files
