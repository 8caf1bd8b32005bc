#include "plugins/host/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/host/document.hpp"
#include "plugins/host/link/frames.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostIntroduction = 16U << 10U;  // bytes
constexpr std::size_t kMostExtensions = 32;
constexpr int kMostServices = 100'000;       // questions within one call
constexpr int kMostStrayLines = 50;          // of what it prints, after one call
constexpr auto kDying = Milliseconds(5);     // from its last word to its end
constexpr auto kDead = Milliseconds(1'000);  // from SIGKILL until it is known

std::optional<Introduced> introduced_by(const std::string& words) {
    if (words.size() > kMostIntroduction || wrong_with_document(words)) return std::nullopt;
    const auto document = json::parse(words).as_object();
    const auto text = [](const json::value* value) {
        return value && value->is_string() ? std::string(value->get_string()) : "";
    };
    Introduced introduced{
        text(document.if_contains("name")), text(document.if_contains("version")), {}};
    const auto* listed = document.if_contains("extensions");
    if (introduced.name.empty() || introduced.version.empty() || !listed || !listed->is_array() ||
        listed->get_array().size() > kMostExtensions)
        return std::nullopt;
    for (const auto& one : listed->get_array()) introduced.extensions.push_back(text(&one));
    return introduced;
}

struct Place {
    std::string host;
    std::uint16_t port;
    Milliseconds timeout;
};

std::optional<Place> place_of(const std::string& words) {
    if (words.size() > kMostIntroduction || wrong_with_document(words)) return std::nullopt;
    const auto document = json::parse(words).as_object();
    const auto* host = document.if_contains("host");
    const auto* port = document.if_contains("port");
    const auto* timeout = document.if_contains("timeout_ms");
    if (!host || !host->is_string() || !port || !port->is_int64() || !timeout ||
        !timeout->is_int64() || port->get_int64() < 0 || port->get_int64() > 65535)
        return std::nullopt;
    return Place{std::string(host->get_string()), static_cast<std::uint16_t>(port->get_int64()),
                 Milliseconds(timeout->get_int64())};
}

class ProcessGuest : public Guest {
  public:
    ProcessGuest(ProcessSettings settings, std::unique_ptr<Child> child, Services& services)
        : settings_(std::move(settings)),
          child_(std::move(child)),
          socket_(Fd(::fcntl(child_->input(), F_DUPFD_CLOEXEC, 0)), false),
          services_(services) {}

    Result<Introduced> start(std::string_view config, Milliseconds deadline) override {
        if (state_ != State::fresh) return fail("PL005", settings_.name);
        state_ = State::running;
        auto came = converse(FrameKind::start, "", config, deadline);
        if (!came) return came.unexpected();
        if (came->kind == FrameKind::not_ready) return not_ready(*came);
        if (came->kind != FrameKind::ready) return outside(*came);
        auto introduced = introduced_by(came->second);
        if (!introduced) return over("PL003", "ready");
        return std::move(*introduced);
    }

    Result<Answer> call(std::string_view method, std::string_view document,
                        Milliseconds deadline) override {
        if (state_ != State::running) return fail("PL005", settings_.name);
        if (document.size() > kMostPart) return Answer{Status::too_large, "", ""};
        auto came = converse(FrameKind::call, method, document, deadline);
        if (!came) return came.unexpected();
        if (came->kind == FrameKind::broken) return over("PL003", plain(came->second));
        if (came->kind != FrameKind::answer || came->status > kLastStatus) return outside(*came);
        return Answer{static_cast<Status>(came->status), std::move(came->first),
                      std::move(came->second)};
    }

    void stop(Milliseconds deadline) override {
        if (state_ != State::running) return;
        const auto stopped = converse(FrameKind::stop, "", "", deadline);
        state_ = State::over;
        if (stopped) (void)child_->wait(kDying);
        child_->kill();
    }

  private:
    enum class State { fresh, running, over };

    // One frame there, and back the one that answers it; what it asks in between is answered.
    Result<Frame> converse(FrameKind kind, std::string_view first, std::string_view second,
                           Milliseconds deadline) {
        const Deadline until = Clock::now() + deadline;
        if (socket_.something_waits()) return over("PL003", "unasked");
        if (const auto broken = socket_.send(kind, 0, ++id_, first, second, until))
            return gone(*broken, deadline);
        for (int asked = 0; asked < kMostServices; ++asked) {
            auto came = socket_.receive(until);
            if (const auto* broken = std::get_if<Broken>(&came)) return gone(*broken, deadline);
            auto& frame = std::get<Frame>(came);
            if (frame.kind != FrameKind::service) {
                if (frame.id != id_) return over("PL003", "id " + std::to_string(frame.id));
                pass_on_what_it_printed();
                return std::move(frame);
            }
            if (const auto broken = serve(frame, until)) return gone(*broken, deadline);
        }
        return over("PL003", std::to_string(kMostServices) + " questions");
    }

    std::optional<Broken> serve(const Frame& asked, Deadline until) {
        if (asked.first == "connection.open") return connect(asked, until);
        Answer answer = services_.ask(asked.first, asked.second);
        if (answer.document.size() > kMostPart) answer = {Status::too_large, "", ""};
        return socket_.send(FrameKind::served, static_cast<std::uint16_t>(answer.status), asked.id,
                            "", answer.document, until);
    }

    std::optional<Broken> connect(const Frame& asked, Deadline until) {
        Services::Connection made;
        if (const auto place = place_of(asked.second))
            made = services_.connect(place->host, place->port, place->timeout);
        const Fd socket(made.socket);
        return socket_.send(FrameKind::served, static_cast<std::uint16_t>(made.status), asked.id,
                            "", made.why, until, socket.get());
    }

    // ---- How it ends ----

    void end() {
        state_ = State::over;
        pass_on_what_it_printed();
        child_->kill();
    }

    Unexpected<Error> over(const char* code, const std::string& what) {
        end();
        return fail(code, settings_.name, what);
    }

    Unexpected<Error> outside(const Frame& frame) {
        return over("PL003", "frame " + std::to_string(static_cast<int>(frame.kind)) + ", status " +
                                 std::to_string(frame.status));
    }

    Unexpected<Error> gone(Broken broken, Milliseconds deadline) {
        if (broken == Broken::late) return over("PL001", std::to_string(deadline.count()));
        if (broken == Broken::too_long) return over("PL004", std::to_string(kMostPart));
        auto ended = child_->wait(kDying);
        const bool lingers = !ended;
        end();
        if (lingers) ended = child_->wait(kDead);
        if (!ended || (lingers && ended->by_signal && ended->number == SIGKILL))
            return fail("PL002", settings_.name, "closed its connection");
        return fail(ended->why.empty() ? "PL002" : "PL021", settings_.name, ended->words());
    }

    Unexpected<Error> not_ready(const Frame& frame) {
        static constexpr std::array kCodes = {"PL022", "PL023", "PL024", "PL025", "PL016", "PL003"};
        if (frame.status > kLastNotReady) return outside(frame);
        end();
        const bool of_file = frame.status < static_cast<std::uint16_t>(NotReady::lies);
        return fail(kCodes[frame.status], of_file ? settings_.file : settings_.name,
                    plain(frame.second));
    }

    // To its log, as far as it can be read now.
    void pass_on_what_it_printed() {
        std::array<char, 4096> bytes;
        for (int lines = 0; lines < kMostStrayLines;) {
            const ssize_t got = ::read(child_->errors(), bytes.data(), bytes.size());
            if (got <= 0) return;
            std::string_view left(bytes.data(), static_cast<std::size_t>(got));
            for (; !left.empty() && lines < kMostStrayLines; ++lines) {
                const auto line = left.substr(0, left.find('\n'));
                left.remove_prefix(std::min(left.size(), line.size() + 1));
                (void)services_.ask("log.write", json::serialize(json::object{
                                                     {"level", "warning"}, {"line", plain(line)}}));
            }
        }
    }

    ProcessSettings settings_;
    std::unique_ptr<Child> child_;
    FrameSocket socket_;
    Services& services_;
    State state_ = State::fresh;
    std::uint64_t id_ = 0;
};

}  // namespace

std::unique_ptr<Guest> make_process_guest(ProcessSettings settings, std::unique_ptr<Child> child,
                                          Services& services) {
    return std::make_unique<ProcessGuest>(std::move(settings), std::move(child), services);
}

}  // namespace pintu::plugins
