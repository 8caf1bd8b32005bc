// A connector: hands each message to a gateway over HTTP, which knows by the key what it has sent.
#include "plugins/sdk/plugin.hpp"

using namespace pintu::plugin;

class Gerbang {
  public:
    explicit Gerbang(Engine& engine) : engine_(engine) {}

    Done send(const Message& message) {
        if (message.to.phone.empty()) return refused("kasus ini tanpa nomor telepon");
        const Outcome<std::string> token = engine_.secret("token");
        if (!token) return later("rahasia token belum ada");
        const boost::json::object body = {{"to", message.to.phone}, {"text", message.text}};
        const Outcome<HttpResponse> response = engine_.http(
            {.method = "POST",
             .url = "https://" + engine_.config().text("host") + "/messages/" + message.key,
             .headers = {{"authorization", "Bearer " + *token}},
             .body = boost::json::serialize(body)});
        if (!response) return later(response.failure().why);
        if (response->status == 400) return refused("gerbang menolak nomor atau isinya");
        if (response->status >= 300)
            return later("gerbang menjawab " + std::to_string(response->status));
        return done();
    }

  private:
    Engine& engine_;
};
PINTU_PLUGIN(Gerbang, "gerbang", "1.0.0");
