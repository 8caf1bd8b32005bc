// One file on its way: its lines, what became of each, and the end of it. All of it stands on disk:
// `proses/NAME` and, line by line as they are answered, `proses/NAME.hasil.jsonl`. Whoever begins
// anew after a crash goes on with the lines that have no answer.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "folders.hpp"
#include "reports.hpp"

namespace berkas {

struct Result {
    std::string status;  // accepted | repeated | conflict | rejected
    boost::json::object document;
};

class Work {
  public:
    // Nothing: it cannot be read at all; then it lies in `gagal` with why.
    static std::optional<Work> open(const Folders& folders, const std::string& name,
                                    std::int64_t most_bytes);

    const std::string& name() const { return name_; }
    // Lines without an answer, at most so many, no two of one external_id.
    std::vector<const Line*> waiting(std::size_t most) const;
    bool is_done() const { return results_.size() == content_.lines.size(); }
    // On disk when it returns; false: it is not.
    bool settle(const std::vector<std::pair<std::size_t, Result>>& results);
    // Moves the file to `selesai` with its results beside it, lines that are not in to `gagal`, and
    // the attachments of those that are away too. False: not all of it; once more, then.
    bool finish() const;
    std::string summary() const;  // "3 diterima, 1 ditolak"

  private:
    Work(const Folders& folders, std::string name) : folders_(folders), name_(std::move(name)) {}
    void remember();
    std::string results_path() const;
    bool is_in(std::size_t line) const;
    bool write_failed() const;
    void move_attachments() const;

    Folders folders_;
    std::string name_;
    Content content_;
    std::map<std::size_t, Result> results_;  // by line
};

boost::json::object result_document(const Line& line, std::string_view status,
                                    std::string_view tracking_id, boost::json::array errors);
// A line that never reaches the engine.
Result refused_here(const Line& line, const std::string& why);
// The paths of a report's attachments.
std::vector<std::string> attachment_paths(const boost::json::object& report);

}  // namespace berkas
