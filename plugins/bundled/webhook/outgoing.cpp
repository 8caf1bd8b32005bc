#include "outgoing.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "signature.hpp"

namespace webhook {

namespace json = boost::json;
using pintu::plugin::Message;

std::string event_of(const Message& message, const std::string& source) {
    json::object content = {{"case", message.case_id},      {"tracking_id", message.tracking_id},
                            {"kind", message.kind},         {"template", message.message_template},
                            {"language", message.language}, {"text", message.text}};
    if (!message.subject.empty()) content["subject"] = message.subject;
    if (!message.to.external_id.empty()) content["external_id"] = message.to.external_id;
    json::object event = {{"specversion", "1.0"},
                          {"id", message.key},
                          {"source", source + "/" + message.agency},
                          {"type", "id.pintu.pesan." + message.kind},
                          {"subject", message.tracking_id},
                          {"time", message.at},
                          {"datacontenttype", "application/json"},
                          {"data", std::move(content)}};
    if (message.tracking_id.empty()) event.erase("subject");
    if (message.at.empty()) event.erase("time");
    return json::serialize(event);
}

pintu::plugin::Call call_of(const Message& message, const Settings& settings,
                            const std::vector<std::string>& keys, std::int64_t now_s) {
    std::string id = message.key;  // as webhook-id, which has no dot
    std::replace(id.begin(), id.end(), '.', '_');
    const std::string time = std::to_string(now_s);
    pintu::plugin::Call call;
    call.method = "POST";
    call.url = settings.send_url;
    call.body = event_of(message, settings.source);
    call.timeout_ms = settings.send_wait_ms;
    call.headers = {{"Content-Type", "application/cloudevents+json; charset=utf-8"},
                    {"webhook-id", id},
                    {"webhook-timestamp", time},
                    {"webhook-signature", signatures(keys, id, time, call.body)}};
    return call;
}

pintu::plugin::Done judged(int status) {
    static constexpr std::array kOfTheSetUp = {401, 403, 404, 407, 408, 421, 423, 425, 429};
    if (status >= 200 && status < 300) return pintu::plugin::done();
    const std::string why = "penerima menjawab " + std::to_string(status);
    const bool of_the_message =
        status >= 400 && status < 500 &&
        std::find(kOfTheSetUp.begin(), kOfTheSetUp.end(), status) == kOfTheSetUp.end();
    return of_the_message ? pintu::plugin::refused(why) : pintu::plugin::later(why);
}

}  // namespace webhook
