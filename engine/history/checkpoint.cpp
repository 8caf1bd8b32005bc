#include "engine/history/checkpoint.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "engine/history/base64.hpp"

namespace pintu::history {
namespace {

constexpr std::string_view kOrigin = "pintu/";
constexpr std::string_view kTime = "time ";
constexpr std::size_t kMostBytes = 16 * 1024;

// The four lines of the body; less where they are not all ended by a line end.
std::vector<std::string_view> body_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (lines.size() < 4) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) break;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

// As to_text() writes a size: digits without a leading zero.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t size = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, size);
    if (error != std::errc{} || rest != end || std::to_string(size) != text) return std::nullopt;
    return size;
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
    return std::string(kOrigin) + checkpoint.agency.value + "\n" + std::to_string(checkpoint.size) +
           "\n" + to_base64(checkpoint.root) + "\n" + std::string(kTime) +
           to_string(checkpoint.at) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
    if (text.size() > kMostBytes) return fail("HI010", "1");
    const auto lines = body_lines(text);
    const auto broken = [](int line) { return fail("HI010", std::to_string(line)); };
    if (lines.empty() || !lines[0].starts_with(kOrigin) || lines[0].size() == kOrigin.size()) {
        return broken(1);
    }
    Checkpoint checkpoint;
    checkpoint.agency = AgencyCode(std::string(lines[0].substr(kOrigin.size())));
    const auto size = lines.size() > 1 ? parse_size(lines[1]) : std::nullopt;
    if (!size) return broken(2);
    checkpoint.size = *size;
    const auto root = lines.size() > 2 ? digest_from_base64(lines[2]) : std::nullopt;
    if (!root) return broken(3);
    checkpoint.root = *root;
    const auto at = lines.size() > 3 && lines[3].starts_with(kTime)
                        ? parse_instant(lines[3].substr(kTime.size()))
                        : std::nullopt;
    if (!at) return broken(4);
    checkpoint.at = *at;
    const std::string body = to_text(checkpoint);
    if (!text.starts_with(body)) return broken(4);
    const auto rest = text.substr(body.size());
    if (!rest.empty() && rest[0] != '\n') return broken(5);
    return checkpoint;
}

}  // namespace pintu::history
