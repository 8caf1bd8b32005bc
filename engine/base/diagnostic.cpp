#include "engine/base/diagnostic.hpp"

#include <algorithm>
#include <tuple>

namespace pintu {

void Diagnostics::add(Diagnostic diagnostic) {
    auto& count = count_[static_cast<int>(diagnostic.severity)];
    if (++count <= kMost) items_.push_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
    for (const auto& item : other.items_) add(item);
}

std::vector<Diagnostic> Diagnostics::sorted() const {
    auto result = items_;
    const auto key = [](const Diagnostic& d) {
        return std::tie(d.span.file, d.span.begin, d.severity, d.code, d.span.end, d.args);
    };
    std::stable_sort(result.begin(), result.end(),
                     [&](const auto& a, const auto& b) { return key(a) < key(b); });
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

}  // namespace pintu
