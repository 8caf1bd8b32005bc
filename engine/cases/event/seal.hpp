// Commitments to personal values: the log holds them, the values are kept apart (history.md 2-3).
//
//   salt       = HKDF-Expand(key, "pintu seal 1" || len || case || sequence || len || path)
//   commitment = SHA-256("f1" || len || path || salt || len || value)
//
// len is 8 bytes, sequence 4 bytes, both big-endian. The key is the case's own (K_subj): 32 random
// bytes, kept apart from the log; erasure destroys it, and the commitments tell nothing any more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/cases/event/event.hpp"

namespace pintu::cases {

using SubjectKey = std::string;  // 32 bytes; empty once destroyed

// Precondition: key is not empty.
Sealed seal(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
            std::string_view path, std::string_view value);
// Is this the value that was committed to?
bool opens(const Sealed& sealed, std::string_view key, const CaseId& case_id,
           std::uint32_t sequence, std::string_view path, std::string_view value);

// Seals the personal values of one event and collects them for the store.
class Sealer {
  public:
    Sealer(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
           std::vector<PersonalValue>& values)
        : key_(key), case_id_(case_id), sequence_(sequence), values_(values) {}
    // An empty value is not given: no commitment, nothing kept.
    Sealed operator()(std::string path, std::string value);

  private:
    std::string_view key_;
    const CaseId& case_id_;
    std::uint32_t sequence_;
    std::vector<PersonalValue>& values_;
};

}  // namespace pintu::cases
