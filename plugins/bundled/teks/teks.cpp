// Facts of a report's text, from words alone: how dangerous (teks.bahaya), and whether a person is
// named (teks.nama_orang). Pure: the same text, the same answer.
#include "danger.hpp"
#include "names.hpp"
#include "plugins/sdk/plugin.hpp"
#include "text.hpp"

using namespace pintu::plugin;

class Teks {
  public:
    explicit Teks(Engine&) {}

    Outcome<std::string> answer(const FactQuestion& question) {
        const std::string_view text = question.argument("isi");
        if (question.fact == "bahaya") return spelled(danger_.of(teks::words_of(text)));
        if (question.fact == "nama_orang")
            return std::string(names_.in(teks::words_of(text)) ? "ya" : "tidak");
        return unknown("teks tidak menjawab " + question.fact);
    }

  private:
    static std::string spelled(teks::Danger danger) {
        switch (danger) {
            case teks::Danger::akut: return "akut";
            case teks::Danger::mungkin: return "mungkin";
            default: return "aman";
        }
    }

    const teks::DangerWords danger_;
    const teks::NameSigns names_;
};

PINTU_PLUGIN(Teks, "teks", "1.0.0");
