// What a command is given and gives back: streams, options that all commands share, exit codes.
#pragma once

#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"
#include "engine/messages/messages.hpp"
#include "engine/ports/log.hpp"

namespace pintu::cli {

// design.md section 7.
enum Exit : int {
    kDone = 0,
    kFailed = 1,  // failed, or findings
    kChanges = 2,
    kNotAllowed = 4,
    kBroken = 5,  // history broken or replay differs
    kWrongUsage = 64,
    kTryLater = 75,
    kInterrupted = 130,
};

enum class Output { table, json, jsonl, csv, pretty, sarif };

struct Options {
    std::string directory = ".";  // -C: the definitions
    std::string store;            // --store; "" = pintu.yaml's, else sqlite:var/pintu.db
    std::string agency;           // --agency; "" = all
    std::optional<Instant> as_of;
    Output output = Output::table;
    messages::Language language = messages::Language::indonesian;
};

// Data go to out, everything else to err.
struct Io {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool color = false;
    // Of a node that runs: what say() would put on err is a line of its log.
    ports::Log* log = nullptr;
};

// Standard output as a stream that remembers why it could not be written. A reader that went away
// (`| head`) is no error; what nobody reads is not written.
class OutputBuffer final : public std::streambuf {
  public:
    explicit OutputBuffer(int file) : file_(file) { setp(bytes_, bytes_ + sizeof bytes_); }
    // Of errno; 0: all was written, or nobody reads on.
    int error() const { return error_; }

  protected:
    int_type overflow(int_type next) override;
    int sync() override;

  private:
    int file_;
    int error_ = 0;
    bool closed_ = false;
    char bytes_[1U << 16U];
};

// One sentence of the catalogue on err, with its hint where it has one; a warning where it goes to
// a log.
void say(const Io& io, const Options& options, std::string_view code,
         std::vector<std::string> args = {});
// An error of the engine; its arguments in the reader's words (shown_argument).
void say(const Io& io, const Options& options, const Error& error);
// The sentence itself, without its hint; for headings and tables.
std::string words(const Options& options, std::string_view code,
                  std::vector<std::string> args = {});

// Rows under a heading, columns as wide as their content (code points).
class Table {
  public:
    explicit Table(std::vector<std::string> heading) : heading_(std::move(heading)) {}
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.empty(); }
    // As aligned text, or as CSV.
    void print(std::ostream& out, Output output) const;

  private:
    std::vector<std::string> heading_;
    std::vector<std::vector<std::string>> rows_;
};

// All diagnostics, sorted: `pretty` with source line and caret, `json` one array, `sarif` 2.1.0.
void print_diagnostics(std::ostream& out, const Diagnostics& diagnostics, const SourceSet& sources,
                       const Options& options, Output output, bool color);

}  // namespace pintu::cli
