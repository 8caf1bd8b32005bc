#include "incoming.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "signature.hpp"

namespace webhook {
namespace {

using pintu::plugin::header;
using pintu::plugin::header_count;
using pintu::plugin::Headers;
using pintu::plugin::HttpRequest;
using pintu::plugin::HttpResponse;

constexpr std::size_t kMostId = 128;

// Without a dot, which parts what is signed.
bool is_id(std::string_view id) {
    static constexpr std::string_view kOthers = "-_:=+/@~";
    return !id.empty() && id.size() <= kMostId && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               kOthers.find(c) != std::string_view::npos;
    });
}

std::optional<std::int64_t> seconds(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || text.size() > 12)
        return std::nullopt;
    return value;
}

// Each header that is signed must be there once: of two, one reader sees the first, another the
// last.
std::optional<HttpResponse> wrong_headers(const Headers& headers) {
    struct Needed {
        const char* name;
        const char* none;
        const char* several;
    };
    static constexpr Needed kNeeded[] = {
        {"webhook-signature", "tanpa_tanda_tangan", "tanda_tangan_ganda"},
        {"webhook-id", "tanpa_id", "id_ganda"},
        {"webhook-timestamp", "tanpa_waktu", "waktu_ganda"}};
    for (const auto& [name, none, several] : kNeeded) {
        const auto count = header_count(headers, name);
        if (count == 0 || header(headers, name)->empty())
            return refusal(401, none, std::string("kepala ") + name + " tidak ada");
        if (count > 1)
            return refusal(401, several, std::string("kepala ") + name + " lebih dari satu");
    }
    return std::nullopt;
}

std::optional<HttpResponse> wrong_time(std::int64_t at, std::int64_t now_s, std::int64_t window_s) {
    if (at < now_s - window_s)
        return refusal(401, "waktu_lewat",
                       "webhook-timestamp lebih dari " + std::to_string(window_s) +
                           " detik yang lalu: kirim dengan waktu dan tanda tangan baru");
    if (at > now_s + window_s)
        return refusal(401, "waktu_di_depan",
                       "webhook-timestamp lebih dari " + std::to_string(window_s) +
                           " detik di depan: periksa jam pengirim");
    return std::nullopt;
}

bool is_json_type(const Headers& headers) {
    std::string type(header(headers, "content-type").value_or("application/json"));
    type = type.substr(0, type.find(';'));
    while (!type.empty() && type.back() == ' ') type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type == "application/json" || type == "application/cloudevents+json";
}

}  // namespace

HttpResponse refusal(int status, const std::string& code, const std::string& words) {
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json"}};
    response.body =
        boost::json::serialize(boost::json::object{{"kode", code}, {"pesan", words}}) + "\n";
    return response;
}

std::variant<Delivery, HttpResponse> checked(const HttpRequest& request, const Settings& settings,
                                             const std::vector<std::string>& keys,
                                             std::int64_t now_s) {
    if (request.path != settings.receive_path)
        return refusal(404, "jalur_salah", "tidak ada apa-apa di jalur ini");
    const bool question = request.method == "GET";
    if (request.method != "POST" && !question) {
        auto response = refusal(405, "cara_salah", "hanya POST, atau GET untuk bertanya");
        response.headers.emplace_back("Allow", "POST, GET");
        return response;
    }
    if (request.body.size() > settings.most_bytes)
        return refusal(413, "terlalu_besar",
                       "isi lebih dari " + std::to_string(settings.most_bytes) + " byte");
    if (auto wrong = wrong_headers(request.headers)) return std::move(*wrong);
    const std::string id(*header(request.headers, "webhook-id"));
    const std::string time(*header(request.headers, "webhook-timestamp"));
    if (!is_signed(keys, *header(request.headers, "webhook-signature"), id, time, request.body))
        return refusal(401, "tanda_tangan_salah",
                       "tanda tangan bukan atas ID.WAKTU.ISI dengan kunci yang berlaku");
    const auto at = seconds(time);
    if (!at) return refusal(401, "waktu_salah", "webhook-timestamp bukan detik sejak 1970");
    if (auto wrong = wrong_time(*at, now_s, settings.window_s)) return std::move(*wrong);
    if (!is_id(id))
        return refusal(400, "id_salah", "webhook-id: 1 sampai 128 huruf, angka, atau -_:=+/@~");
    if (!question && !is_json_type(request.headers))
        return refusal(415, "jenis_salah",
                       "hanya application/json atau application/cloudevents+json");
    return Delivery{id, question};
}

}  // namespace webhook
