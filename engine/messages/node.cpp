#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> node_table() {
    static constexpr Entry kTable[] = {
        {"ND001",
         {"Sudah {0} laporan dan perintah menunggu; yang ini tidak diterima.",
          "Kirim lagi beberapa saat lagi; tambah node jika sering terjadi."},
         {"{0} reports and commands are waiting; this one was not taken.",
          "Send it again in a moment; add a node if this happens often."}},
        {"ND002",
         {"Node ini sedang berhenti; yang ini tidak diterima.",
          "Kirim ke node lain, atau lagi nanti."},
         {"This node is stopping; this one was not taken.",
          "Send it to another node, or again later."}},
    };
    return kTable;
}

}  // namespace pintu::messages
