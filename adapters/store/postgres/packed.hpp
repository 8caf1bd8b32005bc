// Rows that are looked up by few of their fields are kept in one piece (binary.hpp; lists of texts
// before schema 3, which are read too): a commit writes one column then, not thirty. A piece that
// is longer or shorter than this program's is read as far as it goes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

// Each adds to the end of `list`.

// Without what is in columns too; in front what statements read of it (shown.hpp).
void pack(std::string& list, const cases::CaseRow& row, std::string_view timer_name);
// Reads what it packed into a row that holds the fields which are columns too.
void unpack(std::string_view list, cases::CaseRow& row);
std::int64_t sequence_in(std::string_view list);

void pack(std::string& list, const cases::Effect& effect);  // without its key
cases::Effect unpack_effect(const std::string& key, std::string_view list);

void pack(std::string& list, const ports::CommandOutcome& outcome);  // without its id
ports::CommandOutcome unpack_outcome(const std::string& id, std::string_view list);

// Of one case; one after the other gives both.
void pack(std::string& list, const cases::PersonalValue& value);
std::vector<cases::PersonalValue> unpack_values(const CaseId& case_id, std::string_view list);
void pack(std::string& list, const ports::IntakeKey& key);
std::vector<ports::IntakeKey> unpack_intake_keys(std::string_view list);

// Digests, 32 bytes each, one after the other.
std::string join(const std::vector<Digest>& digests);
std::vector<Digest> split_digests(std::string_view bytes);

}  // namespace pintu::postgres
