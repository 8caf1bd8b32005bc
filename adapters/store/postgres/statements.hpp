// Every statement of the hot path, in one place: the test of keys (tests/architecture) reads this
// list beside the tables and fails on one that does not name exactly one agency. A statement is
// sent with its parameters each time; $1 is the agency.
//
// Rows go in as columns (unnest, among what is selected: a tenth quicker than as a table): one
// statement for each table and agency, whatever their number.
// Where rows are looked up by such a column, LATERAL ... OFFSET 0 makes it one probe of the key for
// each: an agency's share of a table that has just been filled is unknown to the planner, and it
// would read all of it.
#pragma once

#include <cstdint>
#include <limits>

#include "adapters/store/postgres/shown.hpp"

namespace pintu::postgres::sql {

// Agenda::due: always (0), or never.
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
// Agenda::work, after ports::Work.
constexpr std::int64_t kSequencer = 3;
// Whoever waits for something to be submitted or published listens to it.
constexpr const char* kListen = "LISTEN pintu";

// --- a commit ---

// The number of the transaction, and that of its pages.
constexpr const char* kTransaction = "SELECT pg_current_xact_id(), nextval('page_numbers')";
// Fails where something is expected that is not so: then the COMMIT that was sent behind it does
// nothing. What fails is a cast of these words, so that whoever reads the server's log knows.
#define PINTU_EXPECT(expected, that)                                                              \
    "CASE WHEN NOT " expected " OR " that                                                         \
    " THEN 0 ELSE ('pintu looks again, row by row; expected others than ' || count(*))::integer " \
    "END"
// How many: 1 or 0. The row stays locked until the end: nobody else claims it meanwhile.
constexpr const char* kHoldTurn =
    "WITH held AS MATERIALIZED (SELECT a.token FROM agenda a WHERE a.agency = $1 AND a.work = $2 "
    "AND a.token = $3 AND a.until > clock_timestamp() FOR UPDATE) "
    "SELECT count(*), " PINTU_EXPECT("$4", "count(*) = 1") " FROM held";
// Of this transaction's pages each by its place among them; currval() is the transaction's own.
constexpr const char* kAppend =
    "INSERT INTO pages (agency, id, leaves, bytes) SELECT $1, n.part + "
    "(SELECT currval('page_numbers') << 20), n.leaves, n.bytes FROM (SELECT unnest($2) AS part, "
    "unnest($3) AS leaves, unnest($4) AS bytes) AS n";
// Where a column has no value for a row it is false, empty or null (Sparse).
constexpr const char* kOpenCases =
    "INSERT INTO cases (agency, case_id, leaf, closed, timer_due, lookup_list, shown, page_list, "
    "command_list) SELECT $1, n.case_id, n.leaf, coalesce(n.closed, false), n.timer_due, "
    "coalesce(n.lookup_list, ''), n.shown, "
    "(SELECT int8send(currval('page_numbers'))) || n.parts, coalesce(n.marks, '') "
    "FROM (SELECT unnest($2) AS case_id, unnest($3) AS leaf, unnest($4) AS closed, "
    "unnest($5) AS timer_due, unnest($6) AS lookup_list, unnest($7) AS shown, "
    "unnest($8) AS parts, unnest($9) AS marks) AS n";
// Whether one of some marks (marks.hpp) is in a list of them.
#define PINTU_ANY_MARK(marks, list)                          \
    "EXISTS (SELECT 1 FROM generate_series(1, length(" marks \
    "), 8) AS m(at) WHERE position("                         \
    "substr(" marks ", m.at, 8) IN " list ") > 0)"
// How many were moved; $10: all are expected to be. ON CONFLICT is one probe of the key for each
// row, whatever the planner knows of the table: an UPDATE of as many rows read all of an agency's.
// `leaf` carries the new leaf and the one that the row must have, which is that of its sequence; or
// nothing, where there are no events: then the sequence must be the same. No command may be decided
// twice. A row that was not there (xmax 0) counts as not moved.
#define PINTU_MOVE \
    "WITH moved AS (INSERT INTO cases AS c (agency, case_id, opened, leaf, closed, timer_due, " \
    "lookup_list, shown, page_list, command_list) SELECT $1, n.case_id, 0, n.leaves, "         \
    "coalesce(n.closed, false), n.timer_due, coalesce(n.lookup_list, ''), n.shown, "           \
    "CASE WHEN n.parts = '' THEN '' ELSE "                                                     \
    "(SELECT int8send(currval('page_numbers'))) || n.parts END, coalesce(n.marks, '') "        \
    "FROM (SELECT unnest($2) AS case_id, unnest($3) AS leaves, unnest($4) AS closed, "         \
    "unnest($5) AS timer_due, unnest($6) AS lookup_list, unnest($7) AS shown, "                \
    "unnest($8) AS parts, unnest($9) AS marks) AS n "                                          \
    "ON CONFLICT (agency, case_id) DO UPDATE SET leaf = CASE WHEN excluded.leaf = '' "         \
    "THEN c.leaf ELSE substr(excluded.leaf, 1, 32) END, "                                      \
    "closed = excluded.closed, timer_due = excluded.timer_due, "                               \
    "lookup_list = excluded.lookup_list, shown = excluded.shown, "                             \
    "page_list = c.page_list || excluded.page_list, "                                          \
    "command_list = c.command_list || excluded.command_list "                                  \
    "WHERE CASE WHEN excluded.leaf = '' THEN "                                                 \
    PINTU_SEQUENCE_OF(c) " = " PINTU_SEQUENCE_OF(excluded)                                     \
    " ELSE c.leaf = substr(excluded.leaf, 33) END AND "                                        \
    "CASE length(excluded.command_list) WHEN 0 THEN true "                                     \
    "WHEN 8 THEN position(excluded.command_list IN c.command_list) = 0 "                       \
    "ELSE NOT " PINTU_ANY_MARK("excluded.command_list", "c.command_list") " END AND "          \
    "c.lookup_list "
#define PINTU_MOVED                                                                           \
    " excluded.lookup_list RETURNING c.xmax <> '0' AS moved) SELECT count(*), " PINTU_EXPECT( \
        "$10", "count(*) = cardinality($2)") " FROM moved WHERE moved"
// Those whose lookups stay; whoever moved fewer than it sent asks for the others.
constexpr const char* kMoveCases = PINTU_MOVE "=" PINTU_MOVED;
constexpr const char* kMoveChanged = PINTU_MOVE "<>" PINTU_MOVED;
#undef PINTU_MOVE
#undef PINTU_MOVED
// Commands on cases that do not move. How many cases had one of them already; $4: none may.
#define PINTU_MARKS "($3)[array_position($2, c.case_id)]"
constexpr const char* kMark =
    "WITH marked AS (UPDATE cases c SET command_list = c.command_list || " PINTU_MARKS
    " WHERE c.agency = $1 AND c.case_id = ANY ($2) RETURNING " PINTU_MARKS
    " AS marks, c.command_list AS list) SELECT count(*), " PINTU_EXPECT(
        "$4", "count(*) = 0") " FROM marked WHERE " PINTU_ANY_MARK("marked.marks",
                                                                   "substr(marked.list, 1, "
                                                                   "length(marked.list) - "
                                                                   "length(marked.marks))");
#undef PINTU_MARKS
#undef PINTU_ANY_MARK
#undef PINTU_EXPECT
constexpr const char* kFormerLookups =
    "SELECT c.case_id, c.opened, c.lookup_list FROM unnest($2) AS n(case_id) CROSS JOIN LATERAL "
    "(SELECT k.case_id, k.opened, k.lookup_list FROM cases k WHERE k.agency = $1 AND "
    "k.case_id = n.case_id OFFSET 0) AS c";
constexpr const char* kAddTrackings =
    "INSERT INTO trackings (agency, tracking_key, tracking_id, case_id) SELECT $1, unnest($2), "
    "unnest($3), unnest($4)";
constexpr const char* kOpenPersonal =
    "INSERT INTO personal (agency, case_id, sequence, key, value_list, intake_list) SELECT $1, "
    "unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)";
constexpr const char* kAddPersonal =
    "INSERT INTO personal (agency, case_id, sequence, key, value_list, intake_list) SELECT $1, "
    "unnest($2), unnest($3), unnest($4), unnest($5), unnest($6) ON CONFLICT (agency, case_id, "
    "sequence) DO UPDATE SET key = personal.key || excluded.key, value_list = "
    "personal.value_list || excluded.value_list, intake_list = personal.intake_list || "
    "excluded.intake_list";
constexpr const char* kTakeIn =
    "INSERT INTO intake (agency, key, case_id, tracking_id, content) SELECT $1, unnest($2), "
    "unnest($3), unnest($4), unnest($5)";
constexpr const char* kQueueEffects =
    "INSERT INTO outbox (agency, effect_key, next_at, effect) "
    "SELECT $1, n.effect_key, 0, n.effect FROM unnest($2, $3) AS n(effect_key, effect) "
    "ON CONFLICT (agency, effect_key) DO NOTHING";
constexpr const char* kSettleEffects =
    "DELETE FROM outbox o USING unnest($2) AS n(effect_key) CROSS JOIN LATERAL (SELECT k.ctid AS "
    "at FROM outbox k WHERE k.agency = $1 AND k.effect_key = n.effect_key OFFSET 0) AS found "
    "WHERE o.agency = $1 AND o.ctid = found.at";
constexpr const char* kDeferEffects =
    "UPDATE outbox o SET next_at = n.until, attempts = n.attempts, slotted = n.slotted, "
    "reached_list = n.reached_list, why = n.why, dead = n.dead "
    "FROM unnest($2, $3, $4, $5, $6, $7, $8) AS "
    "n(effect_key, until, attempts, slotted, reached_list, why, dead) "
    "CROSS JOIN LATERAL (SELECT k.ctid AS at FROM outbox k WHERE k.agency = $1 AND "
    "k.effect_key = n.effect_key OFFSET 0) AS found WHERE o.agency = $1 AND o.ctid = found.at";
constexpr const char* kRetryEffect =
    "UPDATE outbox o SET next_at = $3, attempts = 0, slotted = false, why = '', dead = false "
    "WHERE o.agency = $1 AND o.effect_key = $2 RETURNING o.effect_key";
#define PINTU_BY_ROW(command)                                                          \
    "EXISTS (SELECT 1 FROM outcomes o WHERE o.agency = $1 AND o.command_id = " command \
    ".command_id)"
#define PINTU_BY_MARK(command)                                                   \
    "EXISTS (SELECT 1 FROM cases k WHERE k.agency = $1 AND k.case_id = " command \
    ".case_id AND position(substr(sha256(convert_to(" command                    \
    ".command_id, 'UTF8')), 1, 8) IN k.command_list) > 0)"
constexpr const char* kQueueCommands =
    "INSERT INTO commands (agency, command_id, case_id, submitted_at, body) "
    "SELECT $1, n.* FROM unnest($2, $3, $4, $5) AS n(command_id, case_id, submitted_at, body) "
    "WHERE NOT " PINTU_BY_ROW("n") " AND NOT " PINTU_BY_MARK(
        "n") " ON CONFLICT (agency, command_id) DO NOTHING";
// An id that was decided while it was submitted again.
constexpr const char* kDropDecided =
    "DELETE FROM commands q WHERE q.agency = $1 AND q.command_id = $2 AND (" PINTU_BY_ROW(
        "q") " OR " PINTU_BY_MARK("q") ")";
#undef PINTU_BY_ROW
#undef PINTU_BY_MARK
// Most commands were never in the queue: where it is empty none is looked for.
constexpr const char* kTakeCommands =
    "DELETE FROM commands q USING unnest($2) AS n(command_id) CROSS JOIN LATERAL (SELECT k.ctid AS "
    "at FROM commands k WHERE k.agency = $1 AND k.command_id = n.command_id OFFSET 0) AS found "
    "WHERE q.agency = $1 AND q.ctid = found.at AND "
    "(SELECT EXISTS (SELECT 1 FROM commands w WHERE w.agency = $1))";
constexpr const char* kKeepOutcomes =
    "INSERT INTO outcomes (agency, command_id, outcome) SELECT $1, unnest($2), unnest($3)";
// A known one: once more, and the rest as it is now.
constexpr const char* kReport =
    "INSERT INTO incidents (agency, id, case_id, at, times, what, subject, code, arg_list, "
    "command, "
    "open) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (agency, id) DO "
    "UPDATE "
    "SET case_id = excluded.case_id, at = excluded.at, times = incidents.times + excluded.times, "
    "what = excluded.what, subject = excluded.subject, code = excluded.code, "
    "arg_list = excluded.arg_list, command = excluded.command, open = excluded.open";
// Of cases that are new.
constexpr const char* kOpenLookups =
    "INSERT INTO lookups (agency, attribute, value, received_at, case_id, opened, lat_udeg, "
    "lon_udeg) SELECT $1, n.attribute, n.value, n.received_at, n.case_id, c.opened, n.lat_udeg, "
    "n.lon_udeg FROM unnest($2, $3, $4, $5, $6, $7) AS n(attribute, value, received_at, case_id, "
    "lat_udeg, lon_udeg) CROSS JOIN LATERAL (SELECT k.opened FROM cases k WHERE k.agency = $1 AND "
    "k.case_id = n.case_id OFFSET 0) AS c";
constexpr const char* kAddLookups =
    "INSERT INTO lookups (agency, attribute, value, received_at, case_id, opened, lat_udeg, "
    "lon_udeg) SELECT $1, unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), "
    "unnest($7), unnest($8)";
constexpr const char* kDropLookups =
    "DELETE FROM lookups l USING unnest($2, $3, $4, $5) AS n(attribute, value, received_at, "
    "case_id) WHERE l.agency = $1 AND l.attribute = n.attribute AND l.value = n.value AND "
    "l.received_at = n.received_at AND l.case_id = n.case_id";
// Of each kind of work what it is due from now on. Never waits: whoever holds the row looks again
// after its commit, or the sweep does (kSweep).
constexpr const char* kWake =
    "WITH later AS MATERIALIZED (SELECT a.work, n.due FROM unnest($2, $3) AS n(work, due) "
    "JOIN agenda a ON a.agency = $1 AND a.work = n.work AND a.due > n.due "
    "FOR UPDATE OF a SKIP LOCKED) "
    "UPDATE agenda a SET due = l.due, touched = clock_timestamp() FROM later l "
    "WHERE a.agency = $1 AND a.work = l.work";

// --- an agency that is met first ---

// 4 of them where it was met before. Looked at first: an insert would wait for whoever has a row.
constexpr const char* kMet =
    "SELECT count(*) FROM agenda a JOIN logs l ON l.agency = $1 WHERE a.agency = $1";
constexpr const char* kMeetWork =
    "INSERT INTO agenda (agency, work, due) SELECT $1, n.work, 9223372036854775807 "
    "FROM generate_series(0, 3) AS n(work) ON CONFLICT (agency, work) DO NOTHING";
constexpr const char* kMeetLog =
    "INSERT INTO logs (agency, size, nodes, xid, id, cluster) SELECT $1, 0, '', '0', 0, "
    "s.system_identifier::text FROM pg_control_system() s ON CONFLICT (agency) DO NOTHING";

// --- a command that somebody gives ---

// Nothing where somebody has the row: the turn that ends there may not have seen the command.
constexpr const char* kCall =
    "WITH free AS MATERIALIZED (SELECT a.work FROM agenda a WHERE a.agency = $1 AND a.work = 0 "
    "FOR UPDATE SKIP LOCKED) "
    "UPDATE agenda a SET due = 0, touched = clock_timestamp() FROM free f WHERE a.agency = $1 AND "
    "a.work = f.work RETURNING 1";
constexpr const char* kNotify = "SELECT pg_notify('pintu', '')";

// --- definitions that come into force ---

// From the beginning; who is at it has lost its turn.
constexpr const char* kFollowAnew =
    "UPDATE agenda a SET due = 0, turned = 0, token = greatest(a.token + 1, "
    "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint), node = '', until = '-infinity', "
    "touched = clock_timestamp(), memo = '' WHERE a.agency = $1 AND a.work = 2";

// --- an erasure ---

constexpr const char* kIntakeOf =
    "SELECT p.intake_list FROM personal p WHERE p.agency = $1 AND p.case_id = ANY ($2) AND "
    "p.intake_list <> ''";
constexpr const char* kForgetIntake =
    "DELETE FROM intake i WHERE i.agency = $1 AND i.key = ANY ($2) AND i.case_id = ANY ($3)";
constexpr const char* kForgetPersonal =
    "DELETE FROM personal p WHERE p.agency = $1 AND p.case_id = ANY ($2)";
// A command may hold what somebody wrote.
constexpr const char* kForgetIncidents =
    "UPDATE incidents t SET command = '' WHERE t.agency = $1 AND t.case_id = ANY ($2) AND "
    "t.command <> ''";

// --- the end of a turn: what the agency has to do is looked at anew ---

// $2 memo, $3 how long it goes on, in milliseconds.
#define PINTU_END_TURN(work, due)                                                                \
    "UPDATE agenda a SET memo = $2, touched = clock_timestamp(), until = CASE WHEN $3 > 0 THEN " \
    "clock_timestamp() + $3 * interval '1 millisecond' ELSE '-infinity' END, due = " due         \
    " WHERE a.agency = $1 AND a.work = " work
#define PINTU_DUE_DECIDE                                                                    \
    "CASE WHEN EXISTS (SELECT 1 FROM commands q WHERE q.agency = $1) THEN 0 ELSE coalesce(" \
    "(SELECT c.timer_due FROM cases c WHERE c.agency = $1 AND c.timer_due IS NOT NULL "     \
    "ORDER BY c.timer_due LIMIT 1), 9223372036854775807) END"
#define PINTU_DUE_SEND                                                                           \
    "coalesce((SELECT o.next_at FROM outbox o WHERE o.agency = $1 ORDER BY o.next_at LIMIT 1), " \
    "9223372036854775807)"
constexpr const char* kEndDecide = PINTU_END_TURN("0", PINTU_DUE_DECIDE);
constexpr const char* kEndSend = PINTU_END_TURN("1", PINTU_DUE_SEND);
// $4: there is no more to follow.
constexpr const char* kEndFollow =
    PINTU_END_TURN("2", "CASE WHEN $4 THEN 9223372036854775807 ELSE 0 END");

// --- claims ---

// A token never comes twice, though the claim does not wait for the disk: were it lost with the
// server, the clock has gone on by the next one. A commit asks for its own token, not for one that
// is at least as new.
constexpr const char* kClaim =
    "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)), "
    "free AS MATERIALIZED (SELECT a.work FROM agenda a WHERE a.agency = $1 AND a.work = $2 AND "
    "a.due <= $3 AND a.until <= clock_timestamp() FOR UPDATE SKIP LOCKED) "
    "UPDATE agenda a SET token = greatest(a.token + 1, "
    "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint), node = $4, turned = $3, "
    "until = clock_timestamp() + $5 * interval '1 millisecond' FROM free, quick "
    "WHERE a.agency = $1 AND a.work = free.work RETURNING a.token, a.memo";
constexpr const char* kDueTimers = "SELECT c.case_id, c.agency, c.timer_due, " PINTU_SHOWN_TIMER
                                   " FROM cases c WHERE c.agency = $1 AND "
                                   "c.timer_due <= $2 ORDER BY c.timer_due, c.case_id LIMIT $3";
constexpr const char* kWaitingCommands =
    "SELECT q.command_id, q.agency, q.case_id, q.submitted_at, q.body FROM commands q "
    "WHERE q.agency = $1 ORDER BY q.id LIMIT $2";
constexpr const char* kWaitingEffects =
    "SELECT o.effect_key, o.effect, o.attempts, o.slotted, o.reached_list FROM outbox o "
    "WHERE o.agency = $1 AND "
    "o.next_at <= $2 ORDER BY o.next_at, o.id LIMIT $3";
// Work that was missed while a turn ended. Only lowers, and passes over rows that somebody has:
// what it misses itself is found next time.
constexpr const char* kSweep =
    "WITH later AS MATERIALIZED (SELECT a.work, n.due FROM (SELECT 0 AS work, " PINTU_DUE_DECIDE
    " AS due UNION ALL SELECT 1, " PINTU_DUE_SEND
    " UNION ALL SELECT 3, CASE WHEN EXISTS (SELECT 1 FROM pages p JOIN logs l ON l.agency = $1 "
    "WHERE p.agency = $1 AND (p.xid, p.id) > (l.xid, l.id)) THEN 0 ELSE 9223372036854775807 END) "
    "AS n JOIN agenda a ON a.agency = $1 AND a.work = n.work AND a.due > n.due "
    "FOR UPDATE OF a SKIP LOCKED) "
    "UPDATE agenda a SET due = l.due, touched = clock_timestamp() FROM later l "
    "WHERE a.agency = $1 AND a.work = l.work";
#undef PINTU_END_TURN
#undef PINTU_DUE_DECIDE
#undef PINTU_DUE_SEND

// --- reads ---

constexpr const char* kLoadCases =
    "SELECT c.case_id, c.leaf, c.page_list, c.sequence FROM unnest($2) AS n(case_id) "
    "CROSS JOIN LATERAL (SELECT k.case_id, k.leaf, k.page_list, "
    PINTU_SEQUENCE_OF(k) " AS sequence FROM cases k "
    "WHERE k.agency = $1 AND k.case_id = n.case_id OFFSET 0) AS c";
constexpr const char* kLoadPages =
    "SELECT p.id, p.bytes FROM unnest($2) AS n(id) CROSS JOIN LATERAL (SELECT k.id, k.bytes FROM "
    "pages k WHERE k.agency = $1 AND k.id = n.id OFFSET 0) AS p";
constexpr const char* kLoadKeys =
    "SELECT p.case_id, p.key FROM unnest($2) AS n(case_id) CROSS JOIN LATERAL (SELECT k.case_id, "
    "k.key FROM personal k WHERE k.agency = $1 AND k.case_id = n.case_id AND k.key <> '' OFFSET 0) "
    "AS p";
constexpr const char* kFindIntake =
    "SELECT i.key, i.case_id, i.tracking_id, i.content FROM unnest($2) AS n(key) CROSS JOIN "
    "LATERAL "
    "(SELECT k.key, k.case_id, k.tracking_id, k.content FROM intake k WHERE k.agency = $1 AND "
    "k.key = n.key OFFSET 0) AS i";
constexpr const char* kFindOutcomes =
    "SELECT o.command_id, o.outcome FROM unnest($2) AS n(command_id) CROSS JOIN LATERAL (SELECT "
    "k.command_id, k.outcome FROM outcomes k WHERE k.agency = $1 AND k.command_id = n.command_id "
    "OFFSET 0) AS o";
constexpr const char* kMarksOf =
    "SELECT c.case_id, c.command_list FROM unnest($2) AS n(case_id) CROSS JOIN LATERAL (SELECT "
    "k.case_id, k.command_list FROM cases k WHERE k.agency = $1 AND k.case_id = n.case_id AND "
    "k.command_list <> '' OFFSET 0) AS c";
constexpr const char* kLogSize = "SELECT l.size FROM logs l WHERE l.agency = $1";
constexpr const char* kPrior =
    "SELECT k.case_id, k.lat_udeg, k.lon_udeg FROM lookups k WHERE k.agency = $1 AND "
    "k.attribute = $2 AND k.value = $3 AND k.received_at BETWEEN $4 AND $5 AND k.case_id <> $6 AND "
    "($7 IS NULL OR (k.lat_udeg BETWEEN $7 AND $8 AND k.lon_udeg BETWEEN $9 AND $10)) "
    "ORDER BY k.opened";

// --- after a conflict, or a COMMIT without an answer ---

constexpr const char* kLastOf =
    "SELECT c.case_id, c.sequence, c.leaf FROM unnest($2) AS n(case_id) CROSS JOIN LATERAL (SELECT "
    "k.case_id, " PINTU_SEQUENCE_OF(k) " AS sequence, k.leaf FROM cases k WHERE "
    "k.agency = $1 AND k.case_id = n.case_id "
    "OFFSET 0) AS c";
// How many of the rows are there as they were to be written. No two commits have the same leaves:
// what is the same event would move its case twice. $3: no transaction before it wrote them.
constexpr const char* kPagesKept =
    "SELECT count(*) FROM pages p WHERE p.agency = $1 AND p.xid >= $3::xid8 AND p.leaves = ANY "
    "($2)";
constexpr const char* kOutcomesKept =
    "SELECT count(*) FROM unnest($2, $3) AS n(command_id, outcome) CROSS JOIN LATERAL (SELECT "
    "k.outcome FROM outcomes k WHERE k.agency = $1 AND k.command_id = n.command_id OFFSET 0) AS o "
    "WHERE o.outcome = n.outcome";
constexpr const char* kIntakeKept =
    "SELECT count(*) FROM unnest($2, $3) AS n(key, case_id) CROSS JOIN LATERAL (SELECT k.case_id "
    "FROM intake k WHERE k.agency = $1 AND k.key = n.key OFFSET 0) AS i "
    "WHERE i.case_id = n.case_id";
constexpr const char* kEndedTurn =
    "SELECT 1 FROM agenda a WHERE a.agency = $1 AND a.work = $2 AND a.token = $3 AND "
    "a.until = '-infinity'";
// "in progress", "committed", "aborted", or nothing where it is too old.
constexpr const char* kStatusOf = "SELECT pg_xact_status($1::xid8)";
// A session, and of which instance of the server: process ids come again. Nothing that it sent will
// come to pass once it is not there any more.
constexpr const char* kSession =
    "SELECT pg_backend_pid(), pg_snapshot_xmin(pg_current_snapshot()), coalesce((SELECT "
    "(extract(epoch FROM s.backend_start) * 1000000)::bigint FROM pg_stat_activity s WHERE "
    "s.pid = pg_backend_pid()), 0)";
// One that waits for the standby is left alone: ended, it would show what the standby has not.
constexpr const char* kEndSession =
    "SELECT CASE WHEN s.wait_event IS DISTINCT FROM 'SyncRep' THEN pg_terminate_backend(s.pid) END "
    "FROM pg_stat_activity s WHERE s.pid = $1 AND "
    "(extract(epoch FROM s.backend_start) * 1000000)::bigint = $2";
constexpr const char* kVouch = "SELECT pg_logical_emit_message(true, 'pintu', '')";

// --- the log's sequencer ---

constexpr const char* kLockLog =
    "SELECT l.size, l.nodes, l.xid, l.id, l.cluster = (SELECT s.system_identifier::text FROM "
    "pg_control_system() s), set_config('synchronous_commit', 'off', true) FROM logs l "
    "WHERE l.agency = $1 FOR UPDATE OF l SKIP LOCKED";
// Nothing of a transaction that may still commit is passed over: all below xmin are over.
constexpr const char* kUnplaced =
    "SELECT p.id, p.leaves, p.xid FROM pages p WHERE p.agency = $1 AND (p.xid, p.id) > "
    "($2::xid8, $3) AND p.xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY p.xid, p.id "
    "LIMIT $4";
constexpr const char* kPlace =
    "INSERT INTO entries (agency, position, page) SELECT $1, unnest($2), unnest($3)";
constexpr const char* kAddRoot = "INSERT INTO roots (agency, size, root) VALUES ($1, $2, $3)";
constexpr const char* kAdvanceLog =
    "UPDATE logs l SET size = $2, nodes = $3, xid = $4::xid8, id = $5 WHERE l.agency = $1";
constexpr const char* kEndSequence =
    "UPDATE agenda a SET touched = clock_timestamp(), due = CASE WHEN EXISTS (SELECT 1 FROM "
    "pages p WHERE p.agency = $1 AND (p.xid, p.id) > ($2::xid8, $3)) THEN 0 "
    "ELSE 9223372036854775807 END WHERE a.agency = $1 AND a.work = 3";

struct Statement {
    const char* name;
    const char* text;
};

constexpr Statement kHot[] = {
    {"HoldTurn", kHoldTurn},
    {"Append", kAppend},
    {"OpenCases", kOpenCases},
    {"MoveCases", kMoveCases},
    {"MoveChanged", kMoveChanged},
    {"Mark", kMark},
    {"FormerLookups", kFormerLookups},
    {"AddTrackings", kAddTrackings},
    {"OpenPersonal", kOpenPersonal},
    {"AddPersonal", kAddPersonal},
    {"TakeIn", kTakeIn},
    {"QueueEffects", kQueueEffects},
    {"SettleEffects", kSettleEffects},
    {"DeferEffects", kDeferEffects},
    {"QueueCommands", kQueueCommands},
    {"DropDecided", kDropDecided},
    {"TakeCommands", kTakeCommands},
    {"KeepOutcomes", kKeepOutcomes},
    {"Report", kReport},
    {"OpenLookups", kOpenLookups},
    {"AddLookups", kAddLookups},
    {"DropLookups", kDropLookups},
    {"Wake", kWake},
    {"Met", kMet},
    {"MeetWork", kMeetWork},
    {"MeetLog", kMeetLog},
    {"Call", kCall},
    {"FollowAnew", kFollowAnew},
    {"IntakeOf", kIntakeOf},
    {"ForgetIntake", kForgetIntake},
    {"ForgetPersonal", kForgetPersonal},
    {"ForgetIncidents", kForgetIncidents},
    {"EndDecide", kEndDecide},
    {"EndSend", kEndSend},
    {"EndFollow", kEndFollow},
    {"Claim", kClaim},
    {"DueTimers", kDueTimers},
    {"WaitingCommands", kWaitingCommands},
    {"WaitingEffects", kWaitingEffects},
    {"Sweep", kSweep},
    {"LoadCases", kLoadCases},
    {"LoadPages", kLoadPages},
    {"LoadKeys", kLoadKeys},
    {"FindIntake", kFindIntake},
    {"FindOutcomes", kFindOutcomes},
    {"MarksOf", kMarksOf},
    {"LogSize", kLogSize},
    {"Prior", kPrior},
    {"LastOf", kLastOf},
    {"PagesKept", kPagesKept},
    {"OutcomesKept", kOutcomesKept},
    {"IntakeKept", kIntakeKept},
    {"EndedTurn", kEndedTurn},
    {"LockLog", kLockLog},
    {"Unplaced", kUnplaced},
    {"Place", kPlace},
    {"AddRoot", kAddRoot},
    {"AdvanceLog", kAdvanceLog},
    {"EndSequence", kEndSequence},
};

// --- polls: they read one small table, of a few rows for each agency, and lock nothing. Over
// several machines each is asked, or the node asks for the agencies that it serves. ---

constexpr const char* kPoll =
    "SELECT a.agency FROM agenda a WHERE a.work = $1 AND a.due <= $2 AND "
    "a.until <= clock_timestamp() ORDER BY greatest(a.due, a.turned), a.agency LIMIT 8";
constexpr const char* kPollLogs =
    "SELECT a.agency FROM agenda a WHERE a.work = 3 AND a.due <= 0 ORDER BY a.touched LIMIT 16";
// Agencies whose agenda changed within the last seconds: longer than a commit takes.
constexpr const char* kPollTouched =
    "SELECT DISTINCT a.agency FROM agenda a WHERE a.touched > "
    "clock_timestamp() - interval '12 seconds'";
constexpr const char* kPollNext =
    "SELECT l.agency FROM logs l WHERE l.agency > $1 ORDER BY l.agency LIMIT $2";
constexpr const char* kInForce = "SELECT n.value FROM notes n WHERE n.name = 'in_force'";

constexpr Statement kPolls[] = {
    {"Poll", kPoll},         {"PollLogs", kPollLogs}, {"PollTouched", kPollTouched},
    {"PollNext", kPollNext}, {"InForce", kInForce},
};

}  // namespace pintu::postgres::sql
