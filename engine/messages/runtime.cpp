#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> runtime_table() {
    static constexpr Entry kTable[] = {
        {"RT020",
         {"Definisi {1} dari {0} tidak tersimpan.",
          "Pulihkan basis data dari cadangan yang memuatnya, atau pindahkan kasusnya dengan "
          "`migrate`."},
         {"Definitions {1} of {0} are not kept.",
          "Restore the store from a backup that has them, or move its cases by `migrate`."}},
        {"RT021",
         {"Registri dan kalender sekarang tidak cocok dengan definisi {1} dari {0}; dipakai yang "
          "lama.",
          "Kembalikan unit yang hilang, atau pindahkan kasusnya dengan `migrate`."},
         {"Today's registry and calendars do not fit definitions {1} of {0}; their own are used.",
          "Bring back the units that are gone, or move its cases by `migrate`."}},
        {"RT022",
         {"Definisi {1} dari {0} tersimpan tetapi tidak dapat dimuat lagi.",
          "Pindahkan kasusnya dengan `migrate`."},
         {"Definitions {1} of {0} are kept but no longer load.", "Move its cases by `migrate`."}},
        {"RT023",
         {"{0} tidak punya definisi.", "Tambahkan folder instansi itu di rules/ dan workflows/."},
         {"{0} has no definitions.", "Add the agency's folders to rules/ and workflows/."}},
        {"RT024",
         {"Perintah untuk kasus {0} terlalu sering bertanya.",
          "Laporkan kesalahan ini beserta nomor kasusnya."},
         {"A command on case {0} asks too often.", "Report this fault with the case's number."}},
        {"RT025",
         {"Proses lain terus-menerus mendahului.", "Hentikan proses lain, lalu ulangi."},
         {"Other processes are always quicker.", "Stop the others, then try again."}},
        {"RT026",
         {"Hasil {0} tidak dapat dicatat.", "Periksa kasusnya dengan `case show`."},
         {"The result of {0} cannot be recorded.", "Look at the case by `case show`."}},
        {"RT027",
         {"Kasus {0}: {1} tidak dapat dijalankan ({2}); dicoba lagi nanti.",
          "Periksa kasusnya dengan `case show`, dan definisinya dengan `check`."},
         {"Case {0}: {1} cannot be carried out ({2}); it will be tried again.",
          "Look at the case by `case show`, and at the definitions by `check`."}},
        {"RT028",
         {"{0} belum dapat dikirim: {1}.", "Dicoba lagi sendiri; periksa salurannya."},
         {"{0} could not be sent yet: {1}.", "It will be tried again; check the channel."}},
        {"RT029",
         {"Perintah {0} antar kasus ditolak oleh kasus {1} ({2}).",
          "Periksa kedua kasus dengan `case show`."},
         {"Command {0} between cases was refused by case {1} ({2}).",
          "Look at both cases by `case show`."}},
        {"RT030",
         {"Tidak ada instansi untuk wilayah \"{0}\".",
          "Perbaiki place.region, atau tambahkan definisi provinsinya."},
         {"No agency takes reports of region \"{0}\".",
          "Correct place.region, or add the province's definitions."}},
        {"RT031",
         {"Laporan dengan kunci \"{0}\" sudah masuk sebagai {1}, dengan isi lain.",
          "Beri external_id baru jika ini laporan lain."},
         {"A report with key \"{0}\" came in as {1}, with other content.",
          "Give it a new external_id if it is another report."}},
    };
    return kTable;
}

}  // namespace pintu::messages
