// All that a decision reads besides the case and the command: values, nothing that answers back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/bundle/bundle.hpp"
#include "engine/cases/event/seal.hpp"

namespace pintu::cases {

// R7 and the workflow's `similar`: cases like this one that came before.
struct Question {
    AgencyCode agency;
    std::string attribute;
    std::string value;
    Instant received_from;
    Instant received_until;
    std::optional<std::int64_t> within_m;
    std::int32_t lat_udeg = 0;
    std::int32_t lon_udeg = 0;
    CaseId except;
    std::size_t at_most = 100;
    bool operator==(const Question&) const = default;
};

struct Found {
    std::vector<CaseId> cases;   // in append order
    std::uint64_t position = 0;  // of the agency's log when asked
};

// What a plugin is asked of a case for a fact of its rules.
struct FactQuestion {
    struct Argument {
        std::string name;   // the field, as the rule names it
        std::string value;  // as histories write it
        // Of a text: where the report has it ("isi", "place.note"). Texts are personal and in no
        // state: whoever asks takes them from there; `value` is empty.
        std::string text;
        bool operator==(const Argument&) const = default;
    };
    std::string function;             // "teks.bahaya": plugin and fact
    std::vector<Argument> arguments;  // in the rule's order; unknown ones are left out
    std::int64_t timeout_ms = 0;
    bool operator==(const FactQuestion&) const = default;
};

// Something that an operator should hear of.
struct Incident {
    std::string code;
    std::vector<std::string> args;
};

struct Context {
    Instant now;
    // L8: rules, workflow and schema of the case's receipt.
    const bundle::Bundle* pinned = nullptr;
    // Registries, people and calendars of all agencies as they are now.
    const bundle::Library* current = nullptr;
    Digest seed{};         // of all that is minted by this command
    std::string_view key;  // SubjectKey of the case, outlives this; empty: a new or erased one
    std::vector<std::pair<Question, Found>> answers;
    // False: nobody answers for plugins; their facts take `else` and are not asked for.
    bool asks_plugins = false;
    // What plugins said, as rules write it; nothing: nobody answered.
    std::vector<std::pair<FactQuestion, std::optional<std::string>>> facts;
    // Cases that an answer named by tracking id or case id; nothing: there is none.
    std::vector<std::pair<std::string, std::optional<CaseId>>> named;
};

}  // namespace pintu::cases
