// A log on a server that did not write it.
#pragma once

#include "adapters/store/postgres/connection.hpp"
#include "engine/base/ids.hpp"

namespace pintu::postgres {

// The numbers of transactions that pages carry mean nothing on another server: restored from a
// dump, they may lie far in its future, and events would never be placed, or placed twice. Events
// that have their place in the log become older than every transaction of this server, those that
// wait for one come right after them, and the cursor stands in between.
//
// Precondition: the agency's row of `logs` is locked in this transaction, and its `cluster` is not
// this server. Errors stay with the connection.
void resynchronise(Connection& connection, const AgencyCode& agency);

}  // namespace pintu::postgres
