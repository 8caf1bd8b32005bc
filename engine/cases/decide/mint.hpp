// New ids and keys out of one seed: the same seed gives the same ones.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/cases/event/seal.hpp"

namespace pintu::cases {

// HMAC(seed, label): labels keep the ids of one command apart.
Digest mint(const Digest& seed, std::string_view label);

// The agency, the time in milliseconds and 80 random bits: new cases lie side by side in a store's
// indexes, which random ids would make it read from end to end.
CaseId mint_case_id(const AgencyCode& agency, Instant now, const Digest& seed,
                    std::string_view label);
TrackingId mint_tracking_id(const Digest& seed);
SubjectKey mint_key(const Digest& seed);

// Ids that follow from what made them, so that doing it again after a crash makes no second one.
EffectKey effect_key(const CaseId& case_id, std::uint32_t number);
CommandId follow_up_id(const CaseId& to, const CaseId& from, std::uint32_t sequence,
                       std::string_view label);

}  // namespace pintu::cases
