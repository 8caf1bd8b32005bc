#include "adapters/cli/progress.hpp"

#include <algorithm>
#include <ostream>

namespace pintu::cli {

void Progress::show(std::int64_t done, const std::string& words) {
    if (!io_.err_is_terminal) return;
    std::string picture = "\r" + bar(done) + words + "\033[K";
    if (picture == last_) return;
    last_ = std::move(picture);
    io_.err << last_ << std::flush;
}

std::string Progress::bar(std::int64_t done) const {
    if (total_ <= 0) return "";
    constexpr std::int64_t kWidth = 40;
    const std::int64_t filled = std::clamp<std::int64_t>(done * kWidth / total_, 0, kWidth);
    return "[" + std::string(static_cast<std::size_t>(filled), '#') +
           std::string(static_cast<std::size_t>(kWidth - filled), '.') + "] ";
}

void Progress::clear() {
    if (!last_.empty()) io_.err << "\r\033[K" << std::flush;
    last_.clear();
}

}  // namespace pintu::cli
