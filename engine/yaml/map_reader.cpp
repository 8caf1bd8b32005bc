#include "engine/yaml/map_reader.hpp"

#include <algorithm>
#include <charconv>

#include "engine/base/nearest.hpp"

namespace pintu::yaml {
namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

template <class T>
std::optional<T> one_of_pairs(const std::string& text,
                              std::initializer_list<std::pair<const char*, T>> pairs) {
    for (const auto& [word, value] : pairs)
        if (text == word) return value;
    return std::nullopt;
}

}  // namespace

std::optional<Word> as_word(const Node& node, Diagnostics& diagnostics) {
    if (node.is_null() || (node.is_scalar() && node.text.empty())) {
        diagnostics.error("YA034", node.span);
        return std::nullopt;
    }
    if (!node.is_scalar()) {
        diagnostics.error("YA033", node.span);
        return std::nullopt;
    }
    return Word{node.text, node.span};
}

std::optional<std::int64_t> as_integer(const Node& node, std::int64_t low, std::int64_t high,
                                       Diagnostics& diagnostics) {
    const auto word = as_word(node, diagnostics);
    if (!word) return std::nullopt;
    std::int64_t value = 0;
    const char* end = word->text.data() + word->text.size();
    const auto [last, failure] = std::from_chars(word->text.data(), end, value);
    if (failure != std::errc() || last != end || node.quoted) {
        diagnostics.error("YA035", word->span, word->text);
        return std::nullopt;
    }
    if (value < low || value > high) {
        diagnostics.error("YA036", word->span, word->text, std::to_string(low),
                          std::to_string(high));
        return std::nullopt;
    }
    return value;
}

std::optional<Date> as_date(const Node& node, Diagnostics& diagnostics) {
    const auto word = as_word(node, diagnostics);
    if (!word) return std::nullopt;
    const auto date = parse_date(word->text);
    if (!date) diagnostics.error("YA037", word->span, word->text);
    return date;
}

std::optional<bool> as_yes_no(const Node& node, Diagnostics& diagnostics) {
    const auto word = as_word(node, diagnostics);
    if (!word) return std::nullopt;
    const auto value = one_of_pairs<bool>(word->text, {{"yes", true},
                                                       {"no", false},
                                                       {"true", true},
                                                       {"false", false},
                                                       {"ya", true},
                                                       {"tidak", false}});
    if (!value) diagnostics.error("YA039", word->span, word->text);
    return value;
}

std::optional<std::vector<Word>> as_words(const Node& node, Diagnostics& diagnostics) {
    std::vector<Word> words;
    if (node.is_sequence()) {
        for (const Node& item : node.items)
            if (auto word = as_word(item, diagnostics)) words.push_back(std::move(*word));
        return words;
    }
    if (node.is_map()) {
        diagnostics.error("YA038", node.span);
        return std::nullopt;
    }
    auto word = as_word(node, diagnostics);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
    return words;
}

bool expect_map(const Node& node, Diagnostics& diagnostics) {
    if (!node.is_map()) diagnostics.error("YA030", node.span);
    return node.is_map();
}

bool expect_sequence(const Node& node, Diagnostics& diagnostics) {
    if (!node.is_sequence()) diagnostics.error("YA038", node.span);
    return node.is_sequence();
}

bool expect_one_of(const Word& word, const std::vector<std::string>& allowed,
                   Diagnostics& diagnostics) {
    if (std::find(allowed.begin(), allowed.end(), word.text) != allowed.end()) return true;
    const std::string close = nearest(word.text, allowed);
    if (close.empty())
        diagnostics.error("YA041", word.span, word.text, joined(allowed));
    else
        diagnostics.error("YA040", word.span, word.text, close, joined(allowed));
    return false;
}

MapReader::MapReader(const Node& node, Diagnostics& diagnostics)
    : node_(node), diagnostics_(diagnostics), is_map_(expect_map(node, diagnostics)) {}

const Entry* MapReader::find_entry(std::string_view key, Need need) {
    allow(key);
    const Entry* entry = is_map_ ? node_.find_entry(key) : nullptr;
    if (entry == nullptr && is_map_ && need == Need::required)
        diagnostics_.error("YA031", node_.span, key);
    return entry;
}

const Node* MapReader::find(std::string_view key, Need need) {
    const Entry* entry = find_entry(key, need);
    return entry == nullptr ? nullptr : &entry->value;
}

std::optional<Word> MapReader::word(std::string_view key, Need need) {
    const Node* node = find(key, need);
    return node == nullptr ? std::nullopt : as_word(*node, diagnostics_);
}

std::optional<std::int64_t> MapReader::integer(std::string_view key, std::int64_t low,
                                               std::int64_t high, Need need) {
    const Node* node = find(key, need);
    return node == nullptr ? std::nullopt : as_integer(*node, low, high, diagnostics_);
}

std::optional<Date> MapReader::date(std::string_view key, Need need) {
    const Node* node = find(key, need);
    return node == nullptr ? std::nullopt : as_date(*node, diagnostics_);
}

std::optional<bool> MapReader::yes_no(std::string_view key, Need need) {
    const Node* node = find(key, need);
    return node == nullptr ? std::nullopt : as_yes_no(*node, diagnostics_);
}

std::vector<Word> MapReader::words(std::string_view key, Need need) {
    const Node* node = find(key, need);
    if (node == nullptr) return {};
    return as_words(*node, diagnostics_).value_or(std::vector<Word>{});
}

std::optional<Word> MapReader::one_of(std::string_view key, const std::vector<std::string>& allowed,
                                      Need need) {
    auto word = this->word(key, need);
    if (!word || !expect_one_of(*word, allowed, diagnostics_)) return std::nullopt;
    return word;
}

void MapReader::allow(std::string_view key) {
    known_.emplace_back(key);
}

void MapReader::finish() {
    if (!is_map_) return;
    for (const Entry& entry : node_.entries) {
        if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
        const std::string close = nearest(entry.key, known_);
        if (close.empty())
            diagnostics_.error("YA042", entry.key_span, entry.key, joined(known_));
        else
            diagnostics_.error("YA032", entry.key_span, entry.key, close);
    }
}

}  // namespace pintu::yaml
