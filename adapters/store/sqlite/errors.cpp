#include "adapters/store/sqlite/errors.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace pintu::store {
namespace {

// A quota or a limit on file size is a full disk to whoever wants to write.
bool no_room(int system) {
    return system == ENOSPC || system == EDQUOT || system == EFBIG;
}

const char* code_of(int code, int system) {
    switch (code & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return "ST001";
        case SQLITE_FULL: return "ST002";
        case SQLITE_READONLY:
        case SQLITE_PERM: return "ST003";
        case SQLITE_CANTOPEN: return no_room(system) ? "ST002" : "ST004";
        case SQLITE_NOTADB: return "ST005";
        case SQLITE_CORRUPT: return "ST006";
        case SQLITE_IOERR: return no_room(system) ? "ST002" : "ST010";
        default: return "ST012";
    }
}

}  // namespace

Error classify(int code, int system, const std::string& file, const std::string& message) {
    return {code_of(code, system), {file, message + " [" + std::to_string(code) + "]"}};
}

}  // namespace pintu::store
