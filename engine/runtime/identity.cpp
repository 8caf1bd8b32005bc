#include "engine/runtime/identity.hpp"

namespace pintu::runtime {
namespace {

const bundle::Bundle* find(const bundle::Library& library, const std::string& code) {
    const auto found = library.bundles.find(AgencyCode(code));
    return found == library.bundles.end() ? nullptr : found->second.get();
}

}  // namespace

const bundle::Bundle* agency_of(const cases::Report& report, const bundle::Library& library,
                                const AgencyCode& intake, const AgencyCode& province) {
    for (std::string code = report.region; !code.empty();) {
        if (const auto* bundle = find(library, code)) return bundle;
        const auto dot = code.rfind('.');
        code = dot == std::string::npos ? std::string() : code.substr(0, dot);
    }
    const auto* bundle = find(library, intake.value);
    return bundle != nullptr ? bundle : find(library, province.value);
}

std::optional<ports::IntakeKey> intake_key(const cases::Report& report,
                                           const workflow::Intake& intake,
                                           const AgencyCode& taken_in_by) {
    std::string parts;
    bool whole = !intake.key.empty();
    for (const auto& path : intake.key) {
        const auto value = cases::value_at(report, path).value_or("");
        whole = whole && !value.empty();
        parts.append(path).append("=").append(std::to_string(value.size())).append(":");
        parts.append(value).append(";");
    }
    if (whole) return ports::IntakeKey{taken_in_by, "key:" + to_hex(bytes_of(sha256(parts)))};
    if (!report.received_at) return std::nullopt;
    const Digest content = sha256({to_string(*report.received_at), ";", cases::content_of(report)});
    return ports::IntakeKey{taken_in_by, "content:" + to_hex(bytes_of(content))};
}

Digest content_digest(const cases::Report& report, std::string_view key) {
    return hmac_sha256(key, "pintu content 1" + cases::content_of(report));
}

}  // namespace pintu::runtime
