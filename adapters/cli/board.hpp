// The counts that a head of office asks for: by agency and state, on time and late, with the late
// and still open among them, so that neglect is not hidden by counting closed cases alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "adapters/cli/io.hpp"
#include "engine/base/result.hpp"
#include "engine/ports/store.hpp"

namespace pintu::cli {

struct AgencyCounts {
    std::int64_t cases = 0;
    std::int64_t open = 0;
    std::int64_t on_time = 0;    // closed, no clock late
    std::int64_t late = 0;       // closed, some clock late
    std::int64_t late_open = 0;  // open, some clock late
    std::map<std::string, std::int64_t> states;
    std::map<std::string, std::int64_t> categories;  // main category
    std::map<std::string, std::int64_t> rungs;       // "tindak_lanjut 100 %" -> escalations
    std::string interesting;  // tracking id of the case with the most escalations
    std::int32_t most_escalations = -1;
};

struct Board {
    std::map<AgencyCode, AgencyCounts> agencies;
    AgencyCounts all;
};

// Reads every case row and every event of the log.
Result<Board> count_cases(ports::EventStore& store, const std::string& agency);

void print_board(std::ostream& out, const Board& board, const Options& options);

}  // namespace pintu::cli
