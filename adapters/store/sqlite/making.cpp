#include "adapters/store/sqlite/making.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "adapters/store/sqlite/schema.hpp"

namespace pintu::store {
namespace {

namespace fs = std::filesystem;

// Another for each try: what lay there before could be of a disk that failed.
std::string name_while_made(const std::string& file) {
    static std::atomic<unsigned> tries{0};
    return file + ".new-" + std::to_string(getpid()) + "-" + std::to_string(++tries);
}

Result<void> make_tables(const std::string& name, const OpenOptions& options) {
    auto database = Database::open(name, options);
    if (!database) return database.unexpected();
    return make_schema(**database);
}

Result<void> sync_folder_of(const std::string& file) {
    const auto folder = fs::path(file).parent_path();
    const int opened =
        open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = opened >= 0 && fsync(opened) == 0;
    const int why = errno;
    if (opened >= 0) close(opened);
    if (synced) return {};
    return fail("ST004", file, std::strerror(why));
}

Result<void> give_its_name(const std::string& made, const std::string& file) {
    if (renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE) != 0 &&
        errno != EEXIST)
        return fail("ST004", file, std::strerror(errno));
    return sync_folder_of(file);
}

}  // namespace

Result<void> make_file(const std::string& file, const OpenOptions& options) {
    const std::string made = name_while_made(file);
    auto done = make_tables(made, options);
    if (done) done = give_its_name(made, file);
    std::error_code ignored;
    for (const auto* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(made + ending, ignored);
    if (done) return {};
    Error error = done.error();
    std::replace(error.args.begin(), error.args.end(), made, file);
    return Unexpected<Error>{std::move(error)};
}

}  // namespace pintu::store
