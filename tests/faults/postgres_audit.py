"""Who wrote under which turn: triggers in the test's database write down every taking and ending of
a turn and every append, with the process that made it and the transaction it was part of. From
that, without believing the store: was anything written under a turn that was in other hands?

A process is told by its application_name: nodes are called node-..., everything else comes without
a turn (intake, commands of people).
"""
from postgres_world import expect

INSTALL = """
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO PUBLIC;
CREATE TABLE audit.turns (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, xid xid8 NOT NULL,
    who text NOT NULL, agency text NOT NULL, work int NOT NULL,
    old_token bigint NOT NULL, new_token bigint NOT NULL, until timestamptz NOT NULL);
CREATE INDEX ON audit.turns (agency, work, new_token);
CREATE INDEX ON audit.turns (xid);
CREATE TABLE audit.appends (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, xid xid8 NOT NULL,
    who text NOT NULL, agency text NOT NULL, pages bigint NOT NULL);
CREATE FUNCTION audit.of_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO audit.turns (at, xid, who, agency, work, old_token, new_token, until)
    VALUES (clock_timestamp(), pg_current_xact_id(), current_setting('application_name'),
            NEW.agency, NEW.work, OLD.token, NEW.token, OLD.until);
    RETURN NULL;
END $$;
CREATE FUNCTION audit.of_append() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    INSERT INTO audit.appends (at, xid, who, agency, pages)
    SELECT clock_timestamp(), pg_current_xact_id(), current_setting('application_name'),
           agency, count(*)
    FROM fresh GROUP BY agency;
    RETURN NULL;
END $$;
CREATE TRIGGER audit AFTER UPDATE ON agenda FOR EACH ROW
    WHEN (OLD.token <> NEW.token OR OLD.until IS DISTINCT FROM NEW.until)
    EXECUTE FUNCTION audit.of_turn();
CREATE TRIGGER audit AFTER INSERT ON pages REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION audit.of_append();
"""

# A turn that was ended, or gone on with, by another process than the one that had taken it.
FOREIGN = """
SELECT e.agency, e.work, e.new_token, e.who, t.who AS holder FROM audit.turns e
LEFT JOIN audit.turns t
  ON (t.agency, t.work, t.new_token) = (e.agency, e.work, e.new_token)
  AND t.old_token <> t.new_token
WHERE e.old_token = e.new_token AND e.who LIKE 'node-%' AND e.who IS DISTINCT FROM t.who
"""
# What a node appended in a transaction that neither took nor ended a turn of that agency.
LOOSE = """
SELECT a.agency, a.who, a.xid, a.pages FROM audit.appends a
WHERE a.who LIKE 'node-%' AND NOT EXISTS (
  SELECT FROM audit.turns t WHERE (t.xid, t.agency, t.who) = (a.xid, a.agency, a.who))
"""
# A turn that was taken from somebody whose time was not over (publishing ends turns at `follow`).
EARLY = """
SELECT agency, work, new_token, who, until - at FROM audit.turns
WHERE old_token <> new_token AND until > at AND who LIKE 'node-%' AND work <> 2
"""
BACKWARDS = "SELECT agency, work, old_token, new_token FROM audit.turns WHERE new_token < old_token"


def install(cluster):
    cluster.script(INSTALL)


def stale_writes(cluster):
    return [row for query in (FOREIGN, LOOSE, EARLY, BACKWARDS) for row in cluster.sql(query)]


def turns(cluster):
    return int(cluster.value("SELECT count(*) FROM audit.turns WHERE old_token <> new_token"))


def must_be_fenced(cluster):
    stale = stale_writes(cluster)
    expect(not stale, f"{len(stale)} writes under a turn in other hands: {stale[:5]}")
    taken = turns(cluster)
    expect(taken > 0, "no turn was taken: the audit saw nothing")
    return taken


# A node that was stopped, and does what a store without fencing would let it do.
STALE_WRITE = """
BEGIN;
SET LOCAL application_name = 'node-stale';
{write};
SELECT count(*) FROM ({query}) AS seen;
ROLLBACK;
"""


def must_be_able_to_fail(cluster):
    """Writes of that kind, made by hand and rolled back, are each found."""
    agency, work = cluster.sql("SELECT agency, work FROM agenda WHERE token > 0 AND work < 2 LIMIT 1")[0]
    ends = f"UPDATE agenda SET until = now() - interval '1 hour' WHERE (agency, work) = " \
           f"('{agency}', {work})"
    appends = f"INSERT INTO pages (agency, id, leaves, bytes) VALUES ('{agency}', 1, '', '')"
    early = f"UPDATE agenda SET until = now() + interval '1 hour' WHERE (agency, work) = " \
            f"('{agency}', {work}); UPDATE agenda SET token = token + 1 WHERE (agency, work) = " \
            f"('{agency}', {work})"
    for write, query in ((ends, FOREIGN), (appends, LOOSE), (early, EARLY)):
        found = cluster.value(STALE_WRITE.format(write=write, query=query))
        expect(int(found) > 0, f"the audit does not see: {write}")
