// Where a file belongs by its path: rules/64.09-penajam-paser-utara/disposisi.rules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::bundle {

enum class Room { rules, workflows, zoneinfo, plugin, other };

struct Place {
    Room room = Room::other;
    std::string folder;  // "64.09-penajam-paser-utara"; empty for a file directly below the room
    std::string layer;   // "64.09": the folder's name up to the first '-'
    std::string name;    // the last part of the path, or the name of a zone or plugin
};

Place place_of(std::string_view path);

// "nasional", or the code of a province or a regency ("64", "64.09").
bool is_layer_code(std::string_view code);

}  // namespace pintu::bundle
