#include "adapters/store/postgres/errors.hpp"

#include <utility>

namespace pintu::postgres {
namespace {

struct Known {
    std::string_view state;  // all of it, or its class
    const char* code;
};

// The first that fits.
constexpr Known kKnown[] = {
    {"08", "ST020"},     // the connection
    {"57P01", "ST020"},  // the server stops
    {"57P02", "ST020"},  // it crashed
    {"57P03", "ST020"},  // it starts
    {"57P05", "ST020"},  // idle for too long
    {"25006", "ST022"},  // read-only
    {"40001", "ST023"},  // serialization
    {"40P01", "ST023"},  // deadlock
    {"57014", "ST024"},  // statement_timeout
    {"55P03", "ST024"},  // lock_timeout
    {"25P03", "ST024"},  // idle_in_transaction_session_timeout
    {"53100", "ST002"},  // disk full
    {"28", "ST026"},     // password, pg_hba.conf
    {"3D000", "ST027"},  // no such database
    {"42501", "ST028"},  // rights
    {"53300", "ST029"},  // connections
    {"58030", "ST010"},  // I/O
    {"XX001", "ST006"},  // damaged
    {"XX002", "ST006"},
};

struct Words {
    std::string_view words;
    const char* code;
};

// Parts of what libpq and the server say where a connection is refused. Another language's words
// are ST020 and shown as they are.
constexpr Words kRefusals[] = {
    {"password authentication failed", "ST026"},
    {"no password supplied", "ST026"},
    {"no pg_hba.conf entry", "ST026"},
    {"authentication failed", "ST026"},
    {"no such user", "ST026"},  // pgbouncer
    {" value: \"", "ST025"},    // libpq: invalid sslmode value: "..."
    {"invalid integer value", "ST025"},
    {"server does not support SSL", "ST040"},
    {"permission denied for database", "ST028"},
    {"too many", "ST029"},
    {"remaining connection slots", "ST029"},
    {"no more connections", "ST029"},
    {"session is read-only", "ST022"},
    {"server is in hot standby mode", "ST022"},
    {"no such database", "ST027"},  // pgbouncer
    {"role \"", "ST026"},
    {"database \"", "ST027"},
};

std::string one_line(const std::string& message) {
    std::string line;
    for (const char c : message) {
        if (c == '\t') continue;  // libpq indents what it adds
        if (c != '\n') {
            line += c;
        } else if (!line.empty() && !line.ends_with("; ")) {
            line += "; ";
        }
    }
    if (line.ends_with("; ")) line.resize(line.size() - 2);
    return line;
}

std::string reason(std::string_view sqlstate, const std::string& message) {
    const std::string state = "[" + std::string(sqlstate) + "]";
    if (sqlstate.starts_with("22") || message.empty()) return sqlstate.empty() ? "-" : state;
    return one_line(message) + (sqlstate.empty() ? "" : " " + state);
}

}  // namespace

Error classify(std::string_view sqlstate, const std::string& server, const std::string& message) {
    const char* code = sqlstate.empty() ? "ST020" : "ST012";
    for (const auto& known : kKnown) {
        if (!sqlstate.starts_with(known.state)) continue;
        code = known.code;
        break;
    }
    return {code, {server, reason(sqlstate, message)}};
}

Error classify_refusal(const std::string& server, const std::string& message) {
    // Of several hosts one that is a standby, or away, is no surprise: the others count.
    for (const auto& known : kRefusals) {
        if (message.find(known.words) != std::string::npos) {
            return {known.code, {server, one_line(message)}};
        }
    }
    return {"ST020", {server, one_line(message)}};
}

}  // namespace pintu::postgres
