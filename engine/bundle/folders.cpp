#include "engine/bundle/folders.hpp"

#include "engine/bundle/bundle.hpp"
#include "engine/registry/names.hpp"

namespace pintu::bundle {
namespace {

Room room_of(std::string_view head) {
    if (head == "rules") return Room::rules;
    if (head == "workflows") return Room::workflows;
    if (head == "zoneinfo") return Room::zoneinfo;
    if (head == "plugin") return Room::plugin;
    return Room::other;
}

}  // namespace

Place place_of(std::string_view path) {
    Place place;
    const auto first = path.find('/');
    if (first == std::string_view::npos) {
        place.name = std::string(path);
        return place;
    }
    place.room = room_of(path.substr(0, first));
    const std::string_view rest = path.substr(first + 1);
    if (place.room == Room::zoneinfo || place.room == Room::plugin) {
        place.name = std::string(rest);
        return place;
    }
    if (const auto second = rest.find('/'); second != std::string_view::npos) {
        place.folder = std::string(rest.substr(0, second));
        place.layer = place.folder.substr(0, place.folder.find('-'));
    }
    place.name = std::string(rest.substr(rest.rfind('/') + 1));  // npos + 1 is the start
    return place;
}

bool is_layer_code(std::string_view code) {
    return code == "nasional" || (code.size() <= 5 && registry::is_region_code(code));
}

std::vector<std::string> stack_of(const AgencyCode& agency) {
    std::vector<std::string> codes = {"nasional"};
    const std::string& code = agency.value;
    if (code == codes.front()) return codes;
    for (auto dot = code.find('.'); dot != std::string::npos; dot = code.find('.', dot + 1))
        codes.push_back(code.substr(0, dot));
    codes.push_back(code);
    return codes;
}

}  // namespace pintu::bundle
