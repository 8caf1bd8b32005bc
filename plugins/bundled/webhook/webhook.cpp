// Signed webhooks: reports in, messages out. README.md has the wire by example.
#include <optional>
#include <stdexcept>

#include "incoming.hpp"
#include "outgoing.hpp"
#include "plugins/sdk/plugin.hpp"
#include "queue.hpp"
#include "report.hpp"
#include "settings.hpp"

namespace webhook {
namespace {

using pintu::plugin::Done;
using pintu::plugin::Engine;
using pintu::plugin::HttpRequest;
using pintu::plugin::HttpResponse;
using pintu::plugin::Outcome;

HttpResponse answer(int status, const boost::json::object& document) {
    return {
        status, {{"Content-Type", "application/json"}}, boost::json::serialize(document) + "\n"};
}

HttpResponse try_later(const std::string& code, const std::string& words) {
    auto response = refusal(503, code, words);
    response.headers.emplace_back("Retry-After", "30");
    return response;
}

class Webhook {
  public:
    explicit Webhook(Engine& engine) : engine_(engine), settings_(settings_from(engine.config())) {
        if (engine.kind() == "connector") {
            if (!settings_.send_url.empty() && keys_of(engine, "send").empty())
                throw std::runtime_error("send_host ditulis, tetapi rahasia send tidak ada");
            return;
        }
        queue_.emplace(engine, settings_.remember_days);
        const bool keyless = keys_of(engine, "receive").empty();
        if (keyless)
            engine.log().warning("rahasia receive tidak terbaca: tidak ada laporan yang diterima");
        // Without a key too, which may come later; a node that only sends needs no listener.
        if (auto opened = engine.open_route(settings_.receive_path); !opened && !keyless)
            throw std::runtime_error("tidak dapat menerima webhook: " + opened.failure().why);
    }

    Outcome<pintu::plugin::Reports> poll(std::int64_t limit) {
        if (!queue_) return pintu::plugin::Reports{};
        return queue_->poll(limit < 1 ? 1 : static_cast<std::size_t>(limit));
    }

    Done taken(const std::vector<pintu::plugin::Taken>& answers) {
        return queue_ ? queue_->settle(answers) : pintu::plugin::done();
    }

    Done send(const pintu::plugin::Message& message) {
        if (settings_.send_url.empty())
            return pintu::plugin::refused("send_host tidak ditulis: tidak ada penerima webhook");
        const auto keys = keys_of(engine_, "send");
        if (keys.empty()) return pintu::plugin::later("rahasia send tidak ada");
        const auto response =
            engine_.http(call_of(message, settings_, keys, engine_.now_us() / 1'000'000));
        if (!response) return pintu::plugin::later(response.failure().why);
        return judged(response->status);
    }

    HttpResponse handle(const HttpRequest& request) {
        if (!queue_) return refusal(404, "jalur_salah", "tidak ada apa-apa di jalur ini");
        const auto keys = keys_of(engine_, "receive");
        if (keys.empty()) return try_later("tanpa_kunci", "kunci penerima sedang tidak ada");
        auto check = checked(request, settings_, keys, engine_.now_us() / 1'000'000);
        if (auto* refused = std::get_if<HttpResponse>(&check)) return std::move(*refused);
        const auto& delivery = std::get<Delivery>(check);
        return delivery.question ? told(delivery.id) : take(delivery.id, request.body);
    }

  private:
    HttpResponse take(const std::string& id, const std::string& body) {
        const auto read = read_report(body, id, pintu::plugin::iso_time(engine_.now_us()));
        if (const auto* none = std::get_if<NoReport>(&read))
            return refusal(400, none->code, none->words);
        switch (queue_->put(id, body, std::get<boost::json::object>(read))) {
            case Queue::Put::queued:
            case Queue::Put::again: return answer(202, {{"id", id}, {"status", "diterima"}});
            case Queue::Put::another_body:
                return refusal(409, "id_lain_isi",
                               "webhook-id ini sudah dipakai untuk isi yang lain");
            case Queue::Put::full:
                return try_later("antrean_penuh", "antrean penuh: kirim lagi nanti");
            case Queue::Put::failed: break;
        }
        return try_later("tidak_tersimpan", "tidak dapat disimpan: kirim lagi nanti");
    }

    HttpResponse told(const std::string& id) {
        const auto found = queue_->what_became_of(id);
        return found ? answer(200, *found) : refusal(404, "id_tidak_dikenal", "tidak ada id itu");
    }

    Engine& engine_;
    const Settings settings_;
    std::optional<Queue> queue_;
};

}  // namespace
}  // namespace webhook

PINTU_PLUGIN(webhook::Webhook, "webhook", "1.0.0");
