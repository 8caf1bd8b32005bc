// Where a PostgreSQL is, as people write it: postgresql://user:password@host1:5432,host2/db?options
// or, on a Unix socket, postgresql:///db?host=/run/postgresql. libpq's own rules, plus what it
// leaves out: a server that vanishes without a word is noticed within seconds.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace pintu::postgres {

// Which server of several will do.
enum class Role {
    writer,  // target_session_attrs=read-write
    reader   // any
};

struct Address {
    // libpq's keywords and values, what the address leaves open filled in. Holds the password.
    std::map<std::string, std::string> settings;
    // For messages: without the password.
    std::string shown;

    // For PQconnectdb(). Holds the password: never for messages.
    std::string conninfo() const;
    // The same servers, another database.
    Address with_database(const std::string& name) const;
};

bool is_postgres(std::string_view address);

// For messages, whether it can be understood or not.
std::string shown_address(const std::string& address);

// ST025 where it cannot be understood; its arguments never hold the password.
Result<Address> parse_address(const std::string& address, Role role);

}  // namespace pintu::postgres
