// The evidence plugin: inspect.hpp, as the engine asks for it.
#include "inspect.hpp"
#include "plugins/sdk/plugin.hpp"

namespace {

using namespace pintu::plugin;

class Bukti {
  public:
    explicit Bukti(Engine& engine)
        : most_pixels_(engine.config().integer("most_megapixels", 40) * 1'000'000) {}

    Outcome<Inspected> inspect(std::string_view file) const {
        bukti::Found found = bukti::inspect(file, most_pixels_);
        Inspected answer;
        answer.type = found.type;
        if (found.width > 0) answer.width = found.width;
        if (found.height > 0) answer.height = found.height;
        if (found.place) {
            answer.lat = found.place->first;
            answer.lon = found.place->second;
        }
        answer.fields["whole"] = found.whole;
        if (!found.broken.empty()) answer.fields["broken"] = found.broken;
        answer.copy = std::move(found.copy);
        return answer;
    }

  private:
    std::int64_t most_pixels_;
};

}  // namespace

PINTU_PLUGIN(Bukti, "bukti", "1.0.0");
