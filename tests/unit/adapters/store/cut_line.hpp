// A line to PostgreSQL's Unix socket that can be cut at a COMMIT: before the server sees it, while
// it is at it, or once it has answered and before the client knows.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/files.hpp"

namespace pintu::testing {

class CutLine {
  public:
    enum class Cut { none, before, during, after };

    // `server`: the folder of the server's socket, `port` as in its name.
    CutLine(std::string server, const std::string& port)
        : server_(std::move(server) + "/.s.PGSQL." + port) {
        listener_ = socket(AF_UNIX, SOCK_STREAM, 0);
        const auto address = named(folder_.at(".s.PGSQL." + port));
        const bool bound =
            bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
            listen(listener_, 8) == 0;
        if (bound) thread_ = std::thread([this] { serve(); });
    }
    ~CutLine() {
        stop_ = true;
        if (thread_.joinable()) thread_.join();
        close(listener_);
    }
    CutLine(const CutLine&) = delete;
    CutLine& operator=(const CutLine&) = delete;

    // Where clients find it.
    const std::string& folder() const { return folder_.path(); }
    // The next COMMIT only.
    void cut(Cut at) { cut_ = at; }

  private:
    static sockaddr_un named(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        return address;
    }
    static bool ready(int descriptor, int wait_ms) {
        pollfd one{descriptor, POLLIN, 0};
        return poll(&one, 1, wait_ms) > 0;
    }
    void serve() {
        while (!stop_) {
            if (!ready(listener_, 20)) continue;
            const int client = accept(listener_, nullptr, nullptr);
            const int server = socket(AF_UNIX, SOCK_STREAM, 0);
            const auto address = named(server_);
            if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
                forward(client, server);
            close(client);
            close(server);
        }
    }
    void forward(int client, int server) {
        bool answered = false;
        while (!stop_) {
            std::array<pollfd, 2> both{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
            if (poll(both.data(), both.size(), 20) <= 0) continue;
            if (both[0].revents != 0) {
                const auto asked = pass(client, server, Cut::before);
                if (asked == Passed::over) return;
                answered |= asked == Passed::commit;
            }
            if (both[1].revents == 0) continue;
            // Its answer is not passed on.
            if (answered && cut_.exchange(Cut::none) == Cut::after) return;
            answered = false;
            if (pass(server, client, Cut::none) == Passed::over) return;
        }
    }
    enum class Passed { bytes, commit, over };
    Passed pass(int from, int to, Cut cut_at) {
        std::array<char, 65536> bytes;
        const auto count = read(from, bytes.data(), bytes.size());
        if (count <= 0) return Passed::over;
        const std::string_view text(bytes.data(), static_cast<std::size_t>(count));
        const bool commit = cut_at == Cut::before && text.find("COMMIT") != std::string_view::npos;
        if (commit && cut_ == Cut::before) {
            cut_ = Cut::none;
            return Passed::over;
        }
        for (std::size_t sent = 0; sent < text.size();) {
            const auto some = send(to, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (some <= 0) return Passed::over;
            sent += static_cast<std::size_t>(some);
        }
        if (commit && cut_ == Cut::during) {
            cut_ = Cut::none;
            return Passed::over;
        }
        return commit ? Passed::commit : Passed::bytes;
    }

    std::string server_;
    TemporaryFolder folder_;
    int listener_ = -1;
    std::atomic<bool> stop_{false};
    std::atomic<Cut> cut_{Cut::none};
    std::thread thread_;
};

}  // namespace pintu::testing
