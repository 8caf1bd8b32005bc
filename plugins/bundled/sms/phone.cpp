#include "phone.hpp"

namespace sms {

std::optional<std::string> dialled(std::string_view written) {
    std::string number;
    std::size_t digits = 0;
    for (const char c : written) {
        if (std::string_view(" .-()/").find(c) != std::string_view::npos) continue;
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c != '+' || !number.empty())) return std::nullopt;
        number += c;
        digits += digit ? 1 : 0;
    }
    if (digits < 6 || digits > 15) return std::nullopt;
    return number;
}

}  // namespace sms
