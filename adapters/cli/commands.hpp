// Every command, in one visible list: what it is told, and what it gives back (an Exit).
// One file a command, named after it. What each does: design.md section 7 and docs/commands.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/cli/io.hpp"

namespace pintu::cli {

struct CheckArgs {
    std::string directory;  // "" = Options::directory
};
int check(const Options& options, const CheckArgs& args, Io& io);

struct FormatArgs {
    std::vector<std::string> files;  // none: all rule files of the definitions
    bool only_check = false;         // say which would change; change nothing
};
int format(const Options& options, const FormatArgs& args, Io& io);

struct TestArgs {
    std::string directory;
    bool coverage = false;
};
int test(const Options& options, const TestArgs& args, Io& io);

struct EvalArgs {
    std::string file = "-";  // one report as JSON
    std::string on;          // date; "" = of receipt, else today
};
int eval(const Options& options, const EvalArgs& args, Io& io);

struct ExplainArgs {
    std::string code;  // "" = all
};
int explain(const Options& options, const ExplainArgs& args, Io& io);

struct GraphArgs {
    std::string workflow = "pengaduan";
    std::string format = "svg";  // svg | dot
    std::string file;            // "" = out
};
int graph(const Options& options, const GraphArgs& args, Io& io);

struct CalendarDueArgs {
    std::string from;   // instant or date
    std::string lasts;  // "5 working days"
};
int calendar_due(const Options& options, const CalendarDueArgs& args, Io& io);

struct IntakeArgs {
    std::string file = "-";  // JSON lines, or CSV by its ending or --csv
    bool csv = false;
};
int intake(const Options& options, const IntakeArgs& args, Io& io);

struct RunArgs {
    std::string until;                // instant or date; "" = until stopped
    std::string clock = "system";     // system | virtual
    std::string office;               // file of office behaviour to play
    std::vector<std::string> intake;  // files of reports, taken in at their times (virtual clock)
    std::string node;                 // for people; "" = host:pid
    std::int64_t lease_ms = 0;        // of a turn; 0 = pintu.yaml's
    std::string outbox;               // file of effects; "" = pintu.yaml's, else beside the store
    std::string metrics;              // unix:PATH or 127.0.0.1:PORT; "" = pintu.yaml's, else none
    std::string log_format = "text";  // text | json
};
int run(const Options& options, const RunArgs& args, Io& io);

struct PublishArgs {
    std::string directory;  // "" = Options::directory
};
int publish(const Options& options, const PublishArgs& args, Io& io);

struct DbArgs {
    std::string file;  // backup, restore
};
int db_migrate(const Options& options, Io& io);
int db_status(const Options& options, Io& io);
int db_backup(const Options& options, const DbArgs& args, Io& io);
int db_restore(const Options& options, const DbArgs& args, Io& io);

struct IncidentArgs {
    std::string id;    // show, retry
    bool all = false;  // list: closed ones too
    std::int64_t limit = 50;
};
int incident_list(const Options& options, const IncidentArgs& args, Io& io);
int incident_show(const Options& options, const IncidentArgs& args, Io& io);
int incident_retry(const Options& options, const IncidentArgs& args, Io& io);

struct OutboxArgs {
    std::string key;      // show, retry
    bool unsent = false;  // list: exit 1 where there is anything
    bool dead = false;    // list: only what was given up
    std::int64_t limit = 1000;
};
int outbox_list(const Options& options, const OutboxArgs& args, Io& io);
int outbox_show(const Options& options, const OutboxArgs& args, Io& io);
int outbox_retry(const Options& options, const OutboxArgs& args, Io& io);

struct CaseListArgs {
    std::string state;
    std::string unit;
    bool open = false;
    bool late = false;
    std::int64_t limit = 50;
};
int case_list(const Options& options, const CaseListArgs& args, Io& io);

struct CaseArgs {
    std::string id;  // tracking id or case id
};
int case_clock(const Options& options, const CaseArgs& args, Io& io);

struct CaseShowArgs {
    std::string id;
    bool personal = false;  // with the personal data; the reading is recorded
    std::string as;         // person who reads
    std::string purpose;
};
int case_show(const Options& options, const CaseShowArgs& args, Io& io);

struct CaseEvidenceArgs {
    std::string id;
    std::string out;        // folder that files are written to; "": only listed
    bool personal = false;  // files as they came, their names and places; the reading is recorded
    std::string as;         // person who reads
    std::string purpose;
};
int case_evidence(const Options& options, const CaseEvidenceArgs& args, Io& io);

struct CaseActArgs {
    std::string id;
    std::string action;
    std::string as;                    // person; "pelapor" = the reporter
    std::vector<std::string> answers;  // "name=value"
    std::string reason;
    std::int64_t wait_s = 10;  // for a running engine to decide it
};
int case_act(const Options& options, const CaseActArgs& args, Io& io);

struct CaseWhyArgs {
    std::string id;
    std::string step;    // sequence or decision; "" = all decisions
    std::string expect;  // "pemilik=dpupr"
};
int case_why(const Options& options, const CaseWhyArgs& args, Io& io);

struct HistoryArgs {
    std::string id;       // show
    std::string file;     // checkpoint: write here
    std::string against;  // verify: a checkpoint
};
int history_show(const Options& options, const HistoryArgs& args, Io& io);
int history_checkpoint(const Options& options, const HistoryArgs& args, Io& io);
int history_verify(const Options& options, const HistoryArgs& args, Io& io);
int history_export(const Options& options, const HistoryArgs& args, Io& io);

struct ReplayArgs {
    std::string id;
    bool all = false;
};
int replay(const Options& options, const ReplayArgs& args, Io& io);

int report(const Options& options, Io& io);

struct InitArgs {
    std::string code;  // "64.05"
    std::string name;  // "Kabupaten Contoh"
};
int init(const Options& options, const InitArgs& args, Io& io);

int doctor(const Options& options, Io& io);
int version(const Options& options, Io& io);

struct CompletionArgs {
    std::string shell = "bash";
};
int completion(const Options& options, const CompletionArgs& args, Io& io);

// Names of all commands and their subcommands ("case act"), for completion and the docs' test.
std::vector<std::string> command_names();

// Reads the words of a command line and runs the command. Wrong usage: kWrongUsage, with help.
int run_command_line(const std::vector<std::string>& words, const std::string& environment_language,
                     Io& io);

// Says on err that the output could not be written, in the language of the command line.
void say_output_lost(const std::vector<std::string>& words, const std::string& environment_language,
                     const std::string& why, const Io& io);

}  // namespace pintu::cli
