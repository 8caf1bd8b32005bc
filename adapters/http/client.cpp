#include "adapters/http/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "adapters/http/easy.hpp"
#include "adapters/http/field.hpp"

namespace pintu::http {
namespace {

constexpr std::size_t kMostHeaderBytes = 64U << 10;

struct Freed {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Url = std::unique_ptr<CURLU, Freed>;
using List = std::unique_ptr<curl_slist, Freed>;

std::optional<std::string> part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return std::nullopt;
    std::string copied(text);
    curl_free(text);
    return copied;
}

Url parsed(const std::string& text) {
    Url url(curl_url());
    if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) url.reset();
    return url;
}

Result<Destination> destination_of(CURLU* url) {
    if (url == nullptr || part(url, CURLUPART_USER) || part(url, CURLUPART_PASSWORD))
        return fail("HT020", "URL");
    const auto scheme = part(url, CURLUPART_SCHEME).value_or("");
    const auto port = part(url, CURLUPART_PORT);
    Destination found;
    found.tls = scheme == "https";
    found.host = lower_case(part(url, CURLUPART_HOST).value_or(""));
    if ((scheme != "http" && scheme != "https") || !port || found.host.empty())
        return fail("HT020", "URL");
    if (found.host.starts_with('[')) found.host = found.host.substr(1, found.host.size() - 2);
    found.port = static_cast<std::uint16_t>(std::stoul(*port));
    return found;
}

// What comes back, as far as it may.
struct Coming {
    std::size_t most = 0;
    std::size_t header_bytes = 0;
    bool too_long = false;
    Response response;
};

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* to) {
    auto& coming = *static_cast<Coming*>(to);
    std::string_view line(bytes, size);
    coming.header_bytes += size;
    coming.too_long = coming.header_bytes > kMostHeaderBytes;
    if (coming.too_long) return 0;
    if (line.starts_with("HTTP/")) coming.response.headers.clear();  // after "100 Continue"
    const auto colon = line.find(':');
    if (line.starts_with("HTTP/") || colon == std::string_view::npos) return size;
    coming.response.headers.emplace_back(lower_case(std::string(line.substr(0, colon))),
                                         trimmed(line.substr(colon + 1)));
    return size;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* to) {
    auto& coming = *static_cast<Coming*>(to);
    coming.too_long = size > coming.most - coming.response.body.size();
    if (coming.too_long) return 0;
    coming.response.body.append(bytes, size);
    return size;
}

bool sendable(const Outgoing& request) {
    static constexpr std::array kOurs = {"host", "content-length", "transfer-encoding",
                                         "connection", "expect"};
    return is_token(request.method) &&
           std::all_of(request.headers.begin(), request.headers.end(), [](const auto& field) {
               const std::string name = lower_case(field.first);
               return is_token(name) && is_field_value(field.second) &&
                      std::find(kOurs.begin(), kOurs.end(), name) == kOurs.end();
           });
}

List header_list(const Outgoing& request) {
    List list;
    bool typed = false;
    const auto add = [&list](const std::string& line) {
        if (auto* longer = curl_slist_append(list.get(), line.c_str())) {
            static_cast<void>(list.release());
            list.reset(longer);
        }
    };
    for (const auto& [name, value] : request.headers) {
        add(value.empty() ? name + ";" : name + ": " + value);
        typed = typed || lower_case(name) == "content-type";
    }
    add("Expect:");
    if (!typed) add("Content-Type:");
    return list;
}

void prepare(CURL* easy, const Outgoing& request, CURLU* url, curl_slist* headers, Coming& to) {
    curl_easy_setopt(easy, CURLOPT_CURLU, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "pintu");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (!request.trusted.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, request.trusted.c_str());
    if (!request.body.empty() || request.method == "POST") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    }
    if (request.method == "HEAD")
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &to);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &to);
}

}  // namespace

Result<Destination> destination_of(const std::string& url) {
    return destination_of(parsed(url).get());
}

Result<Response> send(const Outgoing& request) {
    const Url url = parsed(request.url);
    const auto to = destination_of(url.get());
    if (!to) return to.unexpected();
    if (!sendable(request)) return fail("HT020", "header");
    const List headers = header_list(request);
    Coming coming;
    coming.most = request.most_response_bytes;
    Easy easy(to->host, request.timeout);
    if (easy.handle() != nullptr) prepare(easy.handle(), request, url.get(), headers.get(), coming);
    const auto done = easy.perform();
    if (coming.too_long) return fail("HT026", to->host, std::to_string(coming.most));
    if (!done) return done.unexpected();
    long status = 0;
    curl_easy_getinfo(easy.handle(), CURLINFO_RESPONSE_CODE, &status);
    coming.response.status = static_cast<int>(status);
    return std::move(coming.response);
}

}  // namespace pintu::http
