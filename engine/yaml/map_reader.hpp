// Reads a map whose keys are known beforehand. Every wrong key, missing key and wrong value gives
// its own diagnostic at its own place (YA030 to YA042), and reading goes on.
//
//     yaml::MapReader map(node, diagnostics);
//     const auto name = map.word("name", yaml::Need::required);
//     const auto from = map.date("from");
//     if (const auto* units = map.find("units")) ...
//     map.finish();  // reports the keys that nobody asked for
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/instant.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::yaml {

// A scalar's text with its place.
struct Word {
    std::string text;
    Span span;
    bool operator==(const Word&) const = default;
};

// Single values. Nothing, with a diagnostic, where the node is something else.
std::optional<Word> as_word(const Node& node, Diagnostics& diagnostics);  // not empty
std::optional<std::int64_t> as_integer(const Node& node, std::int64_t low, std::int64_t high,
                                       Diagnostics& diagnostics);
std::optional<Date> as_date(const Node& node, Diagnostics& diagnostics);
std::optional<bool> as_yes_no(const Node& node, Diagnostics& diagnostics);  // yes no true false
                                                                            // ya tidak
// A list of words; one word alone is a list of one. Broken items are left out.
std::optional<std::vector<Word>> as_words(const Node& node, Diagnostics& diagnostics);
// YA030 and false where the node is not a map.
bool expect_map(const Node& node, Diagnostics& diagnostics);
// YA038 and false where the node is not a sequence.
bool expect_sequence(const Node& node, Diagnostics& diagnostics);
// YA041 with the nearest one (or the whole list) and false where `word` is none of `allowed`.
bool expect_one_of(const Word& word, const std::vector<std::string>& allowed,
                   Diagnostics& diagnostics);

enum class Need { optional, required };

class MapReader {
  public:
    // The node must outlive the reader. If it is no map: YA030, and every key reads as absent.
    MapReader(const Node& node, Diagnostics& diagnostics);

    // The value of a key, whatever it is; nullptr where absent (YA031 if required).
    const Node* find(std::string_view key, Need need = Need::optional);
    const Entry* find_entry(std::string_view key, Need need = Need::optional);

    std::optional<Word> word(std::string_view key, Need need = Need::optional);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t low, std::int64_t high,
                                        Need need = Need::optional);
    std::optional<Date> date(std::string_view key, Need need = Need::optional);
    std::optional<bool> yes_no(std::string_view key, Need need = Need::optional);
    // Absent: an empty list.
    std::vector<Word> words(std::string_view key, Need need = Need::optional);
    // A word out of a closed list.
    std::optional<Word> one_of(std::string_view key, const std::vector<std::string>& allowed,
                               Need need = Need::optional);

    // Takes note of keys that are read elsewhere (or not at all), so that finish() allows them.
    void allow(std::string_view key);
    // YA032 for every key that was never asked for, with the nearest of those that were.
    void finish();

  private:
    const Node& node_;
    Diagnostics& diagnostics_;
    std::vector<std::string> known_;
    bool is_map_;
};

}  // namespace pintu::yaml
