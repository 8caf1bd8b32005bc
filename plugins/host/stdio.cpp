#include "plugins/host/stdio.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/base64.hpp"
#include "plugins/host/document.hpp"
#include "plugins/host/lines.hpp"
#include "plugins/host/rpc.hpp"

namespace pintu::plugins {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr Milliseconds kToEnd{200};  // for a child whose output has ended to end itself

std::string text_of(const json::object& object, const char* member) {
    const auto* value = object.if_contains(member);
    if (value == nullptr || !value->is_string()) return "";
    return {value->get_string().data(), value->get_string().size()};
}

std::optional<Introduced> introduced_by(std::string_view document) {
    json::error_code failed;
    const auto value = json::parse(document, failed, {}, {.max_depth = 64});
    const auto* object = failed ? nullptr : value.if_object();
    const auto* ids = object ? object->if_contains("extensions") : nullptr;
    if (ids == nullptr || !ids->is_array()) return std::nullopt;
    Introduced introduced{text_of(*object, "name"), text_of(*object, "version"), {}};
    for (const auto& id : ids->get_array())
        if (id.is_string())
            introduced.extensions.emplace_back(id.get_string().data(), id.get_string().size());
    return introduced;
}

class Stdio : public Guest {
  public:
    Stdio(StdioSettings settings, std::unique_ptr<Child> child, Services& services)
        : settings_(std::move(settings)),
          child_(std::move(child)),
          services_(services),
          lines_(child_->input(), child_->output(), child_->errors(), kMostLine) {}

    Result<Introduced> start(std::string_view config, Milliseconds deadline) override {
        std::string document = R"({"abi":)" + std::to_string(PINTU_ABI);
        document += R"(,"plugin":")" + settings_.name + R"(","kind":")" + settings_.kind;
        document += R"(","config":)" + std::string(config) + "}";
        const auto answer = exchange("start", document, deadline);
        if (!answer) return answer.unexpected();
        if (answer->status != Status::ok) return fail("PL016", settings_.name, answer->document);
        auto introduced = introduced_by(answer->document);
        if (!introduced) return broken("\"start\" without \"extensions\"").unexpected();
        return *introduced;
    }

    Result<Answer> call(std::string_view method, std::string_view document,
                        Milliseconds deadline) override {
        if (method != "evidence.inspect") return exchange(method, document, deadline);
        return exchange(method, R"({"file_base64":")" + to_base64(document) + R"("})", deadline);
    }

    void stop(Milliseconds deadline) override {
        if (!over_) (void)exchange("stop", "{}", deadline);
        if (!over_) child_->wait(kToEnd);
        tell_errors();
        end();
    }

  private:
    Result<Answer> exchange(std::string_view method, std::string_view params,
                            Milliseconds deadline) {
        if (over_) return fail("PL005", settings_.name);
        if (lines_.anything_left()) return broken("it spoke without being asked");
        const auto until = Clock::now() + deadline;
        lines_.send(rpc::request(++last_id_, method, params));
        for (;;) {
            const auto event = lines_.wait(until);
            tell_errors();
            if (event != Lines::Event::line) return ended_by(event, deadline);
            std::string why;
            const auto message = rpc::read(lines_.take_line(), why);
            if (!message) return broken(why);
            if (message->method.empty()) return answered(*message);
            serve(*message);
            if (Clock::now() >= until) return ended_by(Lines::Event::late, deadline);
        }
    }

    Result<Answer> answered(const rpc::Message& message) {
        if (message.id != std::to_string(last_id_))
            return broken("it answered " + (message.id.empty() ? "nothing" : message.id) +
                          " and was asked " + std::to_string(last_id_));
        if (lines_.anything_left()) return broken("it said more than its answer");
        const auto& answer = message.answer;
        if (answer.document.size() > PINTU_MOST_DOCUMENT ||
            answer.copy.size() > PINTU_MOST_DOCUMENT)
            return over(fail("PL004", settings_.name, std::to_string(PINTU_MOST_DOCUMENT)));
        return answer;
    }

    void serve(const rpc::Message& message) {
        const Answer answer = message.method == "connection.open"
                                  ? Answer{Status::refused, "only for compiled plugins", ""}
                                  : services_.ask(message.method, message.params);
        if (!message.id.empty()) lines_.send(rpc::response(message.id, answer));
    }

    Result<Answer> ended_by(Lines::Event event, Milliseconds deadline) {
        if (event == Lines::Event::late)
            return over(fail("PL001", settings_.name, std::to_string(deadline.count())));
        if (event == Lines::Event::too_long)
            return over(fail("PL004", settings_.name, std::to_string(PINTU_MOST_DOCUMENT)));
        if (event == Lines::Event::choked) return broken("it does not read what it is answered");
        const auto ended = child_->wait(kToEnd);
        return over(fail("PL002", settings_.name, ended ? ended->words() : "its output ended"));
    }

    Result<Answer> broken(const std::string& why) {
        return over(fail("PL003", settings_.name, why));
    }
    Result<Answer> over(Unexpected<Error> error) {
        tell_errors();
        end();
        return error;
    }
    void end() {
        over_ = true;
        child_->kill();
    }

    void tell_errors() {
        for (const auto& line : lines_.take_errors())
            services_.ask("log.write", json::serialize(json::object{{"level", "warning"},
                                                                    {"line", plain(line)}}));
    }

    StdioSettings settings_;
    std::unique_ptr<Child> child_;
    Services& services_;
    Lines lines_;
    std::int64_t last_id_ = 0;
    bool over_ = false;
};

}  // namespace

std::unique_ptr<Guest> make_stdio_guest(StdioSettings settings, std::unique_ptr<Child> child,
                                        Services& services) {
    return std::make_unique<Stdio>(std::move(settings), std::move(child), services);
}

}  // namespace pintu::plugins
