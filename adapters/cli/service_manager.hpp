// What systemd is told (sd_notify(3)): ready, what it does, that it is alive, that it stops.
// Written to the socket that it names itself; without one nothing is said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pintu::cli {

class ServiceManager {
  public:
    // `socket`: a path, or "@" and an abstract name (NOTIFY_SOCKET); "": nobody asks.
    // `watchdog_us`: how long it waits for a sign of life (WATCHDOG_USEC); 0: it does not wait.
    ServiceManager(std::string socket, std::int64_t watchdog_us)
        : socket_(std::move(socket)), watchdog_us_(watchdog_us) {}
    // From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, which are meant for this process only.
    static ServiceManager from_environment();

    void ready(std::string_view status);
    void status(std::string_view text);
    void stopping();
    // To be called whenever the loop has gone round, `now_us` by a clock that never goes back;
    // tells at most four times in the time that systemd waits.
    void alive(std::int64_t now_us);

  private:
    void tell(const std::string& text) const;
    std::string socket_;
    std::int64_t watchdog_us_;
    std::int64_t told_us_ = 0;
    std::string status_;
};

}  // namespace pintu::cli
