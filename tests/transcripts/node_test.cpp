// `pintu run` as processes: what nodes say, whom they tell, what they follow and what they bear.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/cluster.hpp"
#include "tests/support/files.hpp"
#include "tests/transcripts/sandbox.hpp"

namespace pintu::testing {
namespace {

namespace json = boost::json;

// Reports of the year, as if they came in now.
constexpr const char* kReports =
    "head -n 60 examples/laporan/kaltim-2026.jsonl | sed -E 's/\"received_at\":\"[^\"]*\",//' "
    "> laporan.jsonl";

// Waits in the sandbox until a command succeeds.
void until(Sandbox& sandbox, const std::string& command) {
    const auto ran = sandbox.run("for i in $(seq 900); do if " + command +
                                 "; then exit 0; fi; sleep 0.1; done; exit 1");
    ASSERT_EQ(ran.exit, 0) << command << "\n" << ran.output;
}

// Starts a node in the background; its messages go to NAME.log, its number to NAME.pid.
void start(Sandbox& sandbox, const std::string& name, const std::string& words,
           const std::string& environment = "") {
    sandbox.run(environment + " pintu " + words + " run --node " + name + " --log-format json 2> " +
                name + ".log & echo $! > " + name + ".pid");
    until(sandbox, "grep -qs CL094 " + name + ".log");
}

// Everything of the reports that is about a person.
std::set<std::string> personal_values(const std::string& lines) {
    std::set<std::string> values;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        const auto report = json::parse(line).as_object();
        for (const char* name : {"isi", "judul", "external_id"})
            if (const auto* value = report.if_contains(name); value && value->is_string())
                values.insert(std::string(value->as_string()));
        if (const auto* reporter = report.if_contains("reporter"); reporter)
            for (const auto& member : reporter->as_object())
                if (member.value().is_string())
                    values.insert(std::string(member.value().as_string()));
    }
    return values;
}

TEST(Node, tells_its_operators_much_and_nothing_of_a_person) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(kReports);
    start(sandbox, "satu", "--lang en", "true;");
    sandbox.run("kill $(cat satu.pid); mv satu.log awal.log");
    // A channel that cannot take anything has to be told of for each effect.
    sandbox.run(
        "pintu run --node dua --outbox /dev/full --metrics unix:m.sock --log-format json "
        "2> dua.log & echo $! > dua.pid");
    until(sandbox, "grep -qs CL094 dua.log");
    const auto taken = sandbox.run("pintu intake laporan.jsonl 2>&1 | tail -1");
    until(sandbox, "grep -q RT028 dua.log");
    sandbox.run(
        "ID=$(pintu -o csv case list | sed -n 2p | cut -d, -f1); pintu case act $ID komentar "
        "--as pelapor --answer isi='rahasia saya'");
    sandbox.run("echo rusak >> rules/nasional/disposisi.rules");
    until(sandbox, "grep -q CL091 dua.log && grep -q CL137 dua.log");
    const std::string log = sandbox.run("cat awal.log dua.log").output;
    const std::string scraped =
        sandbox.run("curl -s --unix-socket m.sock http://pintu/metrics").output;
    ASSERT_NE(scraped.find("pintu_effects_total{outcome=\"later\"} "), std::string::npos)
        << scraped;
    EXPECT_EQ(scraped.find("pintu_effects_total{outcome=\"later\"} 0\n"), std::string::npos);
    auto values = personal_values(sandbox.run("cat laporan.jsonl").output);
    ASSERT_GT(values.size(), 100U);
    values.insert("rahasia saya");
    for (const auto& value : values) {
        if (value.size() < 5) continue;
        EXPECT_EQ(log.find(value), std::string::npos) << value;
        EXPECT_EQ(scraped.find(value), std::string::npos) << value;
    }
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const auto object = json::parse(line).as_object();
        for (const char* name : {"ts", "level", "node", "code", "args", "message"})
            EXPECT_TRUE(object.contains(name)) << line;
    }
}

TEST(Node, tells_systemd_that_it_is_ready_alive_and_stopping) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(
        "cat > dengar.py <<'AKHIR'\n"
        "import os, socket\n"
        "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
        "s.bind('notify.sock')\n"
        "while True:\n"
        "    text = s.recv(4096).decode()\n"
        "    open('didengar', 'a').write(text + '\\n')\n"
        "AKHIR\n"
        "python3 dengar.py & until test -S notify.sock; do sleep 0.1; done");
    start(sandbox, "satu", "", "NOTIFY_SOCKET=$PWD/notify.sock WATCHDOG_USEC=400000");
    until(sandbox, "test $(grep -c WATCHDOG=1 didengar) -ge 3");
    EXPECT_EQ(sandbox.run("head -1 didengar").output, "READY=1\n");
    sandbox.run("kill -STOP $(cat satu.pid); sleep 0.3; cp didengar saat-berhenti; sleep 1");
    EXPECT_EQ(sandbox.run("cmp didengar saat-berhenti").exit, 0) << "who stands still is not alive";
    sandbox.run("kill -CONT $(cat satu.pid); kill -TERM $(cat satu.pid)");
    until(sandbox, "grep -q STOPPING=1 didengar");
}

TEST(Node, two_on_one_file_take_turns_and_send_each_effect_once) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(kReports);
    start(sandbox, "satu", "");
    start(sandbox, "dua", "");
    sandbox.run("pintu intake laporan.jsonl > /dev/null 2>&1; kill -KILL $(cat satu.pid)");
    until(sandbox, "test $(pintu -o csv db status | tr -d '\\r' | grep -c '^effects,0') = 1");
    const auto keys = sandbox.run(
        "cut -d, -f1 var/pintu.db.outbox.jsonl | sort | uniq -d | wc -l; "
        "test $(wc -l < var/pintu.db.outbox.jsonl) -gt 50 && echo banyak");
    EXPECT_EQ(keys.output, "0\nbanyak\n");
    EXPECT_EQ(sandbox.run("pintu history verify > /dev/null 2>&1").exit, 0);
}

TEST(Publishing, is_followed_by_other_nodes_and_older_definitions_come_back_on_purpose_only) {
    Sandbox sandbox(PINTU_BINARY);
    FreshDatabase database;
    const std::string store = "--store '" + database.address() + "'";
    start(sandbox, "satu", store);
    sandbox.run(
        "cp -r rules rules-lama; printf '# suntingan\\n' >> "
        "rules/64.09-penajam-paser-utara/disposisi.rules; mkdir lain; cp -r rules "
        "workflows lain; rm -r rules; mv rules-lama rules");
    EXPECT_EQ(sandbox.run("pintu --lang en " + store + " -C lain publish | wc -l").exit, 0);
    until(sandbox, "grep -qs CL128 satu.log");
    // The folder's were in force before: who starts there follows the store.
    sandbox.run("pintu --lang en " + store + " run --node dua 2> dua.txt & echo $! > dua.pid");
    until(sandbox, "grep -qs Ctrl-C dua.txt");
    EXPECT_NE(sandbox.run("cat dua.txt").output.find("have been replaced; this node follows"),
              std::string::npos);
    EXPECT_EQ(sandbox.run("pintu --lang en " + store + " publish 2>&1 | cut -d' ' -f3-").output,
              "are in force; all nodes follow within a second.\n");
    until(sandbox, "grep -qs 'published elsewhere' dua.txt");
}

TEST(Command, uses_the_definitions_in_force_where_its_folder_has_errors) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(kReports);
    FreshDatabase database;
    for (const std::string& store : {std::string(), " --store '" + database.address() + "'"}) {
        const std::string pintu = "pintu --lang en" + store + " ";
        EXPECT_EQ(sandbox.run(pintu + "db migrate").exit, 0);
        EXPECT_EQ(sandbox.run("head -1 laporan.jsonl | " + pintu + "intake").exit, 0);
        sandbox.run("cp -r rules lama; echo rusak >> rules/nasional/disposisi.rules");
        const auto taken = sandbox.run(pintu + "intake laporan.jsonl 2>&1");
        EXPECT_NE(taken.output.find("those in force in the store are used"), std::string::npos)
            << taken.output;
        EXPECT_NE(taken.output.find("line 2: accepted"), std::string::npos) << taken.output;
        const auto acted =
            sandbox.run("ID=$(" + pintu + "-o csv case list | sed -n 2p | cut -d, -f1); " + pintu +
                        "case act $ID komentar --as pelapor --answer isi=halo");
        EXPECT_EQ(acted.exit, 0) << acted.output;
        sandbox.run("rm -r rules; mv lama rules");
    }
}

// Bad surroundings of a PostgreSQL: what is said, and whether trying again helps.
TEST(PostgresAddress, each_trouble_has_its_own_words_and_exit_code) {
    Sandbox sandbox(PINTU_BINARY);
    FreshDatabase fresh;
    const std::string nowhere = "postgresql://pintu@127.0.0.1:1/pintu";
    const auto said = [&](const std::string& address, const std::string& words) {
        const auto ran =
            sandbox.run("pintu --lang en --store '" + address + "' " + words + " 2>&1");
        return std::to_string(ran.exit) + " " + ran.output;
    };
    EXPECT_EQ(said(nowhere, "case list").substr(0, 23), "75 The database server ");
    EXPECT_NE(said(nowhere, "run").find("cannot be reached"), std::string::npos);
    EXPECT_EQ(said("postgresql://pintu@/x?apa=1", "case list").substr(0, 20),
              "1 The store address ");
    EXPECT_NE(
        said(fresh.address_as("tersandi"), "case list").find("refused the user or the password"),
        std::string::npos);
    EXPECT_NE(said(fresh.address() + "&dbname=tidak_ada", "run").find("has no database"),
              std::string::npos);
    const std::string sql = "psql -qX '" + fresh.address() + "' -c ";
    sandbox.run(sql + "'CREATE TABLE pegawai (nama text)'");
    EXPECT_NE(said(fresh.address(), "run").find("of another program"), std::string::npos);
    sandbox.run(sql + "'DROP TABLE pegawai'");
    EXPECT_EQ(said(fresh.address(), "db migrate").substr(0, 2), "0 ");
    sandbox.run(sql + "'INSERT INTO pintu_schema VALUES (999)'");
    EXPECT_NE(said(fresh.address(), "run").find("newer Pintu (schema 999"), std::string::npos);
    const auto secret = said("postgresql://tersandi:salah99@/x?host=/nowhere", "case list");
    EXPECT_EQ(secret.find("salah99"), std::string::npos) << "a password is never shown";
}

TEST(Node, bears_a_server_that_goes_away_and_goes_on_when_it_is_back) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(kReports);
    Cluster cluster({"fsync=on"});
    FreshDatabase database(cluster);
    const std::string store = "--store '" + database.address() + "'";
    start(sandbox, "satu", store);
    EXPECT_EQ(sandbox.run("pintu " + store + " intake laporan.jsonl > /dev/null 2>&1").exit, 0);
    cluster.kill();
    until(sandbox, "grep -qs ST020 satu.log");
    EXPECT_EQ(sandbox.run("pintu " + store + " case list 2> /dev/null").exit, 75);
    cluster.up();
    until(sandbox, "grep -qs CL125 satu.log");
    until(sandbox, "test $(pintu " + store +
                       " -o csv db status | tr -d '\\r' | grep -c "
                       "'^effects,0') = 1");
    EXPECT_EQ(sandbox.run("grep -c '\"ST020\"' satu.log").output.size(), 2U)
        << "said a few times only";
    EXPECT_EQ(sandbox.run("pintu " + store + " history verify > /dev/null 2>&1").exit, 0);
    EXPECT_EQ(sandbox.run("kill $(cat satu.pid)").exit, 0);
}

TEST(Node, sends_no_more_by_a_channel_than_its_limit_allows) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(
        "for i in 1 2 3 4 5; do echo "
        "\"{\\\"channel\\\":\\\"web\\\",\\\"external_id\\\":\\\"$i\\\","
        "\\\"isi\\\":\\\"Lampu jalan nomor $i mati\\\","
        "\\\"place\\\":{\\\"region\\\":\\\"64.09.01\\\"}}\"; done > lima.jsonl");
    sandbox.run("printf 'outgoing:\\n  web:\\n    per_minute: 1\\n' > pintu.yaml");
    EXPECT_EQ(sandbox.run("pintu intake lima.jsonl 2> /dev/null | grep -c diterima").output, "5\n");
    start(sandbox, "satu", "");
    until(sandbox, "grep -qs web var/pintu.db.outbox.jsonl");
    EXPECT_EQ(
        sandbox.run("sleep 2; grep -c '\"channel\":\"web\"' var/pintu.db.outbox.jsonl").output,
        "1\n");
}

// A connector that dies at its first message and keeps those that come after.
constexpr const char* kCarrier = R"py(
import json, os, sys
def say(m): print(json.dumps(m), flush=True)
def ask(method, params):
    say({"jsonrpc": "2.0", "id": "p", "method": method, "params": params})
    return json.loads(sys.stdin.readline())
for line in sys.stdin:
    call = json.loads(line)
    result = {}
    if call["method"] == "start":
        result = {"name": "pos", "version": "1.0.0", "extensions": ["pintu.connector/1"]}
    if call["method"] == "connector.send":
        message = call["params"]
        if "error" in ask("state.get", {"key": "mati"}):
            ask("state.put", {"key": "mati", "value": "ya"})
            os.abort()
        ask("state.put", {"key": message["key"], "value": json.dumps([message["to"], message["text"]])})
    say({"jsonrpc": "2.0", "id": call["id"], "result": result})
)py";

TEST(Node, sends_by_the_plugin_that_carries_the_channel_and_loses_nothing_when_it_dies) {
    Sandbox sandbox(PINTU_BINARY);
    sandbox.run(
        "mkdir pos; printf 'plugin: pos\nversion: 1.0.0\nabi: 1\nkinds: [connector]\n"
        "command: [python3, -B, main.py]\nchannels: [sms]\npermissions: {personal: "
        "[reporter_phone]}\nend: pos\n' > pos/plugin.yaml; "
        "printf 'plugins:\n  pos: {from: pos}\n' > pintu.yaml; "
        "echo '{\"channel\":\"sms\",\"external_id\":\"a-1\",\"isi\":\"Jalan berlubang\","
        "\"place\":{\"region\":\"64.09.01\"},\"reporter\":{\"name\":\"Siti\","
        "\"phone\":\"+62811\"}}' > lapor.jsonl; cat > pos/main.py <<'EOF'" +
        std::string(kCarrier) + "EOF\n");
    EXPECT_EQ(sandbox.run("pintu intake lapor.jsonl > /dev/null 2>&1").exit, 0);
    start(sandbox, "satu", "");
    until(sandbox, "pintu -o json outbox list | grep -q '\"attempts\":1'");
    EXPECT_EQ(sandbox.run("pintu outbox list --unsent > /dev/null").exit, 1);
    EXPECT_EQ(
        sandbox.run("pintu -o json outbox list | grep -c PL0; ls var/plugins/pos/state | wc -l")
            .output,
        "0\n1\n")
        << "why is in words";
    sandbox.run("pintu outbox retry $(pintu outbox list -o csv | sed -n 's/,.*//; 2p')");
    until(sandbox, "pintu outbox list --unsent > /dev/null 2>&1");
    const auto sent = sandbox.run("grep -rh Laporan var/plugins/pos/state").output;
    EXPECT_NE(sent.find("\"phone\": \"+62811\""), std::string::npos) << sent;
    EXPECT_NE(sent.find("Laporan Anda diterima, nomor <ID1>"), std::string::npos) << sent;
    EXPECT_EQ(sent.find("Siti"), std::string::npos) << "neither named nor listed";
    EXPECT_EQ(sandbox
                  .run("test -s var/pintu.db.outbox.jsonl && grep -c sms "
                       "var/pintu.db.outbox.jsonl")
                  .exit,
              1);
    EXPECT_EQ(sandbox.run("kill $(cat satu.pid)").exit, 0);
}

// README: start two nodes, kill one, see nothing lost.
TEST(Example, two_nodes_lose_nothing_when_one_is_killed) {
    Sandbox sandbox(PINTU_BINARY);
    const auto ran =
        sandbox.run("bash examples/two-nodes.sh \"$(command -v pintu)\" 60 2> /dev/null | tail -2");
    EXPECT_EQ(ran.output, "histories hold\nnothing was lost, and nothing was done twice\n");
}

TEST(UnitFile, is_one_that_systemd_takes) {
    Sandbox sandbox(PINTU_BINARY);
    if (sandbox.run("command -v systemd-analyze").exit != 0) GTEST_SKIP() << "no systemd-analyze";
    const auto ran = sandbox.run(
        "sed \"s#/usr/bin/pintu#$(readlink -f $(command -v pintu))#\" "
        "examples/systemd/pintu.service > pintu.service; systemd-analyze verify ./pintu.service");
    EXPECT_EQ(ran.exit, 0) << ran.output;
    EXPECT_EQ(ran.output, "");
    const std::string unit = sandbox.run("cat pintu.service").output;
    for (const char* line :
         {"Type=notify", "WatchdogSec=", "ProtectSystem=strict", "NoNewPrivileges=yes",
          "PrivateTmp=yes", "CapabilityBoundingSet=\n", "SystemCallFilter=@system-service"})
        EXPECT_NE(unit.find(line), std::string::npos) << line;
}

}  // namespace
}  // namespace pintu::testing
