#include "adapters/http/easy.hpp"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>

#include "adapters/http/address.hpp"

namespace pintu::http {
namespace {

curl_socket_t open_socket(void* easy, curlsocktype, curl_sockaddr* address) {
    if (!static_cast<Easy*>(easy)->allows(&address->addr)) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

const char* code_of(CURLcode code) {
    switch (code) {
        case CURLE_URL_MALFORMAT: return "HT020";
        case CURLE_COULDNT_RESOLVE_HOST: return "HT022";
        case CURLE_OPERATION_TIMEDOUT: return "HT024";
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE: return "HT025";
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR: return "HT027";
        default: return "HT023";
    }
}

}  // namespace

Easy::Easy(std::string host, std::chrono::milliseconds timeout)
    : host_(std::move(host)), timeout_(std::max(timeout, std::chrono::milliseconds(1))) {
    static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
    handle_ = kReady == CURLE_OK ? curl_easy_init() : nullptr;
    if (handle_ == nullptr) return;
    why_.resize(CURL_ERROR_SIZE);
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, why_.data());
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_PROXY, "");
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle_, CURLOPT_OPENSOCKETDATA, this);
}

Easy::~Easy() {
    if (handle_ != nullptr) curl_easy_cleanup(handle_);
}

bool Easy::allows(const void* address) {
    if (!forbidden(*static_cast<const sockaddr*>(address), host_)) return true;
    refused_ = true;
    return false;
}

Result<void> Easy::perform() {
    if (handle_ == nullptr) return fail("HT023", host_, "libcurl");
    const CURLcode code = curl_easy_perform(handle_);
    if (code == CURLE_OK) return {};
    if (refused_ && code == CURLE_COULDNT_CONNECT) return fail("HT021", host_);
    const std::string why = why_.front() == '\0' ? curl_easy_strerror(code) : why_.c_str();
    const bool timeout = code == CURLE_OPERATION_TIMEDOUT;
    return fail(code_of(code), host_, timeout ? std::to_string(timeout_.count()) : why);
}

}  // namespace pintu::http
