// A fact, and a pure one: is a report short or long?
#include <algorithm>

#include "plugins/sdk/plugin.hpp"

using namespace pintu::plugin;

class Kata {
  public:
    explicit Kata(Engine& engine) : least_(engine.config().integer("panjang_mulai", 50)) {}

    Outcome<std::string> answer(const FactQuestion& question) {
        if (question.fact != "ukuran") return unknown();
        const std::string_view text = question.argument("isi");
        const auto words = 1 + std::count(text.begin(), text.end(), ' ');
        return std::string(words >= least_ ? "panjang" : "pendek");
    }

  private:
    std::int64_t least_;
};
PINTU_PLUGIN(Kata, "kata", "1.0.0");
