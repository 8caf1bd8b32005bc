#include <array>

#include "engine/messages/tables.hpp"

namespace pintu::messages {
namespace {

// Reading one event or one checkpoint.
constexpr Entry kReading[] = {
    {"HI001",
     {"Peristiwa terpotong pada byte {0}.", "Pulihkan basis data dari cadangan yang utuh."},
     {"The event is cut off at byte {0}.", "Restore the database from a sound backup."}},
    {"HI002",
     {"Ada byte tersisa sesudah peristiwa, mulai byte {0}.",
      "Pulihkan basis data dari cadangan yang utuh."},
     {"There are bytes left over after the event, from byte {0} on.",
      "Restore the database from a sound backup."}},
    {"HI003",
     {"Peristiwa ditulis dalam format {0}, yang tidak dikenal versi Pintu ini.",
      "Pakai versi Pintu yang lebih baru, atau pulihkan basis data dari cadangan."},
     {"The event is written in format {0}, which this version of Pintu does not know.",
      "Use a newer version of Pintu, or restore the database from a backup."}},
    {"HI004",
     {"Jenis peristiwa nomor {0} tidak dikenal versi Pintu ini.",
      "Pakai versi Pintu yang lebih baru, atau pulihkan basis data dari cadangan."},
     {"Event type number {0} is not known to this version of Pintu.",
      "Use a newer version of Pintu, or restore the database from a backup."}},
    {"HI005",
     {"Sebelum byte {0} ada nilai yang tidak pernah ditulis Pintu seperti itu.",
      "Pulihkan basis data dari cadangan yang utuh."},
     {"Before byte {0} stands a value that Pintu never writes that way.",
      "Restore the database from a sound backup."}},
    {"HI006",
     {"Peristiwa berukuran {0} byte; paling banyak {1}.", "Pendekkan isian kasus ini."},
     {"The event has {0} bytes; at most {1} are allowed.",
      "Shorten what is filled in for this case."}},
    {"HI007",
     {"Versi {0} dari jenis peristiwa nomor {1} tidak dikenal versi Pintu ini.",
      "Pakai versi Pintu yang lebih baru."},
     {"Version {0} of event type number {1} is not known to this version of Pintu.",
      "Use a newer version of Pintu."}},
    {"HI010",
     {"Ini bukan berkas checkpoint: baris {0} tidak seperti yang ditulis Pintu.",
      "Pakai berkas dari `pintu history checkpoint` tanpa mengubah isinya."},
     {"This is not a checkpoint file: line {0} is not as Pintu writes it.",
      "Use the file from `pintu history checkpoint` without changing it."}},
    {"HI012",
     {"Simpul pohon yang tersimpan ({0}) tidak cocok dengan ukuran log ({1}).",
      "Pulihkan basis data dari cadangan yang utuh."},
     {"The stored nodes of the tree ({0}) do not belong to a log of {1} events.",
      "Restore the database from a sound backup."}},
    {"HI014",
     {"Riwayat kasus ini tidak utuh: seharusnya {0} peristiwa, yang terbaca {1}.",
      "Pulihkan basis data dari cadangan yang utuh; `pintu history verify` menunjukkan tempatnya."},
     {"This case's history is not whole: it should have {0} events, {1} can be read.",
      "Restore the database from a sound backup; `pintu history verify` shows where."}},
};

// What verification finds.
constexpr Entry kFindings[] = {
    {"HI020",
     {"Isi peristiwa ini rusak dan tidak dapat dibaca ({0}).",
      "Bandingkan baris ini dengan cadangan; peristiwa ini telah diubah di luar Pintu."},
     {"The content of this event is damaged and cannot be read ({0}).",
      "Compare this row with a backup; the event was changed outside Pintu."}},
    {"HI021",
     {"Isi peristiwa ini tidak cocok dengan sidiknya: isinya telah diubah.",
      "Bandingkan baris ini dengan cadangan; peristiwa ini telah diubah di luar Pintu."},
     {"The content of this event does not match its hash: it was edited.",
      "Compare this row with a backup; the event was changed outside Pintu."}},
    {"HI022",
     {"Baris ini tercatat untuk kasus lain: isinya peristiwa {1} dari kasus {0}.",
      "Bandingkan baris ini dengan cadangan; baris telah ditukar atau diubah."},
     {"This row is filed under another case: it holds event {1} of case {0}.",
      "Compare this row with a backup; rows were swapped or changed."}},
    {"HI023",
     {"Sebelum baris ini ada yang hilang: posisi {0} sampai {1} tidak ada.",
      "Cari posisi yang hilang di cadangan; baris telah dihapus di luar Pintu."},
     {"Rows before this one are missing: there is no position {0} to {1}.",
      "Look for them in a backup; rows were removed outside Pintu."}},
    {"HI024",
     {"Posisi {0} muncul tidak pada urutannya.",
      "Bandingkan dengan cadangan; baris telah disisipkan atau ditukar."},
     {"Position {0} comes out of order.", "Compare with a backup; rows were inserted or swapped."}},
    {"HI025",
     {"Urutan kasus ini terputus: seharusnya peristiwa {0}, yang ada peristiwa {1}.",
      "Bandingkan dengan cadangan; peristiwa telah dihapus, disisipkan, atau ditukar."},
     {"The order of this case is broken: event {0} was due, event {1} is here.",
      "Compare with a backup; events were removed, inserted or swapped."}},
    {"HI026",
     {"Peristiwa ini milik log instansi {0}, bukan {1}.",
      "Bandingkan dengan cadangan; baris telah dipindahkan."},
     {"This event belongs to the log of agency {0}, not {1}.",
      "Compare with a backup; the row was moved."}},
    {"HI027",
     {"Peristiwa ini tidak menyambung dengan peristiwa {0} kasusnya: salah satunya telah diubah.",
      "Bandingkan kedua peristiwa dengan cadangan."},
     {"This event does not follow on event {0} of its case: one of the two was changed.",
      "Compare both events with a backup."}},
    {"HI028",
     {"Akar log tidak cocok dengan catatan pada ukuran {0}: ada yang berubah pada posisi {1} "
      "sampai {2}.",
      "Bandingkan posisi-posisi itu dengan cadangan."},
     {"The log's root is not the one written down at size {0}: something changed in positions {1} "
      "to {2}.",
      "Compare those positions with a backup."}},
    {"HI029",
     {"Peristiwa ini bertanggal {0}, lebih awal daripada peristiwa sebelumnya ({1}).",
      "Bandingkan dengan cadangan; tanggal telah dimundurkan."},
     {"This event is dated {0}, before the one that precedes it ({1}).",
      "Compare with a backup; it was back-dated."}},
    {"HI030",
     {"Log lebih pendek daripada catatan: seharusnya {0} peristiwa, yang ada {1}.",
      "Cari peristiwa yang hilang di cadangan."},
     {"The log is shorter than written down: it should have {0} events and has {1}.",
      "Look for the missing events in a backup."}},
    {"HI031",
     {"Log lebih pendek daripada checkpoint: checkpoint mencatat {0} peristiwa, yang ada {1}.",
      "Peristiwa telah dihapus, atau ini basis data lama dari cadangan. Cari yang terbaru."},
     {"The log is shorter than the checkpoint: that has {0} events, here are {1}.",
      "Events were removed, or this is an old database from a backup. Look for the latest one."}},
    {"HI032",
     {"Riwayat tidak sama dengan checkpoint pada {0} peristiwa: ada yang berubah pada posisi {1} "
      "sampai {2}.",
      "Riwayat telah ditulis ulang sejak checkpoint itu. Simpan basis data ini sebagai bukti."},
     {"The history is not the one of the checkpoint at {0} events: something changed in positions "
      "{1} to {2}.",
      "History was rewritten since that checkpoint. Keep this database as evidence."}},
    {"HI033",
     {"Checkpoint ini dari instansi {0}, bukan {1}.", "Pakai checkpoint instansi {1}."},
     {"This checkpoint is of agency {0}, not {1}.", "Use a checkpoint of agency {1}."}},
    {"HI034",
     {"Ada peristiwa yang tidak pernah dicatat akarnya: tercatat sampai {0}, yang ada {1}.",
      "Bandingkan dengan cadangan; peristiwa ditambahkan di luar Pintu."},
     {"There are events whose root was never written down: it ends at {0}, here are {1}.",
      "Compare with a backup; events were added outside Pintu."}},
};

// Definitions that are needed to replay; checkpoints that cannot be given.
constexpr Entry kDefinitions[] = {
    {"HI035",
     {"Checkpoint instansi {0} tidak dibuat: lognya punya {1} temuan.",
      "Jalankan `pintu history verify` dan selesaikan temuannya dulu."},
     {"No checkpoint of agency {0} was made: its log has {1} findings.",
      "Run `pintu history verify` and settle them first."}},
    {"HI060",
     {"Definisi {1} instansi {0} tidak tersimpan, sehingga riwayatnya tidak dapat diputar ulang.",
      "Ambil definisi itu dari cadangan basis data."},
     {"The definitions {1} of agency {0} are not kept, so its history cannot be replayed.",
      "Take them from a backup of the store."}},
    {"HI061",
     {"Definisi {1} instansi {0} tersimpan tetapi tidak dapat dimuat lagi.",
      "Pakai versi Pintu yang menulisnya, atau ambil dari cadangan basis data."},
     {"The definitions {1} of agency {0} are kept but no longer load.",
      "Use the version of Pintu that wrote them, or take them from a backup of the store."}},
    {"HI062",
     {"Definisi yang tersimpan sebagai {1} (instansi {0}) sebenarnya {2}: telah diubah, atau versi "
      "Pintu ini mengartikannya lain.",
      "Ambil definisi itu dari cadangan basis data, atau pakai versi Pintu yang menulisnya."},
     {"The definitions kept as {1} (agency {0}) are really {2}: they were changed, or this version "
      "of Pintu takes them otherwise.",
      "Take them from a backup of the store, or use the version of Pintu that wrote them."}},
};

// Personal values and projections against the events.
constexpr Entry kBeside[] = {
    {"HI040",
     {"Data pribadi \"{0}\" tidak cocok dengan komitmen di peristiwa: nilainya telah diubah.",
      "Ambil nilai semula dari cadangan."},
     {"The personal value \"{0}\" does not match the event's commitment: it was changed.",
      "Take the original value from a backup."}},
    {"HI041",
     {"Data pribadi \"{0}\" hilang, padahal kasus ini tidak pernah dihapus datanya.",
      "Ambil nilai semula dari cadangan."},
     {"The personal value \"{0}\" is gone, though this case was never erased.",
      "Take the original value from a backup."}},
    {"HI042",
     {"Data pribadi \"{0}\" tidak punya komitmen di peristiwa mana pun: nilai ini disisipkan.",
      "Hapus nilai itu sesudah dibandingkan dengan cadangan."},
     {"The personal value \"{0}\" has no commitment in its event: it was inserted.",
      "Remove it after comparing with a backup."}},
    {"HI043",
     {"Kunci kasus ini hilang, sehingga \"{0}\" dan data pribadi lainnya tidak dapat diperiksa.",
      "Ambil kunci dari cadangan."},
     {"The key of this case is gone, so \"{0}\" and its other personal values cannot be checked.",
      "Take the key from a backup."}},
    {"HI044",
     {"Data pribadi \"{0}\" masih ada, padahal kasus ini sudah dihapus datanya.",
      "Hapus nilai itu; kasus ini memuat peristiwa penghapusan."},
     {"The personal value \"{0}\" is still there, though this case was erased.",
      "Remove it; the case has an event of erasure."}},
    {"HI050",
     {"Baris ringkasan kasus tidak sama dengan riwayatnya pada \"{0}\": tercatat \"{1}\", menurut "
      "riwayat \"{2}\".",
      "Riwayatlah yang benar: ambil baris itu dari cadangan; ia diubah di luar Pintu."},
     {"The case's row differs from its history in \"{0}\": it says \"{1}\", the history gives "
      "\"{2}\".",
      "The history is right: take the row from a backup; it was changed outside Pintu."}},
    {"HI051",
     {"Kasus ini punya riwayat tetapi tidak punya baris ringkasan.",
      "Ambil baris itu dari cadangan; ia dihapus di luar Pintu."},
     {"This case has a history but no row.",
      "Take the row from a backup; it was removed outside Pintu."}},
    {"HI052",
     {"Baris ringkasan ini bukan milik kasus mana pun di log.",
      "Hapus baris itu sesudah dibandingkan dengan cadangan."},
     {"This row belongs to no case of the log.", "Remove it after comparing with a backup."}},
    {"HI053",
     {"Kiriman {0} belum terkirim, tetapi tidak ada lagi di antrean.",
      "Ambil antrean itu dari cadangan; kiriman itu dihapus di luar Pintu."},
     {"Message {0} was not sent, and is no longer in the queue.",
      "Take the queue from a backup; the message was removed outside Pintu."}},
    {"HI054",
     {"Kiriman {0} ada di antrean, padahal riwayat tidak memintanya atau sudah selesai.",
      "Hapus kiriman itu sesudah dibandingkan dengan cadangan."},
     {"Message {0} is in the queue, though the history did not ask for it or it is settled.",
      "Remove the message after comparing with a backup."}},
    {"HI055",
     {"Kasus ini tidak punya pengingat, padahal \"{0}\" jatuh tempo pada {1}.",
      "Ambil pengingat itu dari cadangan; ia dihapus di luar Pintu."},
     {"This case has no timer, though \"{0}\" is due at {1}.",
      "Take the timer from a backup; it was removed outside Pintu."}},
};

constexpr auto joined() {
    std::array<Entry, std::size(kReading) + std::size(kFindings) + std::size(kDefinitions) +
                          std::size(kBeside)>
        all{};
    auto* to = all.begin();
    for (const auto& entry : kReading) *to++ = entry;
    for (const auto& entry : kFindings) *to++ = entry;
    for (const auto& entry : kDefinitions) *to++ = entry;
    for (const auto& entry : kBeside) *to++ = entry;
    return all;
}

}  // namespace

std::span<const Entry> history_table() {
    static constexpr auto kTable = joined();
    return kTable;
}

}  // namespace pintu::messages
