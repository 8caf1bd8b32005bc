#include "tests/support/sample_events.hpp"

#include <optional>
#include <utility>

namespace pintu::testing {
namespace {

// Fills whatever field it meets from the field's name.
struct Filler {
    std::int32_t count = 0;

    template <class T>
    void operator()(const char* name, T& value) {
        fill(name, value);
    }

    void fill(const std::string& name, std::string& value) { value = name + " é"; }
    void fill(const std::string& name, CaseId& value) { value = sample_case(name); }
    void fill(const std::string& name, BundleHash& value) {
        value = BundleHash("sha256:" + to_hex(bytes_of(sha256(name))));
    }
    template <class Tag>
    void fill(const std::string& name, Id<Tag>& value) {
        value = Id<Tag>("id." + name);
    }
    void fill(const std::string&, bool& value) { value = true; }
    void fill(const std::string&, std::int32_t& value) { value = -(++count) * 1'000'003; }
    void fill(const std::string&, std::int64_t& value) { value = ++count * 5'000'000'007LL; }
    void fill(const std::string&, Instant& value) {
        value.micros = 1'773'365'400'000'000LL + ++count;
    }
    void fill(const std::string& name, Digest& value) { value = sha256(name); }
    void fill(const std::string& name, cases::Sealed& value) { value.commitment = sha256(name); }
    template <class T>
    void fill(const std::string& name, std::optional<T>& value) {
        fill(name, value.emplace());
    }
    template <class T>
    void fill(const std::string& name, std::vector<T>& values) {
        fill(name + ".0", values.emplace_back());
        fill(name + ".1", values.emplace_back());
    }
    template <class A, class B>
    void fill(const std::string& name, std::pair<A, B>& value) {
        fill(name + ".name", value.first);
        fill(name + ".value", value.second);
    }
    template <class T>
    auto fill(const std::string&, T& value) -> decltype(T::fields(*this, value)) {
        T::fields(*this, value);
    }
};

template <std::size_t I>
void add_filled(std::vector<cases::Payload>& payloads) {
    if constexpr (I < std::variant_size_v<cases::Payload>) {
        cases::Payload payload(std::in_place_index<I>);
        auto& value = std::get<I>(payload);
        Filler filler;
        std::decay_t<decltype(value)>::fields(filler, value);
        payloads.push_back(std::move(payload));
        add_filled<I + 1>(payloads);
    }
}

}  // namespace

std::vector<cases::Payload> filled_payloads() {
    std::vector<cases::Payload> payloads;
    add_filled<0>(payloads);
    return payloads;
}

cases::Event sample_event(const CaseId& case_id, std::uint32_t sequence, cases::Payload payload,
                          Instant at, const Digest& previous) {
    cases::Event event;
    event.case_id = case_id;
    event.agency = AgencyCode("64.09");
    event.sequence = sequence;
    event.at = at;
    event.actor = {cases::Actor::Kind::person, "p-014"};
    event.command = CommandId("c-" + std::to_string(sequence));
    event.pinned = BundleHash("sha256:" + to_hex(bytes_of(sha256("pinned"))));
    event.current = BundleHash("sha256:" + to_hex(bytes_of(sha256("current"))));
    event.previous = previous;
    event.payload = std::move(payload);
    return event;
}

CaseId sample_case(const std::string& name) {
    return CaseId(to_hex(bytes_of(sha256(name))).substr(0, 32));
}

}  // namespace pintu::testing
