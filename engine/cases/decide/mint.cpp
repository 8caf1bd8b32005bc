#include "engine/cases/decide/mint.hpp"

#include "engine/cases/tracking.hpp"

namespace pintu::cases {

Digest mint(const Digest& seed, std::string_view label) {
    return hmac_sha256(bytes_of(seed), label);
}

CaseId mint_case_id(const AgencyCode& agency, Instant now, const Digest& seed,
                    std::string_view label) {
    constexpr int kTimeBytes = 6;
    constexpr std::size_t kRandomBytes = 10;
    const auto millis = static_cast<std::uint64_t>(now.micros / 1000);
    std::string bytes;
    for (int i = kTimeBytes - 1; i >= 0; --i) bytes += static_cast<char>(millis >> (8 * i) & 0xff);
    bytes += bytes_of(mint(seed, label)).substr(0, kRandomBytes);
    return CaseId(agency.value + "-" + to_hex(bytes));
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

CommandId follow_up_id(const CaseId& to, const CaseId& from, std::uint32_t sequence,
                       std::string_view label) {
    return CommandId(to.value + "-" + std::string(label) + "-" + from.value + "-" +
                     std::to_string(sequence));
}

}  // namespace pintu::cases
