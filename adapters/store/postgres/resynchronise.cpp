#include "adapters/store/postgres/resynchronise.hpp"

namespace pintu::postgres {
namespace {

// Transactions begin at 3. What is written meanwhile has this server's own numbers, and is not
// seen.
constexpr const char* kPlace =
    "UPDATE pages p SET xid = CASE WHEN w.position IS NULL THEN '1'::xid8 ELSE '0'::xid8 END "
    "FROM (SELECT v.id, n.position FROM pages v LEFT JOIN entries n ON n.agency = v.agency AND "
    "n.page = v.id WHERE v.agency = $1) w WHERE p.agency = $1 AND p.id = w.id";
constexpr const char* kCursor =
    "UPDATE logs l SET xid = '0', id = 9223372036854775807, "
    "cluster = (SELECT s.system_identifier::text FROM pg_control_system() s) WHERE l.agency = $1";

}  // namespace

void resynchronise(Connection& connection, const AgencyCode& agency) {
    connection.run(kPlace, agency);
    connection.run(kCursor, agency);
}

}  // namespace pintu::postgres
