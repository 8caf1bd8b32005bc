#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> intake_table() {
    static constexpr Entry kTable[] = {
        {"IN001",
         {"Baris ini bukan JSON yang benar.",
          "Periksa tanda kutip, koma dan kurung di sekitar kolom ini; satu laporan satu baris."},
         {"This line is not valid JSON.",
          "Check quotes, commas and brackets around this column; one report a line."}},
        {"IN002",
         {"Isian \"{0}\" bukan jenis yang diminta.", "Yang diminta: {1}."},
         {"\"{0}\" has the wrong type.", "Wanted: {1}."}},
        {"IN003",
         {"Isian \"{0}\" tidak ada.", "Isi \"{0}\"; tanpa itu laporan tidak dapat dikenali."},
         {"\"{0}\" is missing.", "Fill in \"{0}\"; without it the report cannot be told apart."}},
        {"IN004",
         {"Isian \"{0}\" terlalu panjang (paling banyak {1}).",
          "Ringkas isinya, atau kirim naskah panjang sebagai lampiran."},
         {"\"{0}\" is too long (at most {1}).",
          "Shorten it, or send a long text as an attachment."}},
        {"IN005",
         {"\"{0}\" bukan waktu.", "Tulis seperti 2026-03-13T09:30:00+08:00."},
         {"\"{0}\" is not a time.", "Write it like 2026-03-13T09:30:00+08:00."}},
        {"IN006",
         {"Baris ini bukan teks UTF-8.", "Simpan ulang berkas dengan pengodean UTF-8."},
         {"This line is not UTF-8 text.", "Save the file again with UTF-8 encoding."}},
        {"IN007",
         {"\"{0}\" bukan koordinat (paling jauh {1} derajat).",
          "Tulis derajat desimal, misalnya -1.29 untuk lintang dan 116.70 untuk bujur."},
         {"\"{0}\" is not a coordinate (at most {1} degrees).",
          "Write decimal degrees, e.g. -1.29 for latitude and 116.70 for longitude."}},
        {"IN008",
         {"Baris ini bukan satu laporan.", "Tulis laporan di antara { dan } dalam satu baris."},
         {"This line is not a report.", "Write the report between { and } on one line."}},
        {"IN009",
         {"Kolom \"{0}\" tidak dikenal.", "Maksudnya \"{1}\"?"},
         {"Column \"{0}\" is not known.", "Did you mean \"{1}\"?"}},
        {"IN010",
         {"Kolom \"{0}\" tidak ada di kepala tabel.", "Tambahkan kolom \"{0}\"."},
         {"The header has no column \"{0}\".", "Add a column \"{0}\"."}},
        {"IN011",
         {"Lampiran \"{0}\" tidak dapat dibaca.",
          "Periksa letak berkas; jalurnya dihitung dari folder berkas laporan."},
         {"The attachment \"{0}\" cannot be read.",
          "Check where the file lies; its path starts at the folder of the report file."}},
    };
    return kTable;
}

}  // namespace pintu::messages
