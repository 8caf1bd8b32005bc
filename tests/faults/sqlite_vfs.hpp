// A disk under SQLite that fails when it is told to: every open, read, write, truncation, sync,
// deletion, look at a file's size or existence, lock and shared-memory mapping is counted, and the
// n-th may fail. Knows what would be left if the power went off: what was not synced is lost, kept
// or torn, a page at a time. SQLite's default from install() on; files lie on the real disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::testing {

enum class Io { open, read, write, truncate, sync, remove, access, size, lock, shm_map, shm_lock };

struct Fault {
    std::uint64_t at = 0;      // the I/O that fails: 1, 2, ... since arm(); 0: none does
    bool lasting = false;      // and all after it: the process is as good as dead
    bool torn = false;         // a write that fails leaves its first half in the file
    bool full = false;         // as on a full disk: writes only
    std::uint64_t second = 0;  // one more, so many I/Os after the first
};

class FaultyDisk {
  public:
    static FaultyDisk& install();

    // Counting begins anew.
    void arm(const Fault& fault);
    void heal() { arm({}); }
    std::uint64_t calls() const { return kinds_.size(); }
    bool hit() const { return fault_.at != 0 && calls() >= fault_.at; }
    // What was asked since arm().
    const std::vector<Io>& kinds() const { return kinds_; }

    // A disk that lies: it says that it has written what it has not.
    void ignore_syncs(bool ignore) { ignores_syncs_ = ignore; }
    // Files are as they are on the disk: nothing is left to be synced.
    void settle() { images_.clear(); }
    // Nobody has a file open. All files that were opened since settle() become what a power cut
    // leaves of them, by a seed.
    void cut_power(std::uint64_t seed);

    // For the methods that SQLite calls.
    bool fails(Io io);
    bool torn() const { return fault_.torn; }
    bool full() const { return fault_.full; }
    void opened(const std::string& path, bool existed);
    void written(const std::string& path, std::int64_t offset, std::string_view bytes);
    void truncated(const std::string& path, std::int64_t size);
    void synced(const std::string& path);
    void not_synced(const std::string& path);
    void removed(const std::string& path, bool synced);

  private:
    struct Change {
        std::int64_t at = 0;
        std::string bytes;
        bool truncation = false;
    };
    // A file: what is surely on the disk, and what came after.
    struct Image {
        std::string durable;
        bool exists = false;  // surely
        bool removed = false;
        std::vector<Change> pending;
    };
    static void apply(std::string& content, const Change& change);
    static std::string left_of(const Image& image, std::mt19937_64& random);

    Fault fault_;
    std::vector<Io> kinds_;
    bool ignores_syncs_ = false;
    std::map<std::string, Image> images_;
};

}  // namespace pintu::testing
