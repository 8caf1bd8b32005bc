#include "engine/messages/tables.hpp"

namespace pintu::messages {

std::span<const Entry> base_table() {
    static constexpr Entry kTable[] = {
        {"BA001",
         {"Sel bertanda kutip ini tidak pernah ditutup.", "Tambahkan tanda kutip penutup (\")."},
         {"This quoted cell never ends.", "Add the closing quote (\")."}},
        {"BA002",
         {"Ada teks sesudah tanda kutip penutup.",
          "Letakkan koma sesudah tanda kutip, atau gandakan tanda kutip di dalam sel (\"\")."},
         {"There is text after the closing quote.",
          "Put a comma after the quote, or double the quote inside the cell (\"\")."}},
        {"BA003",
         {"Kolom dipisahkan dengan titik koma (;).",
          "Simpan ulang berkas sebagai CSV dengan koma (,) sebagai pemisah."},
         {"Columns are separated by semicolons (;).",
          "Save the file again as CSV with commas (,) as separator."}},
        {"BA004",
         {"Baris ini punya {0} kolom, kepala tabel punya {1}.",
          "Samakan jumlah kolom; sel yang berisi koma harus diapit tanda kutip."},
         {"This row has {0} columns, the header has {1}.",
          "Make the numbers equal; a cell with a comma must stand in quotes."}},
        {"BA005",
         {"Ada ganti baris di dalam sel bertanda kutip.", "Tulis isi sel dalam satu baris."},
         {"There is a line end inside a quoted cell.", "Write the cell on one line."}},
        {"BA006",
         {"Berkas ini bukan teks UTF-8.", "Simpan ulang berkas dengan pengodean UTF-8."},
         {"This file is not UTF-8 text.", "Save the file again with UTF-8 encoding."}},
        {"BA007",
         {"Berkas diawali byte order mark (BOM).", "Simpan ulang sebagai UTF-8 tanpa BOM."},
         {"The file starts with a byte order mark (BOM).", "Save it again as UTF-8 without BOM."}},
    };
    return kTable;
}

}  // namespace pintu::messages
