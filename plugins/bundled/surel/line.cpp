#include "line.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace surel {

using pintu::plugin::Done;
using pintu::plugin::Engine;
using pintu::plugin::later;
using pintu::plugin::Outcome;

namespace {

std::string url_of(const Server& server) {
    const std::string scheme = server.protocol + (server.security == Security::tls ? "s" : "");
    return scheme + "://" + server.host + ":" + std::to_string(server.port) + "/" + server.greeting;
}

void set_up(CURL* curl, const Server& server) {
    curl_easy_setopt(curl, CURLOPT_URL, url_of(server).c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (server.security == Security::starttls)
        curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_CAINFO, server.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    if (server.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
}

}  // namespace

long left_ms(Deadline deadline) {
    const auto left = deadline - std::chrono::steady_clock::now();
    return std::max<long>(1, std::chrono::duration_cast<std::chrono::milliseconds>(left).count());
}

Outcome<std::unique_ptr<Handle>> Handle::open(const Engine& engine, const Server& server,
                                              Deadline deadline) {
    const auto socket =
        engine.connect(server.host, server.port, static_cast<int>(left_ms(deadline)));
    if (!socket) return socket.failure();
    std::unique_ptr<Handle> handle(new Handle());
    handle->socket_ = *socket;
    handle->curl_ = curl_easy_init();
    if (handle->curl_ == nullptr) return pintu::plugin::failed("libcurl tidak dapat dimulai");
    // Curl must look up no name; where the socket really leads is the engine's to know.
    const std::string name = server.host + ":" + std::to_string(server.port) + ":192.0.2.1";
    handle->names_ = curl_slist_append(nullptr, name.c_str());
    CURL* curl = handle->curl_;
    curl_easy_setopt(curl, CURLOPT_RESOLVE, handle->names_);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &Handle::give);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, handle.get());
    curl_easy_setopt(curl, CURLOPT_SOCKOPTFUNCTION, &Handle::connected);
    set_up(curl, server);
    return handle;
}

Handle::~Handle() {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(names_);
    if (socket_ >= 0) close(socket_);
}

curl_socket_t Handle::give(void* self, curlsocktype, curl_sockaddr*) {
    auto& handle = *static_cast<Handle*>(self);
    return std::exchange(handle.socket_, -1);
}

int Handle::connected(void*, curl_socket_t, curlsocktype) {
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

Outcome<std::unique_ptr<Line>> Line::open(const Engine& engine, const Server& server,
                                          Deadline deadline) {
    auto handle = Handle::open(engine, server, deadline);
    if (!handle) return handle.failure();
    CURL* curl = (*handle)->curl();
    curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, left_ms(deadline));
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) return later(words_of(code, server));
    return std::unique_ptr<Line>(new Line(std::move(*handle)));
}

bool Line::wait(short events, Deadline deadline) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle_->curl(), CURLINFO_ACTIVESOCKET, &socket);
    pollfd file{socket, events, 0};
    return socket != CURL_SOCKET_BAD && poll(&file, 1, static_cast<int>(left_ms(deadline))) == 1;
}

Done Line::send(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        std::size_t sent = 0;
        const CURLcode code = curl_easy_send(handle_->curl(), bytes.data(), bytes.size(), &sent);
        bytes.remove_prefix(sent);
        if (code == CURLE_OK) continue;
        if (code != CURLE_AGAIN || !wait(POLLOUT, deadline))
            return later("sambungan ke server IMAP putus saat mengirim");
    }
    return pintu::plugin::done();
}

Outcome<std::string> Line::receive(Deadline deadline) {
    std::array<char, 16384> bytes{};
    for (;;) {
        std::size_t size = 0;
        const CURLcode code = curl_easy_recv(handle_->curl(), bytes.data(), bytes.size(), &size);
        if (code == CURLE_OK && size > 0) return std::string(bytes.data(), size);
        if (code != CURLE_AGAIN) return later("server IMAP menutup sambungan");
        if (!wait(POLLIN, deadline)) return later("server IMAP tidak menjawab pada waktunya");
    }
}

std::string words_of(CURLcode code, const Server& server) {
    const std::string where = server.host + ":" + std::to_string(server.port);
    switch (code) {
        case CURLE_LOGIN_DENIED: return where + " menolak nama atau kata sandi";
        case CURLE_PEER_FAILED_VERIFICATION:
            return where +
                   " punya sertifikat yang tidak dipercaya, kedaluwarsa, atau bukan untuk "
                   "nama itu";
        case CURLE_SSL_CACERT_BADFILE: return "berkas ca_file tidak dapat dibaca";
        case CURLE_USE_SSL_FAILED: return where + " tidak menawarkan STARTTLS";
        case CURLE_OPERATION_TIMEDOUT: return where + " tidak menjawab pada waktunya";
        default: return where + ": " + curl_easy_strerror(code);
    }
}

}  // namespace surel
