// Is this the history that was written? Rows go in as the store has them, findings come out, each
// with the place. What can and what cannot be told: docs/auditors.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/cases/event/event.hpp"
#include "engine/history/checkpoint.hpp"

namespace pintu::history {

// A row of the log. The views live until the call returns.
struct StoredEvent {
    std::uint64_t position = 0;  // 0, 1, ... of the agency, dense: the leaf index
    std::string_view case_id;
    std::uint32_t sequence = 0;
    std::string_view bytes;
    Digest leaf{};
};

// The root that the store wrote down with a commit.
struct StoredRoot {
    std::uint64_t size = 0;
    Digest root{};
};

// A personal value as stored apart.
struct StoredValue {
    std::string path;
    std::string value;
};

struct Finding {
    std::string code;                   // HI020 ...; see engine/messages
    std::optional<std::uint64_t> leaf;  // position in the log
    CaseId case_id;                     // empty: of no single case
    std::uint32_t sequence = 0;         // 0: of no single event
    std::vector<std::string> args;
    bool operator==(const Finding&) const = default;
};

// Collects findings; past kMost further ones are only counted, by case too.
class Findings {
  public:
    static constexpr std::size_t kMost = 200;
    void add(Finding finding);
    // All of them, and those that are only counted there.
    void add(const Findings& others);
    const std::vector<Finding>& items() const { return items_; }
    std::size_t count() const { return count_; }
    bool empty() const { return count_ == 0; }
    // Whether any is of this case, shown or only counted.
    bool has(const CaseId& id) const { return cases_.contains(id); }

  private:
    std::vector<Finding> items_;
    std::size_t count_ = 0;
    std::set<CaseId> cases_;
};

// One agency's log, in order of position, then finish(). Memory: a few words for each case.
class Verifier {
  public:
    // roots: as the store wrote them, by size ascending. checkpoints: saved before, any order.
    Verifier(AgencyCode agency, std::vector<StoredRoot> roots, std::vector<Checkpoint> checkpoints);
    ~Verifier();
    Verifier(Verifier&&) noexcept;
    Verifier& operator=(Verifier&&) noexcept;

    // HI020 to HI029, and HI032 where a root is due. The decoded event for whoever goes on with it
    // (replay); nullptr if the bytes cannot be read. Valid until the next call.
    const cases::Event* add(const StoredEvent& row);
    // HI030, HI031, HI034. Call once.
    void finish();

    const Findings& findings() const;
    std::uint64_t size() const;  // rows seen
    Digest root() const;         // over what is there now

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// The personal values of one event against its commitments: HI040 a value was changed, HI041 it is
// gone, HI042 it belongs to no commitment, HI043 the case's key is gone, HI044 it should have been
// erased. `erased`: the case has an Erased event, and then nothing may be there.
void verify_values(const cases::Event& event, std::string_view key,
                   const std::vector<StoredValue>& values, bool erased, Findings& findings);

}  // namespace pintu::history
