// Reads an agency's log to its end, past whatever is missing. Every reader goes through here: the
// store's answers alone do not tell a damaged log from one that ends.
#pragma once

#include <cstdint>
#include <functional>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// Gets row after row; false ends the reading, and so does its error.
using VisitLogged = std::function<Result<bool>(const ports::LoggedEvent&)>;

// The rows that are there from one position on, up to another, in order. False where it was ended.
Result<bool> read_rows(ports::EventStore& store, const AgencyCode& agency, std::uint64_t from,
                       std::uint64_t until, const VisitLogged& visit);

// All rows that are there, and what the log lacks: positions before a row (HI023), or at its end
// those up to the size that its last root had at first (HI030; not told where the reading was
// ended). An engine may be running.
Result<history::Findings> read_log(ports::EventStore& store, const AgencyCode& agency,
                                   const VisitLogged& visit);

}  // namespace pintu::runtime
