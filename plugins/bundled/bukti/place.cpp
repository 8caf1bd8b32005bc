#include "place.hpp"

#include <libexif/exif-data.h>

#include <cmath>
#include <memory>

namespace bukti {
namespace {

struct Free {
    void operator()(ExifData* data) const { exif_data_unref(data); }
};
using Exif = std::unique_ptr<ExifData, Free>;

Exif parsed(std::string_view exif) {
    return Exif(exif_data_new_from_data(reinterpret_cast<const unsigned char*>(exif.data()),
                                        static_cast<unsigned>(exif.size())));
}

ExifEntry* entry_of(const Exif& exif, ExifIfd part, int tag) {
    return exif ? exif_content_get_entry(exif->ifd[part], static_cast<ExifTag>(tag)) : nullptr;
}

// Degrees, minutes and seconds.
std::optional<double> angle(const Exif& exif, int tag, int side_tag, char negative, double most) {
    const auto* entry = entry_of(exif, EXIF_IFD_GPS, tag);
    const auto* side = entry_of(exif, EXIF_IFD_GPS, side_tag);
    if (entry == nullptr || side == nullptr || side->size < 1) return std::nullopt;
    if (entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 || entry->size < 24)
        return std::nullopt;
    double degrees = 0;
    double unit = 1;
    for (std::size_t i = 0; i < 3; ++i, unit *= 60) {
        const auto part =
            exif_get_rational(entry->data + 8 * i, exif_data_get_byte_order(exif.get()));
        if (part.denominator == 0) return std::nullopt;
        degrees +=
            static_cast<double>(part.numerator) / static_cast<double>(part.denominator) / unit;
    }
    if (!(degrees <= most)) return std::nullopt;
    return side->data[0] == static_cast<unsigned char>(negative) ? -degrees : degrees;
}

}  // namespace

std::optional<std::pair<double, double>> place_in(std::string_view exif) {
    const auto data = parsed(exif);
    const auto lat = angle(data, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, 'S', 90);
    const auto lon = angle(data, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, 'W', 180);
    if (!lat || !lon || (*lat == 0 && *lon == 0)) return std::nullopt;
    return std::pair(*lat, *lon);
}

int orientation_in(std::string_view exif) {
    const auto data = parsed(exif);
    const auto* entry = entry_of(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
    if (entry == nullptr || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
    const int orientation = exif_get_short(entry->data, exif_data_get_byte_order(data.get()));
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

}  // namespace bukti
