#include "adapters/http/message.hpp"

namespace pintu::http {

std::string_view header(const Headers& headers, std::string_view name) {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return {};
}

}  // namespace pintu::http
