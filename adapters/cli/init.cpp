#include <filesystem>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/files/whole_file.hpp"
#include "engine/base/csv.hpp"

namespace pintu::cli {
namespace {

struct Blueprint {
    std::string path;
    std::string text;
};

// "Kabupaten Contoh Baru" -> "contoh-baru"
std::string slug(const std::string& name) {
    std::string text;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter)
            text += upper ? static_cast<char>(c + 32) : c;
        else if (!text.empty() && text.back() != '-')
            text += '-';
    }
    for (const auto* kind : {"kabupaten-", "kota-", "provinsi-"})
        if (text.rfind(kind, 0) == 0) text = text.substr(std::string_view(kind).size());
    while (!text.empty() && text.back() == '-') text.pop_back();
    return text;
}

// Region trees are closed by regions.csv: a code that the national one does not have needs a line
// of its own. Districts go below it.
std::optional<Blueprint> regions(const Options& options, const InitArgs& args,
                                 const std::string& folder) {
    constexpr std::size_t kMost = 1U << 22U;
    const auto known =
        files::read_file(options.directory + "/workflows/nasional/regions.csv", kMost);
    if (!known || known->find("\n" + args.code + ",") != std::string::npos) return std::nullopt;
    return Blueprint{"workflows/" + folder + "/regions.csv",
                     "code,name\n" + args.code + "," + csv_cell(args.name) + "\n"};
}

std::vector<Blueprint> blueprints(const Options& options, const InitArgs& args) {
    const std::string folder = args.code + "-" + slug(args.name);
    const std::string registry =
        "# Unit kerja. Sunting sesuai SK; setiap kategori hanya boleh punya satu unit utama.\n"
        "registry: " +
        args.code + "\nname: " + args.name +
        "\nunits:\n"
        "  diskominfo:\n    name: Dinas Komunikasi dan Informatika\n"
        "    receives: all                  # meja depan: berwenang atas semua laporan\n"
        "    staffed: {from: 2020-01-01}\n"
        "  dpupr:\n    name: Dinas Pekerjaan Umum dan Penataan Ruang\n    competent:\n"
        "      - {kategori: pekerjaan_umum, wilayah: " +
        args.code +
        "}\n"
        "    staffed: {from: 2020-01-01}\n"
        "  inspektorat:\n    name: Inspektorat\n    competent:\n"
        "      - {kategori: pengawasan, wilayah: " +
        args.code +
        "}\n"
        "    staffed: {from: 2020-01-01}\n"
        "end: " +
        args.code + "\n";
    const std::string people =
        "# Petugas: hanya nomor petugas, tanpa data pribadi.\npeople:\n"
        "  p-001: {unit: diskominfo, roles: [admin_instansi], from: 2020-01-01, deputy: p-002}\n"
        "  p-002: {unit: diskominfo, roles: [koordinator, admin_instansi], from: 2020-01-01}\n"
        "  p-003: {unit: agency, roles: [sekda], from: 2020-01-01}\n"
        "  p-004: {unit: diskominfo, roles: [pejabat_penghubung], from: 2020-01-01, deputy: "
        "p-005}\n"
        "  p-005: {unit: diskominfo, roles: [kepala], from: 2020-01-01}\n"
        "  p-010: {unit: dpupr, roles: [pejabat_penghubung], from: 2020-01-01, deputy: p-011}\n"
        "  p-011: {unit: dpupr, roles: [kepala], from: 2020-01-01}\n"
        "  p-020: {unit: inspektorat, roles: [pejabat_penghubung], from: 2020-01-01, deputy: "
        "p-021}\n"
        "  p-021: {unit: inspektorat, roles: [kepala], from: 2020-01-01}\n"
        "end: people\n";
    const std::string calendar =
        "# Libur nasional dan cuti bersama diwarisi dari nasional; tambahkan libur daerah di "
        "sini.\n"
        "calendar: " +
        args.code +
        "\nzone: Asia/Makassar\nopens: \"07:30\"\n"
        "closed: [saturday, sunday]\nholidays: {}\nend: " +
        args.code + "\n";
    const std::string rules =
        "# Aturan sendiri menang atas aturan provinsi dan nasional. Hapus tanda # di depan baris "
        "untuk\n"
        "# memakainya, lalu jalankan: pintu check; pintu test\n"
        "kumpulan_aturan penanganan sejak 2026-01-01\nskema laporan\n\n"
        "putuskan bukti\n"
        "  aturan jalan_berlubang  jika kategori = pekerjaan_umum/jalan_berlubang  -> foto, "
        "lokasi\n\n"
        "uji \"jalan berlubang\"\n"
        "  diberikan { kategori_pelapor: pekerjaan_umum/jalan_berlubang }\n"
        "  harapkan bukti mencakup lokasi\n";
    std::vector<Blueprint> all = {{"workflows/" + folder + "/registry.yaml", registry},
                                  {"workflows/" + folder + "/people.yaml", people},
                                  {"workflows/" + folder + "/calendar.yaml", calendar},
                                  {"rules/" + folder + "/penanganan.rules", rules}};
    if (auto own = regions(options, args, folder)) all.push_back(std::move(*own));
    return all;
}

bool is_code(const std::string& code) {
    return code.size() == 5 && code[2] == '.' &&
           code.find_first_not_of("0123456789.") == std::string::npos;
}

}  // namespace

int init(const Options& options, const InitArgs& args, Io& io) {
    if (!is_code(args.code) || slug(args.name).empty())
        return say(io, options, "CL115", {args.code}), kWrongUsage;
    for (const auto& blueprint : blueprints(options, args)) {
        const std::filesystem::path path =
            (std::filesystem::path(options.directory) / blueprint.path).lexically_normal();
        std::error_code ec;
        if (std::filesystem::exists(path, ec))
            return say(io, options, "CL116", {path.string()}), kFailed;
        std::filesystem::create_directories(path.parent_path(), ec);
        if (const auto written = files::write_file(path.string(), blueprint.text); !written)
            return say(io, options, written.error()), kFailed;
        io.out << path.string() << '\n';
    }
    say(io, options, "CL117", {args.code});
    return kDone;
}

}  // namespace pintu::cli
