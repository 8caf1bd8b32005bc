// Throws whatever can be thrown, from wherever; and a class with static things, which a file with
// more than one exported symbol would give away.
#include <new>
#include <regex>
#include <stdexcept>

#include "plugins/sdk/plugin.hpp"

using namespace pintu::plugin;

namespace {

class Pelempar {
  public:
    explicit Pelempar(Engine& engine) : engine_(engine) {
        if (engine.config().yes("gagal")) throw std::runtime_error("tidak mau mulai");
    }
    ~Pelempar() { engine_.log().info("selesai"); }

    Outcome<std::string> answer(const FactQuestion& question) {
        static const std::regex kDigits("[0-9]+");
        if (question.fact == "kata") throw std::runtime_error("dengan kata");
        if (question.fact == "angka") throw 7;
        if (question.fact == "memori") throw std::bad_alloc();
        if (question.fact == "kunci") return std::string(*engine_.state().get("tidak ada"));
        if (question.fact == "nanti") return later("sebentar lagi");
        if (question.fact == "besar") return std::string(15U << 20U, 'x');
        return std::string(question.argument("isi"));
    }
    Done send(const Message& message) {
        if (message.text.empty()) return refused("tanpa teks");
        return done();
    }
    HttpResponse handle(const HttpRequest& request) {
        return {.status = 201, .headers = {{"x-satu", "1"}}, .body = request.body};
    }
    Outcome<Inspected> inspect(std::string_view file) {
        if (file.empty()) return refused("kosong");
        return Inspected{.type = "image/png", .width = 2, .height = 3, .copy = std::string(file)};
    }

  private:
    Engine& engine_;
};

}  // namespace

PINTU_PLUGIN(Pelempar, "pelempar", "1.0.0");
