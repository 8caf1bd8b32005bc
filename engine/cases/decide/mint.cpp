#include "engine/cases/decide/mint.hpp"

#include "engine/cases/tracking.hpp"

namespace pintu::cases {

Digest mint(const Digest& seed, std::string_view label) {
    return hmac_sha256(bytes_of(seed), label);
}

CaseId mint_case_id(const Digest& seed, std::string_view label) {
    const Digest digest = mint(seed, label);
    return CaseId(to_hex(bytes_of(digest).substr(0, 16)));
}

TrackingId mint_tracking_id(const Digest& seed) {
    return make_tracking_id(mint(seed, "tracking"));
}

SubjectKey mint_key(const Digest& seed) {
    return std::string(bytes_of(mint(seed, "key")));
}

EffectKey effect_key(const CaseId& case_id, std::uint32_t number) {
    return EffectKey(case_id.value + "-" + std::to_string(number));
}

CommandId follow_up_id(const CaseId& case_id, std::uint32_t sequence, std::string_view label) {
    return CommandId(case_id.value + "-" + std::to_string(sequence) + "-" + std::string(label));
}

}  // namespace pintu::cases
