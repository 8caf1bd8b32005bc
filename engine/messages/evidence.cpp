#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> evidence_table() {
    static constexpr Entry kTable[] = {
        {"BL001",
         {"Berkas {0} tidak ada.",
          "Periksa folder bukti di samping basis data; pulihkan dari cadangan."},
         {"File {0} is not there.",
          "Look at the evidence folder beside the store; restore it from a backup."}},
        {"BL002",
         {"Isi berkas {0} bukan lagi seperti saat diterima.", "Pulihkan dari cadangan."},
         {"File {0} is no longer what was received.", "Restore it from a backup."}},
    };
    return kTable;
}

}  // namespace pintu::messages
