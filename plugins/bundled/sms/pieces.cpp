#include "pieces.hpp"

#include <algorithm>
#include <cstdlib>

#include "utf16.hpp"

namespace sms {
namespace {

constexpr std::int64_t kTogetherUs = 6 * 3'600'000'000LL;

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        int byte = 0;
        for (const char c : hex.substr(i, 2)) {
            const char digit = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
            const auto value = std::string_view("0123456789ABCDEF").find(digit);
            if (value == std::string_view::npos) return "";
            byte = byte * 16 + static_cast<int>(value);
        }
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

void add(Joined& joined, const Piece& piece) {
    joined.rows.push_back(piece.row);
    joined.at_us = joined.rows.size() == 1 ? piece.at_us : std::min(joined.at_us, piece.at_us);
    joined.texts.emplace(piece.part ? piece.part->number : 1, piece.text);
}

Joined begun(const Piece& piece) {
    Joined joined;
    joined.sender = piece.sender;
    if (piece.part) {
        joined.reference = piece.part->reference;
        joined.total = piece.part->total;
    }
    add(joined, piece);
    return joined;
}

bool takes(const Joined& joined, const Piece& piece) {
    if (!piece.part || joined.total != piece.part->total || joined.sender != piece.sender ||
        joined.reference != piece.part->reference)
        return false;
    if (std::abs(joined.at_us - piece.at_us) > kTogetherUs) return false;
    const auto there = joined.texts.find(piece.part->number);
    return there == joined.texts.end() || there->second == piece.text;
}

}  // namespace

std::optional<Part> part_of(std::string_view header) {
    const std::string bytes = bytes_of(header);
    const auto at = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
    };
    for (std::size_t i = 1; i + 1 < bytes.size(); i += 2 + at(i + 1)) {
        const bool wide = at(i) == 8 && at(i + 1) == 4;
        if (!wide && (at(i) != 0 || at(i + 1) != 3)) continue;
        if (i + 2 + at(i + 1) > bytes.size()) return std::nullopt;
        const std::size_t after = i + (wide ? 4 : 3);
        Part part{wide ? at(i + 2) << 8 | at(i + 3) : at(i + 2), at(after), at(after + 1)};
        if (part.number == 0 || part.number > part.total) return std::nullopt;
        return part;
    }
    return std::nullopt;
}

std::string Joined::text() const {
    std::u16string result;
    for (std::uint32_t number = 1; number <= total; ++number) {
        const auto found = texts.find(number);
        result += found == texts.end() ? u"[...]" : found->second;
    }
    return to_utf8(result);
}

std::string Joined::missing() const {
    std::string result;
    for (std::uint32_t number = 1; number <= total; ++number)
        if (!texts.contains(number))
            result += (result.empty() ? "" : ", ") + std::to_string(number);
    return result.empty() ? "" : result + " dari " + std::to_string(total);
}

std::vector<Joined> join(const std::vector<Piece>& pieces,
                         const std::map<std::int64_t, std::vector<std::int64_t>>& fixed) {
    std::map<std::int64_t, std::int64_t> owner;  // row -> first row of the message that is fixed
    for (const auto& [first, rows] : fixed)
        for (const auto row : rows) owner[row] = first;
    std::vector<Joined> messages;
    std::map<std::int64_t, std::size_t> of_fixed;
    for (const auto& piece : pieces) {
        if (const auto found = owner.find(piece.row); found != owner.end()) {
            const auto [it, fresh] = of_fixed.emplace(found->second, messages.size());
            if (fresh)
                messages.push_back(begun(piece));
            else
                add(messages[it->second], piece);
            continue;
        }
        std::size_t to = messages.size();
        for (std::size_t i = messages.size(); piece.part && i-- > 0;)
            if (!fixed.contains(messages[i].rows.front()) && takes(messages[i], piece)) to = i;
        if (to == messages.size())
            messages.push_back(begun(piece));
        else
            add(messages[to], piece);
    }
    return messages;
}

}  // namespace sms
