#include "engine/cases/event/seal.hpp"

#include <type_traits>

namespace pintu::cases {
namespace {

std::string big_endian(std::uint64_t number, int bytes) {
    std::string text;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        text += static_cast<char>((number >> shift) & 0xff);
    }
    return text;
}

std::string length(std::string_view text) {
    return big_endian(text.size(), 8);
}

using Found = std::vector<std::pair<std::string, Sealed>>;

// Walks a payload's fields; whatever is not a commitment, or does not hold one, is passed over.
struct Collector {
    Found& found;
    std::string prefix;

    void operator()(const char* name, const Sealed& sealed) { add(prefix + name, sealed); }
    void operator()(const char* name, const Attachment& attachment) {
        Collector inner{found, prefix + name + "."};
        Attachment::fields(inner, attachment);
    }
    void operator()(const char* name, const std::vector<Attachment>& attachments) {
        for (std::size_t i = 0; i < attachments.size(); ++i) {
            Collector inner{found, prefix + name + "." + std::to_string(i) + "."};
            Attachment::fields(inner, attachments[i]);
        }
    }
    void operator()(const char* name, const std::vector<std::pair<std::string, Sealed>>& texts) {
        for (const auto& [key, sealed] : texts) add(prefix + name + "." + key, sealed);
    }
    template <class T>
    void operator()(const char*, const T&) {}

    void add(std::string path, const Sealed& sealed) {
        if (sealed.given()) found.emplace_back(std::move(path), sealed);
    }
};

}  // namespace

Sealed seal(std::string_view key, const CaseId& case_id, std::uint32_t sequence,
            std::string_view path, std::string_view value) {
    const std::string event =
        "pintu seal 1" + length(case_id.value) + case_id.value + big_endian(sequence, 4);
    const Digest salt = hkdf_sha256(key, event + length(path) + std::string(path));
    return {sha256({"f1", length(path), path, bytes_of(salt), length(value), value})};
}

std::vector<std::pair<std::string, Sealed>> sealed_fields(const Payload& payload) {
    Found found;
    Collector collector{found, ""};
    std::visit([&](const auto& p) { std::decay_t<decltype(p)>::fields(collector, p); }, payload);
    return found;
}

}  // namespace pintu::cases
