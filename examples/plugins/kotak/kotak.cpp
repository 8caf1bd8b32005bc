// A channel: each text file in a folder is a report, moved aside once it is in.
#include <filesystem>
#include <fstream>

#include "plugins/sdk/plugin.hpp"

namespace fs = std::filesystem;
using namespace pintu::plugin;

class Kotak {
  public:
    explicit Kotak(Engine& engine) : engine_(engine), folder_(engine.config().text("folder")) {}

    Outcome<Reports> poll(std::int64_t limit) {
        Reports found;
        for (const auto& entry : fs::directory_iterator(folder_)) {
            if (std::ssize(found.reports) == limit) break;
            if (entry.path().extension() != ".txt") continue;
            std::ifstream file(entry.path());
            found.reports.push_back({.channel = "kotak",
                                     .external_id = entry.path().stem(),
                                     .received_at = iso_time(engine_.now_us()),
                                     .isi = {std::istreambuf_iterator<char>(file), {}}});
        }
        return found;
    }

    Done taken(const std::vector<Taken>& answers) {
        for (const Taken& each : answers)
            fs::rename(folder_ / (each.external_id + ".txt"),
                       folder_ / (each.external_id + (each.is_in() ? ".masuk" : ".ditolak")));
        return done();
    }

  private:
    Engine& engine_;
    fs::path folder_;
};
PINTU_PLUGIN(Kotak, "kotak", "1.0.0");
