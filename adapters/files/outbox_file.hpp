// The built-in connector until plugins exist: every effect as one JSON line appended to a file. A
// line that a crash cut off is removed when the file is opened again, and a key that stands in the
// file is not written twice.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "engine/base/result.hpp"
#include "engine/ports/connector.hpp"

namespace pintu::files {

class OutboxFile final : public ports::Connector {
  public:
    // Creates the file where there is none. Keys are read from its last kTailBytes: the runtime
    // repeats at most what it had not recorded as done, which is the last batch before a crash.
    // `durable` false: does not wait for the disk (a played year). CL020 where it cannot be opened.
    static Result<std::unique_ptr<OutboxFile>> open(const std::string& path, bool durable = true);
    ~OutboxFile() override;

    static constexpr std::int64_t kTailBytes = 64 << 20;

    // On disk (fsync) when it returns; where that fails, `later`.
    std::vector<ports::Performed> perform(const std::vector<cases::Effect>& effects) override;

  private:
    OutboxFile(int file, bool durable, std::int64_t size, std::set<std::string> keys);
    int file_;
    bool durable_;
    std::int64_t size_;  // of whole lines
    std::set<std::string> keys_;
};

}  // namespace pintu::files
