#include "adapters/store/postgres/packed.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "adapters/store/postgres/binary.hpp"
#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

using store::append_item;
using store::take_item;

std::int64_t to_number(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// What begins so is binary; lists of texts, as they were before schema 3, begin with a digit.
constexpr char kBinary = '\1';

bool is_binary(std::string_view list) {
    return !list.empty() && list.front() == kBinary;
}

// Those that are columns of `cases` too are left out.
template <class Binary>
struct OtherFields {
    Binary& binary;
    const cases::CaseRow& row;

    template <class T>
    void operator()(const char* name, T& field) {
        const void* const at = &field;
        const bool is_column = at == &row.agency || at == &row.id || at == &row.sequence ||
                               at == &row.state || at == &row.closed || at == &row.owner;
        if (!is_column) binary(name, field);
    }
};

// As lists were before schema 3: all fields, each as a text.
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
    v("accepted", outcome.accepted);
    v("code", outcome.code);
    v("arg_list", outcome.args);
    v("allowed_list", outcome.allowed);
    v("sequence", outcome.sequence);
    v("at", outcome.at);
}

}  // namespace

void pack(std::string& list, const cases::CaseRow& row) {
    BinaryWriter writer(list);
    writer.put_byte(kBinary);
    OtherFields<BinaryWriter> fields{writer, row};
    cases::CaseRow::fields(fields, row);
}

void unpack(std::string_view list, cases::CaseRow& row) {
    if (!is_binary(list)) {
        Unpacker unpacker{list};
        cases::CaseRow::fields(unpacker, row);
        return;
    }
    BinaryReader reader(list.substr(1));
    OtherFields<BinaryReader> fields{reader, row};
    cases::CaseRow::fields(fields, row);
}

void pack(std::string& list, const cases::Effect& effect) {
    BinaryWriter writer(list);
    writer.put_byte(kBinary);
    effect_fields(writer, effect);
}

cases::Effect unpack_effect(const std::string& key, std::string_view list) {
    cases::Effect effect;
    effect.key = EffectKey(key);
    if (is_binary(list)) {
        BinaryReader reader(list.substr(1));
        effect_fields(reader, effect);
    } else {
        Unpacker unpacker{list};
        effect_fields(unpacker, effect);
    }
    return effect;
}

// A case's own commands begin with its id: how much of it, or 0 and the case's id.
void pack(std::string& list, const ports::CommandOutcome& outcome) {
    BinaryWriter writer(list);
    writer.put_byte(kBinary);
    const bool is_own =
        !outcome.case_id.empty() && outcome.id.value.starts_with(outcome.case_id.value);
    writer.put(is_own ? static_cast<std::uint32_t>(outcome.case_id.value.size()) : 0U);
    if (!is_own) writer.put(outcome.case_id);
    outcome_fields(writer, outcome);
}

ports::CommandOutcome unpack_outcome(const std::string& id, std::string_view list) {
    ports::CommandOutcome outcome;
    outcome.id = CommandId(id);
    if (is_binary(list)) {
        BinaryReader reader(list.substr(1));
        std::uint32_t own = 0;
        reader.read(own);
        outcome.case_id = CaseId(id.substr(0, own));
        if (own == 0) reader.read(outcome.case_id);
        outcome_fields(reader, outcome);
    } else {
        Unpacker unpacker{list};
        unpacker("case_id", outcome.case_id);
        outcome_fields(unpacker, outcome);
    }
    return outcome;
}

void pack(std::string& list, const cases::PersonalValue& value) {
    append_item(list, store::Digits(value.sequence).text());
    append_item(list, value.path);
    append_item(list, value.value);
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

void pack(std::string& list, const ports::IntakeKey& key) {
    append_item(list, key.intake.value);
    append_item(list, key.key);
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
