#include "outgoing.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "address.hpp"
#include "charset.hpp"
#include "plugins/sdk/base64.hpp"
#include "tracking.hpp"

namespace surel {
namespace {

using pintu::plugin::Message;

constexpr std::size_t kMostWordBytes = 36;  // 48 characters of base64; a line stays within 78
constexpr std::size_t kMostLine = 76;

bool is_plain(const std::string& text) {
    return text.size() < 60 && std::all_of(text.begin(), text.end(), [](char c) {
               return c >= ' ' && c < 0x7f &&
                      std::string_view("\"\\()<>@,;:[]=?").find(c) == std::string_view::npos;
           });
}

// RFC 2047, as many words as it takes.
std::string encoded(const std::string& text, std::size_t most_bytes) {
    const std::string line = one_line(text, most_bytes);
    if (is_plain(line)) return line;
    std::string result;
    for (std::string_view rest = line; !rest.empty();) {
        const auto word = cut(rest, kMostWordBytes);
        if (!result.empty()) result += "\r\n ";
        result += "=?utf-8?B?" + pintu::plugin::to_base64(word) + "?=";
        rest.remove_prefix(word.size());
    }
    return result;
}

std::string person(const std::string& name, const std::string& address) {
    const std::string written = encoded(name, 200);
    return written.empty() ? address : written + "\r\n <" + address + ">";
}

std::string date(std::int64_t now_us) {
    static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                         "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = now_us / 1'000'000;
    std::tm at{};
    gmtime_r(&seconds, &at);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %d %s %d %02d:%02d:%02d +0000",
                  kDays.at(static_cast<std::size_t>(at.tm_wday)), at.tm_mday,
                  kMonths.at(static_cast<std::size_t>(at.tm_mon)), at.tm_year + 1900, at.tm_hour,
                  at.tm_min, at.tm_sec);
    return text.data();
}

// RFC 2045 section 6.7. A line that would begin with "." or "From " is written otherwise.
std::string quoted_printable(const std::string& text) {
    std::string result;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            result += "\r\n";
            column = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n';
        const bool odd = c == '=' || c < ' ' || c > '~' || (c == ' ' && ends_line) ||
                         (column == 0 && (c == '.' || c == 'F'));
        if (column + (odd ? 3 : 1) > kMostLine - 1) {
            result += "=\r\n";
            column = 0;
        }
        if (odd) {
            const auto byte = static_cast<unsigned char>(c);
            result += {'=', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        } else {
            result += c;
        }
        column += odd ? 3 : 1;
    }
    return result + "\r\n";
}

// "" where the report did not come as a letter that names itself.
std::string answered_id(const std::string& external_id) {
    const bool is_id = external_id.size() <= 250 && external_id.find('@') != std::string::npos &&
                       std::all_of(external_id.begin(), external_id.end(), [](char c) {
                           return c > ' ' && c < 0x7f && c != '<' && c != '>';
                       });
    return is_id ? external_id : "";
}

std::string subject(const Message& message) {
    const bool there = message.subject.find(message.tracking_id) != std::string::npos;
    return there ? message.subject : message.subject + " [" + message.tracking_id + "]";
}

}  // namespace

std::string tagged(const std::string& address, const std::string& tracking_id) {
    if (tracking_id.empty()) return address;
    return std::string(local_part(address)) + "+" + tracking_id + "@" +
           std::string(domain_of(address));
}

std::string written(const Message& message, const Settings& settings, std::int64_t now_us) {
    const std::string id = surel::tracking_id(message.tracking_id).value_or("");
    const std::string language = message.language == "en" ? "en" : "id";
    const std::string answers = answered_id(message.to.external_id);
    std::string letter;
    const auto add = [&letter](const char* name, const std::string& value) {
        letter += std::string(name) + ": " + value + "\r\n";
    };
    add("Date", date(now_us));
    add("From", person(settings.name, settings.address));
    add("To", person(message.to.name, message.to.email));
    add("Subject", encoded(subject(message), 500));
    add("Message-ID", "<" + own_message_id(message.key, id, domain_of(settings.address)) + ">");
    if (!answers.empty()) {
        add("In-Reply-To", "<" + answers + ">");
        add("References", "<" + answers + ">");
    }
    add("Reply-To", tagged(settings.address, id));
    add("Auto-Submitted", answers.empty() ? "auto-generated" : "auto-replied");
    add("X-Auto-Response-Suppress", "All");
    add("Content-Language", language);
    add("MIME-Version", "1.0");
    add("Content-Type", "text/plain; charset=utf-8");
    add("Content-Transfer-Encoding", "quoted-printable");
    return letter + "\r\n" + quoted_printable(many_lines(message.text));
}

}  // namespace surel
