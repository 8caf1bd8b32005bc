// Evidence as files: FOLDER/ab/abcdef... (the original, named by its SHA-256), beside it .shown and
// .about, and .of/, an empty file for each case that has it. Plain files, so that a backup is a
// copy of the folder; for their owner alone (0700).
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "engine/ports/blobs.hpp"

namespace pintu::files {

// Any thread, any number of processes.
class BlobFiles final : public ports::Blobs {
  public:
    // Makes what is not there when something is first put.
    explicit BlobFiles(std::string folder) : folder_(std::move(folder)) {}

    Result<Digest> put(const std::string& bytes, ports::BlobForm form,
                       const Digest& original) override;
    Result<std::string> get(const Digest& original, ports::BlobForm form) override;
    Result<void> claim(const Digest& original, const CaseId& by) override;
    Result<void> release(const Digest& original, const CaseId& by) override;

    // Every claim, until `each` says false: for whoever looks for cases that were erased.
    void each_claim(const std::function<bool(const Digest&, const CaseId&)>& each) const;

    // Files that no case has and that were not put within `age`: of reports that were not taken in,
    // or whose intake was stopped before it claimed them.
    std::vector<Digest> unclaimed(std::chrono::seconds age) const;
    // Where it is such a one still: all forms, and what a write left of them. BL003.
    Result<void> destroy_unclaimed(const Digest& original, std::chrono::seconds age);

  private:
    std::string path_of(const Digest& original) const;
    std::string folder_;
};

// Whole and on disk when it returns, for its owner alone; folders above are made so too. BL003.
Result<void> write_private(const std::string& path, const std::string& bytes);

}  // namespace pintu::files
