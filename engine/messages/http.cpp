#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> http_table() {
    static constexpr Entry kTable[] = {
        {"HT001",
         {"Tidak dapat membuka {0}: {1}.", "Pilih alamat lain di pintu.yaml (`http:`)."},
         {"{0} cannot be opened: {1}.", "Choose another address in pintu.yaml (`http:`)."}},
    };
    return kTable;
}

}  // namespace pintu::messages
