// Commitments to personal values: what the log holds instead of them (design.md section 4).
//
//   salt       = HKDF-Expand(key, "pintu seal 1" || len || case || sequence || len || path)
//   commitment = SHA-256("f1" || len || path || salt || len || value)
//
// len is 8 bytes, sequence 4 bytes, both big-endian; the key is 32 random bytes of the case, kept
// apart from the log. Without the key a commitment tells nothing, even of a value that can be
// guessed; once the key is destroyed nobody can open it again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/cases/event/payload.hpp"

namespace pintu::cases {

// The commitment of event `sequence` of the case to `value` at `path`.
Sealed seal(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
            std::string_view path, std::string_view value);

// Each commitment of a payload with its path ("isi", "texts.alasan", "attachments.0.name"), in the
// payload's order; those that are not given are left out.
std::vector<std::pair<std::string, Sealed>> sealed_fields(const Payload& payload);

}  // namespace pintu::cases
