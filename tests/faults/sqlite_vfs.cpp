#include "tests/faults/sqlite_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>

#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kSector = 512;

FaultyDisk& disk() {
    static FaultyDisk kDisk;
    return kDisk;
}

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs shim_vfs;

// SQLite gives the memory; the real file lies behind.
struct ShimFile {
    sqlite3_file base;
    const char* path;  // SQLite's own, as long as the file is open
    sqlite3_file* real;
};

ShimFile* shim(sqlite3_file* file) {
    return reinterpret_cast<ShimFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return shim(file)->real;
}
std::string path_of(sqlite3_file* file) {
    return shim(file)->path == nullptr ? std::string() : shim(file)->path;
}

int close_file(sqlite3_file* file) {
    return real(file)->pMethods == nullptr ? SQLITE_OK : real(file)->pMethods->xClose(real(file));
}

int read_file_at(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
    if (disk().fails(Io::read)) return SQLITE_IOERR_READ;
    return real(file)->pMethods->xRead(real(file), to, size, offset);
}

int put(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    const int code = real(file)->pMethods->xWrite(real(file), from, size, offset);
    if (code == SQLITE_OK)
        disk().written(path_of(file), offset,
                       {static_cast<const char*>(from), static_cast<std::size_t>(size)});
    return code;
}

int write_file_at(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    if (!disk().fails(Io::write)) return put(file, from, size, offset);
    if (disk().torn()) put(file, from, size / 2, offset);
    return disk().full() ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    if (disk().fails(Io::truncate)) return SQLITE_IOERR_TRUNCATE;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK) disk().truncated(path_of(file), size);
    return code;
}

// The real disk is not waited for: what is on it after a power cut is the model's to say.
int sync_file(sqlite3_file* file, int) {
    if (disk().fails(Io::sync)) {
        disk().not_synced(path_of(file));
        return SQLITE_IOERR_FSYNC;
    }
    disk().synced(path_of(file));
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    if (disk().fails(Io::size)) return SQLITE_IOERR_FSTAT;
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) {
    if (disk().fails(Io::lock)) return SQLITE_IOERR_LOCK;
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}

int look_at_lock(sqlite3_file* file, int* reserved) {
    if (disk().fails(Io::lock)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
    return real(file)->pMethods->xCheckReservedLock(real(file), reserved);
}

int control_file(sqlite3_file* file, int what, void* value) {
    return real(file)->pMethods->xFileControl(real(file), what, value);
}

int sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}

int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** to) {
    if (disk().fails(Io::shm_map)) {
        *to = nullptr;
        return SQLITE_IOERR_SHMMAP;
    }
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, to);
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    if ((flags & SQLITE_SHM_UNLOCK) == 0 && disk().fails(Io::shm_lock)) return SQLITE_IOERR_SHMLOCK;
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void shared_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}

int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods kMethods = {2,
                                     close_file,
                                     read_file_at,
                                     write_file_at,
                                     truncate_file,
                                     sync_file,
                                     size_of_file,
                                     lock_file,
                                     unlock_file,
                                     look_at_lock,
                                     control_file,
                                     sector_size,
                                     characteristics,
                                     map_shared,
                                     lock_shared,
                                     shared_barrier,
                                     unmap_shared,
                                     nullptr,
                                     nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
    ShimFile* made = shim(file);
    made->base.pMethods = nullptr;
    made->path = name;
    made->real = reinterpret_cast<sqlite3_file*>(made + 1);
    std::memset(made->real, 0, static_cast<std::size_t>(real_vfs->szOsFile));
    if (disk().fails(Io::open)) return SQLITE_CANTOPEN;
    const bool existed = name != nullptr && std::filesystem::exists(name);
    const int code = real_vfs->xOpen(real_vfs, name, made->real, flags, out);
    if (made->real->pMethods != nullptr) made->base.pMethods = &kMethods;
    if (code == SQLITE_OK && name != nullptr) disk().opened(name, existed);
    return code;
}

int remove_file(sqlite3_vfs*, const char* name, int sync_folder) {
    if (disk().fails(Io::remove)) return SQLITE_IOERR_DELETE;
    const int code = real_vfs->xDelete(real_vfs, name, 0);
    if (code == SQLITE_OK) disk().removed(name, sync_folder != 0);
    return code;
}

int look_for_file(sqlite3_vfs*, const char* name, int flags, int* found) {
    if (disk().fails(Io::access)) return SQLITE_IOERR_ACCESS;
    return real_vfs->xAccess(real_vfs, name, flags, found);
}

// Nobody else is there to be waited for.
int no_sleep(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

}  // namespace

FaultyDisk& FaultyDisk::install() {
    if (real_vfs == nullptr) {
        real_vfs = sqlite3_vfs_find(nullptr);
        shim_vfs = *real_vfs;
        shim_vfs.zName = "faulty";
        shim_vfs.pNext = nullptr;
        shim_vfs.szOsFile = static_cast<int>(sizeof(ShimFile)) + real_vfs->szOsFile;
        shim_vfs.xOpen = open_file;
        shim_vfs.xDelete = remove_file;
        shim_vfs.xAccess = look_for_file;
        shim_vfs.xSleep = no_sleep;
        sqlite3_vfs_register(&shim_vfs, 1);
    }
    return disk();
}

void FaultyDisk::arm(const Fault& fault) {
    fault_ = fault;
    kinds_.clear();
}

bool FaultyDisk::fails(Io io) {
    kinds_.push_back(io);
    const std::uint64_t n = kinds_.size();
    if (fault_.at == 0 || n < fault_.at) return false;
    if (fault_.full) return io == Io::write && (fault_.lasting || n == fault_.at);
    return fault_.lasting || n == fault_.at ||
           (fault_.second != 0 && n == fault_.at + fault_.second);
}

// At one go: this happens at each open.
static std::string bytes_of_file(const std::string& path) {
    std::string bytes(static_cast<std::size_t>(std::filesystem::file_size(path)), '\0');
    std::ifstream(path, std::ios::binary)
        .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

void FaultyDisk::opened(const std::string& path, bool existed) {
    const auto [found, is_new] = images_.try_emplace(path);
    Image& image = found->second;
    if (is_new && existed) {
        image.durable = bytes_of_file(path);
        image.exists = true;
    }
    // Made again after it was removed, and that was not synced: what is there now is new.
    if (image.removed) image = Image{};
}

void FaultyDisk::written(const std::string& path, std::int64_t offset, std::string_view bytes) {
    if (path.empty()) return;
    images_[path].pending.push_back({offset, std::string(bytes), false});
}

void FaultyDisk::truncated(const std::string& path, std::int64_t size) {
    if (!path.empty()) images_[path].pending.push_back({size, "", true});
}

// A journal's first sync takes its folder along, and so all names that are in it, or no longer are
// (os_unix.c).
void FaultyDisk::synced(const std::string& path) {
    if (path.empty() || ignores_syncs_) return;
    Image& image = images_[path];
    for (const auto& change : image.pending) apply(image.durable, change);
    image.pending.clear();
    if (image.exists || (!path.ends_with("-wal") && !path.ends_with("-journal"))) return;
    const auto folder = std::filesystem::path(path).parent_path();
    for (auto at = images_.begin(); at != images_.end();) {
        const bool here = std::filesystem::path(at->first).parent_path() == folder;
        if (here) at->second.exists = true;
        at = here && at->second.removed ? images_.erase(at) : std::next(at);
    }
}

// After a sync that failed, Linux takes what it could not write for written: it can be read until
// the power goes, and is never tried again.
void FaultyDisk::not_synced(const std::string& path) {
    if (!path.empty() && !fault_.lasting) images_[path].pending.clear();
}

void FaultyDisk::removed(const std::string& path, bool synced) {
    const auto found = images_.find(path);
    if (found == images_.end()) return;
    if (synced || !found->second.exists) {
        images_.erase(found);
    } else {
        found->second.removed = true;
    }
}

void FaultyDisk::apply(std::string& content, const Change& change) {
    const auto at = static_cast<std::size_t>(change.at);
    if (change.truncation) {
        content.resize(std::min(content.size(), at));
        return;
    }
    if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size());
    content.replace(at, change.bytes.size(), change.bytes);
}

// All is lost, all is kept, or each page as the dice fall; a page may be torn between two sectors.
std::string FaultyDisk::left_of(const Image& image, std::mt19937_64& random) {
    std::string content = image.durable;
    const auto mood = random() % 4;
    for (const auto& change : image.pending) {
        if (mood == 0) break;
        if (mood == 1 || change.truncation) {
            if (mood == 1 || random() % 2 == 0) apply(content, change);
            continue;
        }
        for (std::size_t from = 0; from < change.bytes.size(); from += kPage) {
            std::string page = change.bytes.substr(from, kPage);
            const auto fate = random() % 8;
            if (fate < 3) continue;
            if (fate == 3) page.resize(std::min(page.size(), kSector * (random() % 8)));
            apply(content, {change.at + static_cast<std::int64_t>(from), page, false});
        }
    }
    return content;
}

void FaultyDisk::cut_power(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (const auto& [path, image] : images_) {
        std::filesystem::remove(path + "-shm");
        const bool there = image.removed ? random() % 2 == 0 : image.exists || random() % 2 == 0;
        if (there) {
            write_file(path, left_of(image, random));
        } else {
            std::filesystem::remove(path);
        }
    }
    images_.clear();
}

}  // namespace pintu::testing
