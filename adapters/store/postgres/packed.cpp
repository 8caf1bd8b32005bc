#include "adapters/store/postgres/packed.hpp"

#include <algorithm>
#include <cassert>
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

// In front of a case's row (shown.hpp).
constexpr std::size_t kSequence = 4;
constexpr std::size_t kSize = 3;  // names are of files of 1 MiB at most
constexpr std::size_t kSizesAt = kSequence + 1;
constexpr std::size_t kFront = kSizesAt + 3 * kSize;

bool is_late(const cases::CaseRow& row) {
    return std::any_of(row.clocks.begin(), row.clocks.end(),
                       [](const auto& clock) { return clock.late; });
}

void put_front(std::string& list, const cases::CaseRow& row, std::string_view timer_name) {
    char front[kFront];
    char* end = front;
    const auto put = [&](std::size_t value, std::size_t size) {
        assert(value >> (8 * size) == 0);
        while (size-- > 0) *end++ = static_cast<char>(value >> (8 * size));
    };
    put(row.sequence, kSequence);
    put(is_late(row) ? 1 : 0, 1);
    const std::string_view texts[] = {row.state, row.owner.value, timer_name};
    for (const auto text : texts) put(text.size(), kSize);
    list.append(front, kFront);
    for (const auto text : texts) list += text;
}

std::size_t number_at(std::string_view list, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (; size > 0 && at < list.size(); --size, ++at)
        value = value << 8 | static_cast<std::uint8_t>(list[at]);
    return value;
}

std::string_view take(std::string_view& list, std::size_t size) {
    const auto front = list.substr(0, size);
    list.remove_prefix(front.size());
    return front;
}

// Gives what comes behind it.
std::string_view read_front(std::string_view list, cases::CaseRow& row) {
    std::size_t sizes[3];
    for (std::size_t i = 0; i < 3; ++i) sizes[i] = number_at(list, kSizesAt + i * kSize, kSize);
    row.sequence = static_cast<std::uint32_t>(sequence_in(list));
    take(list, kFront);
    row.state = take(list, sizes[0]);
    row.owner = UnitId(std::string(take(list, sizes[1])));
    take(list, sizes[2]);
    return list;
}

// Those that are columns of `cases`, or in front, are left out.
template <class Binary>
struct OtherFields {
    Binary& binary;
    const cases::CaseRow& row;

    template <class T>
    void operator()(const char* name, T& field) {
        const void* const at = &field;
        const bool is_elsewhere = at == &row.agency || at == &row.id || at == &row.sequence ||
                                  at == &row.state || at == &row.closed || at == &row.owner;
        if (!is_elsewhere) binary(name, field);
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

void pack(std::string& list, const cases::CaseRow& row, std::string_view timer_name) {
    put_front(list, row, timer_name);
    BinaryWriter writer(list);
    writer.put_byte(kBinary);
    OtherFields<BinaryWriter> fields{writer, row};
    cases::CaseRow::fields(fields, row);
}

std::int64_t sequence_in(std::string_view list) {
    return static_cast<std::int64_t>(number_at(list, 0, kSequence));
}

void unpack(std::string_view list, cases::CaseRow& row) {
    list = read_front(list, row);
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
