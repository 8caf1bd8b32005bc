// One plugin of a node: a guest for each of its kinds that is used, its failures, its versions. Any
// thread.
//
// Locks: a call holds its kind's `turn` for as long as it lasts; `mutex_` is held for moments and
// never while a guest is called; look_around() holds `looking_` and only ever tries for a turn. So
// a guest that hangs holds up its own kind's callers (to their deadlines) and nobody else.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "plugins/host/restarts.hpp"
#include "plugins/host/running.hpp"

namespace pintu::plugins {

class OnePlugin {
  public:
    // `options` outlives it.
    OnePlugin(Chosen chosen, const PluginsOptions& options, Version version);
    ~OnePlugin();  // stops its guests

    // As Plugins::call.
    Result<Answer> call(Kind kind, std::string_view method, std::string_view document,
                        Milliseconds deadline);
    void start_all();
    // True: another version is current from now on.
    bool look_around();
    PluginStatus status() const;
    std::string spool() const { return belongings_.folder + "/spool"; }
    // Of the current version; what it points to lives as long as this.
    const Manifest& manifest() const;

  private:
    // One kind's guest; whoever has the turn may touch `running`.
    struct Seat {
        std::timed_mutex turn;
        Running running;
        std::atomic<bool> live{false};
        bool ever = false;
        Running next;  // of the version that is to come; under mutex_
    };

    Seat& seat(Kind kind) { return seats_[static_cast<std::size_t>(kind)]; }
    // What keeps it from being called now: PL011, PL012, PL013.
    std::optional<Error> barred() const;
    // Those that take a Seat need its turn.
    void renew(Kind kind, Seat& seat);
    Result<const Version*> settled();
    Result<void> ensure_started(Kind kind, Seat& seat);
    void take_seat(Seat& seat, Running running);
    void end(Seat& seat, Milliseconds patience);
    // Ends the guest, counts, tells, and gives the error back.
    Error failed(Kind kind, Seat& seat, Error error);
    void tell_quarantine(Kind kind, const std::string& why);
    void follow_marks();
    bool follow_files();
    bool take_over(Version version);
    // Of files that are new and wrong: told once, not looked at again until they change (PL009).
    void refuse(const std::string& fingerprint, const std::string& why);
    void write_status();

    const Chosen chosen_;
    const PluginsOptions& options_;
    Belongings belongings_;
    std::array<Seat, 4> seats_;  // by Kind

    mutable std::mutex mutex_;  // what follows; never held while a guest is called
    std::vector<std::unique_ptr<Version>> versions_;  // all that there were: they are pointed to
    const Version* current_;
    Restarts restarts_;
    bool disabled_ = false;
    std::uint64_t restarted_ = 0;
    std::optional<Error> last_error_;
    std::string refused_;              // fingerprint of files that were looked at and found wrong
    std::condition_variable settled_;  // current_ or refused_ changed
    std::atomic<std::uint64_t> calls_{0};

    // Only look_around() touches these, which takes turns by looking_.
    std::mutex looking_;
    std::string seen_;     // a fingerprint that was new the last time
    std::string written_;  // of status.json
    std::uint64_t looks_ = 0;
};

}  // namespace pintu::plugins
