// Brings the reports of one channel plugin in. A report is answered to the plugin only once it is
// in the store, or, where it cannot be taken in, once it is kept for a person: whatever stops in
// between, the plugin gives it again, and it is `repeated` then, not a second case.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "adapters/plugged/evidence.hpp"
#include "adapters/plugged/polled.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::plugged {

struct ChannelSettings {
    std::string plugin;
    std::string rejected;  // folder of reports not taken in: NAME.json, and NAME.files/
    AgencyCode agency;     // whose intake it is, where a report does not say; empty: the province's
    AgencyCode incidents;  // whose incidents they are
    std::int64_t most_file_bytes = 20 << 20;
    std::int64_t most_report_bytes = 60 << 20;
    std::size_t most = 50;  // reports of one poll
    messages::Language language = messages::Language::indonesian;
};

struct ChannelPorts {
    plugins::Plugins& plugins;
    runtime::Runtime& runtime;  // over `store`
    ports::EventStore& store;
    Evidence& evidence;
    ports::Log& log;
    // Whole and on disk when it returns, readable by its owner alone.
    std::function<Result<void>(const std::string& path, const std::string& bytes)> keep;
};

// What one poll came to.
struct Brought {
    std::size_t taken = 0;      // accepted or repeated
    std::size_t repeated = 0;   // of these
    std::size_t conflicts = 0;  // kept for a person, and told as incidents
    std::size_t rejected = 0;   // as above
    bool more = false;          // poll again at once
    std::size_t refused() const { return conflicts + rejected; }
};

// One thread's.
class Channel {
  public:
    Channel(ChannelSettings settings, const ChannelPorts& ports)
        : settings_(std::move(settings)), ports_(ports) {}

    // Errors: the plugin's (PL0xx; PL210 what it answered is not an answer; PL214 it says that it
    // cannot; PL215 it does not take its answers), which pass or are told elsewhere; the store's
    // and the disk's, after which nothing was answered.
    Result<Brought> poll(Instant now);

  private:
    using Answers = std::vector<Settled>;

    Result<Polled> ask();
    Result<void> read_files(PolledReport& report);
    Result<Answers> take_in(const std::vector<PolledReport>& reports, Instant now);
    Result<void> claim_files(const PolledReport& report, const CaseId& by);
    // The report with the paths of its kept files, below the folder of what was not taken in.
    Result<std::string> keep_files(const std::string& report, const std::string& name);
    Result<void> keep_refused(const PolledReport& report, const Settled& answer, Instant now);
    Result<void> tell(const Answers& answers);

    ChannelSettings settings_;
    ChannelPorts ports_;
};

}  // namespace pintu::plugged
