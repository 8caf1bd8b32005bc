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
        {"BL003",
         {"Berkas bukti {0} tidak dapat ditulis: {1}.",
          "Periksa ruang disk dan izin folder; laporannya dicoba lagi."},
         {"The evidence file {0} cannot be written: {1}.",
          "Check the space on the disk and the folder's permissions; its report is tried again."}},
        {"EV001",
         {"Lampiran {0} lebih dari {1} byte.",
          "Kirim berkas yang lebih kecil, atau naikkan `evidence:` di pintu.yaml."},
         {"The attachment {0} is larger than {1} bytes.",
          "Send a smaller file, or raise `evidence:` in pintu.yaml."}},
        {"EV002",
         {"Lampiran {0} bukan berkas biasa di folder plugin.",
          "Plugin harus menaruh berkas itu sendiri di foldernya (`spool`), bukan tautan."},
         {"The attachment {0} is not a regular file in the plugin's folder.",
          "A plugin must put the file itself into its folder (`spool`), not a link."}},
        {"EV003",
         {"Lampiran {0} tidak dapat dibaca: {1}.",
          "Plugin menyimpan berkas itu sampai laporannya dijawab."},
         {"The attachment {0} cannot be read: {1}.",
          "A plugin keeps the file until its report is answered."}},
        {"EV004",
         {"Lampiran {0} sementara tidak dapat dibaca: {1}.", "Engine mencobanya lagi."},
         {"The attachment {0} cannot be read now: {1}.", "The engine tries again."}},
        {"EV010",
         {"Plugin {0} tidak dapat memeriksa sebuah berkas bukti ({1}).",
          "Berkas aslinya tersimpan; salinan untuk pihak lain tidak dibuat."},
         {"Plugin {0} could not look at an evidence file ({1}).",
          "The original is kept; there is no copy for others."}},
    };
    return kTable;
}

}  // namespace pintu::messages
