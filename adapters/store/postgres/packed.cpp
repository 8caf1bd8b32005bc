#include "adapters/store/postgres/packed.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

using store::append_item;
using store::take_item;

constexpr std::size_t kLength = 4;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::int64_t to_number(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Fields as texts, in the order in which their type names them.
struct Packer {
    std::string list;

    template <class T>
    void operator()(const char*, const T& field) {
        append_item(list, text(field));
    }
    static std::string text(const std::string& field) { return field; }
    static std::string text(bool field) { return field ? "1" : "0"; }
    static std::string text(std::int32_t field) { return number(field); }
    static std::string text(std::uint32_t field) { return number(field); }
    static std::string text(Instant field) { return number(field.micros); }
    static std::string text(const cases::Values& field) { return store::to_list(field); }
    static std::string text(const std::vector<cases::ClockRow>& field) {
        return store::to_list(field);
    }
    static std::string text(const std::vector<std::string>& field) { return store::to_list(field); }
    static std::string text(const std::vector<PersonId>& field) { return store::to_list(field); }
    template <class Tag>
    static std::string text(const Id<Tag>& field) {
        return field.value;
    }
    template <class T>
    static std::string text(const std::optional<T>& field) {
        return field ? text(*field) : "";
    }
};

struct Unpacker {
    std::string_view list;

    template <class T>
    void operator()(const char*, T& field) {
        if (!list.empty()) read(field, take_item(list));
    }
    static void read(std::string& field, std::string text) { field = std::move(text); }
    static void read(bool& field, const std::string& text) { field = text == "1"; }
    static void read(std::int32_t& field, const std::string& text) {
        field = static_cast<std::int32_t>(to_number(text));
    }
    static void read(std::uint32_t& field, const std::string& text) {
        field = static_cast<std::uint32_t>(to_number(text));
    }
    static void read(Instant& field, const std::string& text) { field.micros = to_number(text); }
    static void read(cases::Values& field, const std::string& text) {
        field = store::values_from_list(text);
    }
    static void read(std::vector<cases::ClockRow>& field, const std::string& text) {
        field = store::clocks_from_list(text);
    }
    static void read(std::vector<std::string>& field, const std::string& text) {
        field = store::from_list(text);
    }
    static void read(std::vector<PersonId>& field, const std::string& text) {
        field = store::ids_from_list<PersonTag>(text);
    }
    template <class Tag>
    static void read(Id<Tag>& field, std::string text) {
        field.value = std::move(text);
    }
    template <class T>
    static void read(std::optional<T>& field, const std::string& text) {
        if (!text.empty()) read(field.emplace(), text);
    }
};

template <class V, class Effect>
void effect_fields(V& v, Effect& effect) {
    v("case_id", effect.case_id);
    v("agency", effect.agency);
    v("tracking_id", effect.tracking_id);
    v("at", effect.at);
    v("kind", effect.kind);
    v("channel", effect.channel);
    v("message", effect.message);
    v("whom", effect.whom);
    v("unit", effect.unit);
    v("person_list", effect.persons);
}

template <class V, class Outcome>
void outcome_fields(V& v, Outcome& outcome) {
    v("case_id", outcome.case_id);
    v("accepted", outcome.accepted);
    v("code", outcome.code);
    v("arg_list", outcome.args);
    v("allowed_list", outcome.allowed);
    v("sequence", outcome.sequence);
    v("at", outcome.at);
}

}  // namespace

std::string pack(const cases::CaseRow& row) {
    Packer packer;
    cases::CaseRow::fields(packer, row);
    return std::move(packer.list);
}

cases::CaseRow unpack_case(std::string_view list) {
    cases::CaseRow row;
    Unpacker unpacker{list};
    cases::CaseRow::fields(unpacker, row);
    return row;
}

std::string pack(const cases::Effect& effect) {
    Packer packer;
    effect_fields(packer, effect);
    return std::move(packer.list);
}

cases::Effect unpack_effect(const std::string& key, std::string_view list) {
    cases::Effect effect;
    effect.key = EffectKey(key);
    Unpacker unpacker{list};
    effect_fields(unpacker, effect);
    return effect;
}

std::string pack(const ports::CommandOutcome& outcome) {
    Packer packer;
    outcome_fields(packer, outcome);
    return std::move(packer.list);
}

ports::CommandOutcome unpack_outcome(const std::string& id, std::string_view list) {
    ports::CommandOutcome outcome;
    outcome.id = CommandId(id);
    Unpacker unpacker{list};
    outcome_fields(unpacker, outcome);
    return outcome;
}

std::string pack(const cases::PersonalValue& value) {
    std::string list;
    append_item(list, number(value.sequence));
    append_item(list, value.path);
    append_item(list, value.value);
    return list;
}

std::vector<cases::PersonalValue> unpack_values(const CaseId& case_id, std::string_view list) {
    std::vector<cases::PersonalValue> values;
    while (!list.empty()) {
        auto& value = values.emplace_back();
        value.case_id = case_id;
        value.sequence = static_cast<std::uint32_t>(to_number(take_item(list)));
        value.path = take_item(list);
        value.value = take_item(list);
    }
    return values;
}

std::string pack(const ports::IntakeKey& key) {
    std::string list;
    append_item(list, key.intake.value);
    append_item(list, key.key);
    return list;
}

std::vector<ports::IntakeKey> unpack_intake_keys(std::string_view list) {
    std::vector<ports::IntakeKey> keys;
    while (!list.empty()) {
        auto& key = keys.emplace_back();
        key.intake = AgencyCode(take_item(list));
        key.key = take_item(list);
    }
    return keys;
}

void append_event(std::string& chunk, std::string_view bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        chunk += static_cast<char>(static_cast<unsigned char>(size >> shift));
    chunk += bytes;
}

std::string_view take_event(std::string_view& chunk) {
    std::size_t size = 0;
    if (chunk.size() >= kLength)
        for (std::size_t i = 0; i < kLength; ++i)
            size = size << 8 | static_cast<unsigned char>(chunk[i]);
    if (chunk.size() < kLength || size > chunk.size() - kLength) {
        chunk = {};
        return {};
    }
    const auto bytes = chunk.substr(kLength, size);
    chunk.remove_prefix(kLength + size);
    return bytes;
}

std::string join(const std::vector<Digest>& digests) {
    std::string bytes;
    for (const auto& digest : digests) bytes += bytes_of(digest);
    return bytes;
}

std::vector<Digest> split_digests(std::string_view bytes) {
    std::vector<Digest> digests(bytes.size() / sizeof(Digest));
    for (std::size_t i = 0; i < digests.size(); ++i) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Digest)), sizeof(Digest),
                    digests[i].begin());
    }
    return digests;
}

}  // namespace pintu::postgres
