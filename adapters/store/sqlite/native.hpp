// SQLite's and SOCI's types: heavy, for the few files here that call the libraries.
#pragma once

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace pintu::store {

struct Native {
    soci::session session;
    sqlite_api::sqlite3* handle = nullptr;
};

}  // namespace pintu::store
