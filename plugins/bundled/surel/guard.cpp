#include "guard.hpp"

#include <algorithm>

#include "address.hpp"

namespace surel {
namespace {

constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::size_t kMostSenders = 10'000;

bool begins(const std::string& text, const char* with) {
    return text.rfind(with, 0) == 0;
}

}  // namespace

std::string why_aside(const Letter& letter, const std::string& own_address, bool lists_too) {
    const Signs& signs = letter.signs;
    if (!signs.auto_submitted.empty() && !begins(signs.auto_submitted, "no"))
        return "dikirim mesin (Auto-Submitted)";
    if (!signs.auto_response.empty()) return "jawaban otomatis (X-Auto-Response-Suppress)";
    if (signs.is_bounce || signs.return_path == "<>") return "pemberitahuan gagal kirim";
    const std::string local = lower(local_part(letter.from_address));
    if (local == "mailer-daemon" || local == "postmaster") return "pemberitahuan server surat";
    if (!letter.from_address.empty() && without_tag(letter.from_address) == lower(own_address))
        return "dari alamat kita sendiri";
    if (begins(signs.precedence, "auto_reply")) return "jawaban otomatis (Precedence)";
    if (lists_too) return "";
    for (const char* each : {"bulk", "list", "junk"})
        if (begins(signs.precedence, each)) return "surat massal (Precedence)";
    return signs.list.empty() ? "" : "surat milis (List-Id)";
}

bool Rate::pass(const std::string& sender, const std::string& letter, std::int64_t now_us) {
    if (sender.empty()) return true;
    if (senders_.size() > kMostSenders)
        std::erase_if(senders_, [&](const auto& each) {
            return each.second.back().at_us + kHourUs < now_us;
        });
    auto& passed = senders_[lower(sender)];
    while (!passed.empty() && passed.front().at_us + kHourUs < now_us) passed.pop_front();
    const bool again = std::any_of(passed.begin(), passed.end(),
                                   [&](const Passed& each) { return each.letter == letter; });
    if (again) return true;
    if (static_cast<std::int64_t>(passed.size()) >= most_) return false;
    passed.push_back({now_us, letter});
    return true;
}

}  // namespace surel
