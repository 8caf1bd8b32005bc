#include "engine/workflow/templates/template.hpp"

#include <algorithm>
#include <array>

namespace pintu::workflow {
namespace {

// In the order of the enumeration.
constexpr std::array<SlotSpec, 12> kSlots = {{
    {Slot::nomor, "nomor", Reach::all, 14},
    {Slot::status, "status", Reach::all, 24},
    {Slot::instansi, "instansi", Reach::all, 30},
    {Slot::unit, "unit", Reach::all, 30},
    {Slot::tanggal, "tanggal", Reach::all, 14},
    {Slot::tenggat, "tenggat", Reach::all, 14},
    {Slot::jam, "jam", Reach::all, 16},
    {Slot::kategori, "kategori", Reach::content, 30},
    {Slot::judul, "judul", Reach::personal, 40},
    {Slot::alasan, "alasan", Reach::personal, 60},
    {Slot::jawaban, "jawaban", Reach::personal, 60},
    {Slot::nama, "nama", Reach::identity, 20},
}};

}  // namespace

const SlotSpec* find_slot(std::string_view name) {
    const auto found = std::find_if(kSlots.begin(), kSlots.end(),
                                    [&](const SlotSpec& spec) { return spec.name == name; });
    return found == kSlots.end() ? nullptr : &*found;
}

const SlotSpec& spec_of(Slot slot) {
    return kSlots[static_cast<std::size_t>(slot)];
}

const Names& slot_names() {
    static const Names kNames = [] {
        Names names;
        for (const auto& spec : kSlots) names.emplace_back(spec.name);
        return names;
    }();
    return kNames;
}

const Template* Templates::find(const std::string& name) const {
    const auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : &found->second;
}

const std::string& template_of(const std::string& kind, const std::string& message) {
    return kind == "notify" ? message : kind;
}

bool is_short(std::string_view channel) {
    return channel == "sms";
}

}  // namespace pintu::workflow
