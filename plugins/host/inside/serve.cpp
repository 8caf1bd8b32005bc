#include <unistd.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/host/inside/guest.hpp"
#include "plugins/host/inside/kernel.hpp"
#include "plugins/host/link/frames.hpp"
#include "plugins/host/opened.hpp"
#include "plugins/host/service_tables.hpp"

namespace pintu::plugins::inside {
namespace {

namespace json = boost::json;

constexpr int kEngineGone = 0;

// What the plugin asks goes to the engine, which answers before it does anything else.
class EngineServices : public Services {
  public:
    explicit EngineServices(FrameSocket& socket) : socket_(socket) {}

    Answer ask(std::string_view method, std::string_view document) override {
        if (document.size() > kMostPart) return {Status::too_large, "", ""};
        Frame frame = served(method, document);
        return {status_of(frame), std::move(frame.second), ""};
    }

    Connection connect(std::string_view host, std::uint16_t port, Milliseconds timeout) override {
        Frame frame = served("connection.open",
                             json::serialize(json::object{
                                 {"host", host}, {"port", port}, {"timeout_ms", timeout.count()}}));
        const Status status = status_of(frame);
        if (status == Status::ok && !frame.passed.open()) return {Status::failed, "", -1};
        return {status, std::move(frame.second), frame.passed.release()};
    }

  private:
    // Without the engine there is nothing left to do.
    Frame served(std::string_view method, std::string_view document) {
        if (socket_.send(FrameKind::service, 0, ++asked_, method, document, std::nullopt))
            ::_exit(kEngineGone);
        auto came = socket_.receive(std::nullopt);
        auto* frame = std::get_if<Frame>(&came);
        if (!frame || frame->kind != FrameKind::served || frame->id != asked_) ::_exit(kEngineGone);
        return std::move(*frame);
    }
    static Status status_of(const Frame& frame) {
        return frame.status <= kLastStatus ? static_cast<Status>(frame.status) : Status::failed;
    }

    FrameSocket& socket_;
    std::uint64_t asked_ = 0;
};

NotReady kind_of(const Error& error) {
    if (error.code == "PL022") return NotReady::load;
    if (error.code == "PL023") return NotReady::symbol;
    if (error.code == "PL024") return NotReady::abi;
    if (error.code == "PL025") return NotReady::lies;
    return error.code == "PL016" ? NotReady::refused : NotReady::broke;
}

std::string why_of(const Error& error) {
    return error.args.size() > 1 ? error.args[1] : "";
}

std::string words_of(const Introduced& introduced) {
    json::array extensions(introduced.extensions.begin(), introduced.extensions.end());
    return json::serialize(json::object{{"name", introduced.name},
                                        {"version", introduced.version},
                                        {"extensions", std::move(extensions)}});
}

class Server {
  public:
    Server(const std::string& file, Fd socket)
        : file_(file), socket_(std::move(socket), true), services_(socket_), tables_(services_) {}

    [[noreturn]] void run() {
        for (;;) {
            auto came = socket_.receive(std::nullopt);
            const auto* frame = std::get_if<Frame>(&came);
            if (!frame) ::_exit(kEngineGone);
            if (frame->kind == FrameKind::start && !opened_) start(*frame);
            if (frame->kind == FrameKind::call && opened_) call(*frame);
            if (frame->kind == FrameKind::stop) stop(*frame);
        }
    }

  private:
    void start(const Frame& frame) {
        auto opened = Opened::open(file_);
        if (!opened) refuse(frame, opened.error());
        auto introduced = (*opened)->start(*tables_.host(), frame.second);
        if (!introduced) refuse(frame, introduced.error());
        opened_ = std::move(*opened);
        const Step step = kConfined ? freeze_code() : std::nullopt;
        if (step) refuse(frame, {"PL003", {"", step->step}});
        say(FrameKind::ready, 0, frame.id, "", words_of(*introduced));
    }

    void call(const Frame& frame) {
        const auto answer = opened_->call(frame.first, frame.second);
        if (!answer) return say(FrameKind::broken, 0, frame.id, "", why_of(answer.error()));
        say(FrameKind::answer, static_cast<std::uint16_t>(answer->status), frame.id,
            answer->document, answer->copy);
    }

    [[noreturn]] void stop(const Frame& frame) {
        opened_.reset();
        say(FrameKind::stopped, 0, frame.id, "", "");
        ::_exit(0);
    }

    [[noreturn]] void refuse(const Frame& frame, const Error& error) {
        say(FrameKind::not_ready, static_cast<std::uint16_t>(kind_of(error)), frame.id, "",
            why_of(error));
        ::_exit(0);
    }

    void say(FrameKind kind, std::uint16_t status, std::uint64_t id, std::string_view first,
             std::string_view second) {
        if (socket_.send(kind, status, id, first, second, std::nullopt)) ::_exit(kEngineGone);
    }

    const std::string& file_;
    FrameSocket socket_;
    EngineServices services_;
    ServiceTables tables_;
    std::unique_ptr<Opened> opened_;
};

}  // namespace

void serve_plugin(const std::string& file, Fd socket) {
    Server(file, std::move(socket)).run();
}

}  // namespace pintu::plugins::inside
