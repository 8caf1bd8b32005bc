// What is kept of each case beside the log, against its history.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/result.hpp"
#include "engine/history/verify.hpp"
#include "engine/ports/store.hpp"
#include "engine/runtime/waiting.hpp"

namespace pintu::runtime {

// Goes through the cases of an agency by id. Row, history and values are read one after the other,
// and a running engine may move the case in between: what is found of a case is told only where it
// stood still during a second look at it alone, or where every one of kMostLooks finds the same.
class CaseAuditor {
  public:
    // `findings` have what the log told, get what the cases tell, and outlive it.
    static Result<CaseAuditor> begin(ports::EventStore& store, const AgencyCode& agency,
                                     history::Findings& findings);
    // The next ones, kReadTogether of them, fewer at the end: HI040 to HI044 of their values, HI050
    // of their rows, HI052 a row without a history, and whatever a history gives that cannot be
    // loaded, unless the log told of that case already.
    Result<std::vector<CaseId>> next();
    // What waits and what should wait (Waiting::finish()), after the last ones.
    Result<void> finish();
    // Cases that never stood still, and of which something was found that may be the engine's work:
    // not judged. All of them after finish().
    const std::set<CaseId>& moving() const { return moving_; }

  private:
    using Rows = std::vector<cases::CaseRow>;
    CaseAuditor(ports::EventStore& store, const AgencyCode& agency, Waiting waiting,
                history::Findings& findings);
    Result<std::vector<history::Findings>> look(const Rows& rows);
    Result<history::Findings> look_again(const CaseId& id, const std::optional<CaseId>& before);
    Result<Rows> row_of(const CaseId& id, const std::optional<CaseId>& before);
    Result<history::Findings> check(const cases::CaseRow& row,
                                    const Result<ports::StoredCase>& stored,
                                    std::vector<cases::PersonalValue> values);

    ports::EventStore* store_;
    ports::CaseFilter filter_;
    Waiting waiting_;
    history::Findings* findings_;
    std::set<CaseId> moving_;
};

}  // namespace pintu::runtime
