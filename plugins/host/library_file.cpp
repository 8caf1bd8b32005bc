#include "plugins/host/library_file.hpp"

#include <elf.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <string_view>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/disk.hpp"

namespace pintu::plugins {
namespace {

template <class T>
std::optional<T> at(std::string_view bytes, std::uint64_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

std::optional<std::string_view> piece(std::string_view bytes, const Elf64_Shdr& section) {
    if (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size)
        return std::nullopt;
    return bytes.substr(section.sh_offset, section.sh_size);
}

// Of the machine that this program was built for.
std::uint16_t own_machine() {
    static const std::uint16_t kMachine = [] {
        const Descriptor self(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
        std::string head(sizeof(Elf64_Ehdr), '\0');
        const bool read = ::read(self.get(), head.data(), head.size()) > 0;
        return read ? at<Elf64_Ehdr>(head, 0)->e_machine : std::uint16_t{EM_NONE};
    }();
    return kMachine;
}

std::string machine_name(std::uint16_t machine) {
    switch (machine) {
        case EM_X86_64: return "x86-64";
        case EM_AARCH64: return "ARM 64";
        case EM_386: return "x86";
        case EM_ARM: return "ARM";
        case EM_RISCV: return "RISC-V";
        default: return "no. " + std::to_string(machine);
    }
}

bool has_name(std::string_view names, std::uint64_t offset, std::string_view wanted) {
    if (offset >= names.size()) return false;
    const auto end = names.find('\0', offset);
    return end != std::string_view::npos && names.substr(offset, end - offset) == wanted;
}

// Defined, a function, seen from outside.
bool is_entry(const Elf64_Sym& symbol, std::string_view names) {
    return symbol.st_shndx != SHN_UNDEF && ELF64_ST_TYPE(symbol.st_info) == STT_FUNC &&
           ELF64_ST_BIND(symbol.st_info) != STB_LOCAL &&
           has_name(names, symbol.st_name, PINTU_ENTRY_NAME);
}

enum class Found { yes, no, broken };

Found entry_in(std::string_view bytes, const Elf64_Ehdr& header, const Elf64_Shdr& section) {
    const auto strings_at = header.e_shoff + std::uint64_t{section.sh_link} * sizeof(Elf64_Shdr);
    const auto strings = at<Elf64_Shdr>(bytes, strings_at);
    const auto table = piece(bytes, section);
    const auto names = strings ? piece(bytes, *strings) : std::nullopt;
    if (!table || !names) return Found::broken;
    for (std::size_t i = 0; i + sizeof(Elf64_Sym) <= table->size(); i += sizeof(Elf64_Sym))
        if (is_entry(*at<Elf64_Sym>(*table, i), *names)) return Found::yes;
    return Found::no;
}

Found find_entry(std::string_view bytes, const Elf64_Ehdr& header) {
    for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf64_Shdr>(bytes, header.e_shoff + i * sizeof(Elf64_Shdr));
        if (!section) return Found::broken;
        if (section->sh_type == SHT_DYNSYM) return entry_in(bytes, header, *section);
    }
    return Found::no;
}

// Every part that would be mapped is in the file, and so is the table of sections, its last part.
bool whole(std::string_view bytes, const Elf64_Ehdr& header) {
    const std::uint64_t sections = std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr);
    if (header.e_shoff > bytes.size() || bytes.size() - header.e_shoff < sections) return false;
    for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
        const auto part = at<Elf64_Phdr>(bytes, header.e_phoff + i * sizeof(Elf64_Phdr));
        if (!part) return false;
        if (part->p_type == PT_LOAD &&
            (part->p_offset > bytes.size() || bytes.size() - part->p_offset < part->p_filesz))
            return false;
    }
    return header.e_phnum > 0;
}

Error error(const char* code, const std::string& path, std::string more = "",
            std::string other = "") {
    return {code, {path, std::move(more), std::move(other)}};
}

}  // namespace

std::optional<Error> wrong_with_library(const std::string& path) {
    const auto bytes = read_bytes(path, kMostLibraryBytes);
    if (!bytes) return error("PL110", path);
    const std::string_view all(*bytes);
    if (!all.starts_with(std::string_view(ELFMAG, SELFMAG))) return error("PL111", path);
    const auto header = at<Elf64_Ehdr>(all, 0);
    if (!header) return error("PL111", path);
    const bool ours =
        header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_ident[EI_DATA] == ELFDATA2LSB;
    if (!ours || header->e_machine != own_machine())
        return error("PL112", path, machine_name(header->e_machine), machine_name(own_machine()));
    if (header->e_type != ET_DYN || !whole(all, *header)) return error("PL111", path);
    const Found found = find_entry(all, *header);
    if (found == Found::broken) return error("PL111", path);
    if (found == Found::no) return error("PL113", path);
    return std::nullopt;
}

}  // namespace pintu::plugins
