// The only file that knows CLI11: words in, one call of a command out.
#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <ostream>

#include "adapters/cli/commands.hpp"

namespace pintu::cli {
namespace {

using Call = std::function<int()>;

// The words as parsed, and the command that they chose.
struct CommandLine {
    explicit CommandLine(Io& streams) : io(streams) {}
    Io& io;
    Options options;
    std::string as_of;
    std::string output = "table";
    std::string language;
    Call call;
    std::map<std::string, std::shared_ptr<void>> args;

    // Adds a command whose arguments live as long as this.
    template <class Args>
    CLI::App* add(CLI::App& parent, const std::string& name, const std::string& help,
                  int (*command)(const Options&, const Args&, Io&),
                  const std::function<void(CLI::App&, Args&)>& declare) {
        auto* sub = parent.add_subcommand(name, help);
        auto values = std::make_shared<Args>();
        declare(*sub, *values);
        sub->callback([this, values, command] {
            call = [=, this] { return command(options, *values, io); };
        });
        return sub;
    }
    void add(CLI::App& parent, const std::string& name, const std::string& help,
             int (*command)(const Options&, Io&)) {
        parent.add_subcommand(name, help)->callback([this, command] {
            call = [=, this] { return command(options, io); };
        });
    }
};

void declare_global(CLI::App& app, CommandLine& line) {
    app.add_option("-C,--directory", line.options.directory, "folder of the definitions");
    app.add_option("--store", line.options.store, "sqlite:FILE");
    app.add_option("--agency", line.options.agency, "code of an agency, e.g. 64.09");
    app.add_option("--as-of", line.as_of, "a moment: 2026-03-13T09:30:00+08:00");
    app.add_option("-o,--output", line.output, "table | json | jsonl | csv | pretty | sarif");
    app.add_option("--lang", line.language, "id | en (PINTU_LANG)");
    app.require_subcommand(1);
    app.fallthrough();
    app.set_help_all_flag("--help-all", "all commands");
}

void declare_definitions(CLI::App& app, CommandLine& line) {
    line.add<CheckArgs>(app, "check", "all diagnostics of the definitions", &check,
                        [](CLI::App& sub, CheckArgs& a) {
                            sub.add_option("DIR", a.directory, "default: the definitions");
                        });
    line.add<FormatArgs>(app, "fmt", "lay out rule files, comments kept", &format,
                         [](CLI::App& sub, FormatArgs& a) {
                             sub.add_option("FILES", a.files, "default: all rule files");
                             sub.add_flag("--check", a.only_check, "change nothing");
                         });
    line.add<TestArgs>(
        app, "test", "run the tests written in rule files", &test, [](CLI::App& sub, TestArgs& a) {
            sub.add_option("DIR", a.directory, "default: the definitions");
            sub.add_flag("--coverage", a.coverage, "rules and rows that no test uses");
        });
    line.add<EvalArgs>(app, "eval", "decide one report and say why", &eval,
                       [](CLI::App& sub, EvalArgs& a) {
                           sub.add_option("FILE", a.file, "a report as JSON; - = standard input");
                           sub.add_option("--on", a.on, "date whose rules decide");
                       });
    line.add<ExplainArgs>(
        app, "explain", "what a code means and how it is mended", &explain,
        [](CLI::App& sub, ExplainArgs& a) { sub.add_option("CODE", a.code, "default: all"); });
    line.add<GraphArgs>(app, "graph", "draw a workflow", &graph, [](CLI::App& sub, GraphArgs& a) {
        sub.add_option("WORKFLOW", a.workflow, "default: pengaduan");
        sub.add_option("--format", a.format)->check(CLI::IsMember({"svg", "dot"}));
        sub.add_option("-f,--file", a.file, "default: standard output");
    });
    auto* calendar = app.add_subcommand("calendar", "working days")->require_subcommand(1);
    line.add<CalendarDueArgs>(
        *calendar, "due", "the due instant, day by day", &calendar_due,
        [](CLI::App& sub, CalendarDueArgs& a) {
            sub.add_option("--from", a.from, "instant or date")->required();
            sub.add_option("--lasts", a.lasts, "e.g. \"5 working days\"")->required();
        });
    line.add<InitArgs>(app, "init", "a new agency's folders from a blueprint", &init,
                       [](CLI::App& sub, InitArgs& a) {
                           sub.add_option("CODE", a.code, "e.g. 64.05")->required();
                           sub.add_option("NAME", a.name, "e.g. \"Kabupaten Contoh\"")->required();
                       });
}

void declare_work(CLI::App& app, CommandLine& line) {
    line.add<IntakeArgs>(
        app, "intake", "take reports in", &intake, [](CLI::App& sub, IntakeArgs& a) {
            sub.add_option("FILE", a.file, "JSON lines or CSV; - = standard input");
            sub.add_flag("--csv", a.csv, "the input is CSV");
        });
    line.add<RunArgs>(
        app, "run", "the engine: timers, commands, effects", &run, [](CLI::App& sub, RunArgs& a) {
            sub.add_option("--until", a.until, "instant or date");
            sub.add_option("--clock", a.clock)->check(CLI::IsMember({"system", "virtual"}));
            sub.add_option("--office", a.office, "office behaviour to play");
            sub.add_option("--intake", a.intake, "reports that come in at their times");
        });
    auto* cases = app.add_subcommand("case", "work on cases")->require_subcommand(1);
    line.add<CaseListArgs>(*cases, "list", "cases, the oldest first", &case_list,
                           [](CLI::App& sub, CaseListArgs& a) {
                               sub.add_option("--state", a.state);
                               sub.add_option("--unit", a.unit);
                               sub.add_flag("--open", a.open);
                               sub.add_flag("--late", a.late);
                               sub.add_option("--limit", a.limit)->check(CLI::Range(1, 100000));
                           });
    const auto one_case = [](CLI::App& sub, CaseArgs& a) {
        sub.add_option("ID", a.id, "tracking id or case id")->required();
    };
    line.add<CaseArgs>(*cases, "show", "one case", &case_show, one_case);
    line.add<CaseArgs>(*cases, "clock", "its deadlines, day by day", &case_clock, one_case);
    line.add<CaseActArgs>(
        *cases, "act", "do something with a case", &case_act, [](CLI::App& sub, CaseActArgs& a) {
            sub.add_option("ID", a.id)->required();
            sub.add_option("ACTION", a.action)->required();
            sub.add_option("--as", a.as, "person, or pelapor")->required();
            sub.add_option("--answer", a.answers, "name=value; may be repeated");
            sub.add_option("--reason", a.reason);
            sub.add_option("--wait", a.wait_s, "seconds")->check(CLI::Range(0, 3600));
        });
    line.add<CaseWhyArgs>(*cases, "why", "why it went where it went", &case_why,
                          [](CLI::App& sub, CaseWhyArgs& a) {
                              sub.add_option("ID", a.id)->required();
                              sub.add_option("STEP", a.step, "sequence number or decision");
                              sub.add_option("--expect", a.expect, "why not: decision=value");
                          });
    line.add(app, "report", "counts by state, agency and category; on time and late", &report);
}

void declare_audit(CLI::App& app, CommandLine& line) {
    auto* history = app.add_subcommand("history", "for auditors")->require_subcommand(1);
    line.add<HistoryArgs>(
        *history, "show", "every event of a case", &history_show,
        [](CLI::App& sub, HistoryArgs& a) { sub.add_option("ID", a.id)->required(); });
    line.add<HistoryArgs>(*history, "checkpoint", "size and root of the log, to be kept elsewhere",
                          &history_checkpoint, [](CLI::App& sub, HistoryArgs& a) {
                              sub.add_option("-f,--file", a.file, "default: standard output");
                          });
    line.add<HistoryArgs>(*history, "verify", "recompute everything; say what was touched",
                          &history_verify, [](CLI::App& sub, HistoryArgs& a) {
                              sub.add_option("--against", a.against, "a checkpoint kept before");
                          });
    line.add<HistoryArgs>(*history, "export", "all events (-o jsonl | csv)", &history_export,
                          [](CLI::App& sub, HistoryArgs& a) { sub.add_option("ID", a.id); });
    line.add<ReplayArgs>(app, "replay", "fold and decide again from what was recorded", &replay,
                         [](CLI::App& sub, ReplayArgs& a) {
                             sub.add_option("ID", a.id, "a case");
                             sub.add_flag("--all", a.all, "every case");
                         });
    line.add(app, "doctor", "what this machine and this store have", &doctor);
    line.add(app, "version", "version of Pintu and of what decisions depend on", &version);
    line.add<CompletionArgs>(app, "completion", "completion for a shell", &completion,
                             [](CLI::App& sub, CompletionArgs& a) {
                                 sub.add_option("SHELL", a.shell)->check(CLI::IsMember({"bash"}));
                             });
}

void declare(CLI::App& app, CommandLine& line) {
    declare_global(app, line);
    declare_definitions(app, line);
    declare_work(app, line);
    declare_audit(app, line);
}

// Turns the words of the shared options into values; false where one is wrong.
bool settle(CommandLine& line, const std::string& environment_language) {
    static const std::map<std::string, Output> kOutputs = {
        {"table", Output::table}, {"json", Output::json},     {"jsonl", Output::jsonl},
        {"csv", Output::csv},     {"pretty", Output::pretty}, {"sarif", Output::sarif}};
    const std::string& language = line.language.empty() ? environment_language : line.language;
    line.options.language =
        language == "en" ? messages::Language::english : messages::Language::indonesian;
    if (!line.language.empty() && language != "en" && language != "id") {
        say(line.io, line.options, "CL001", {line.language});
        return false;
    }
    const auto output = kOutputs.find(line.output);
    if (output == kOutputs.end()) {
        say(line.io, line.options, "CL002", {line.output});
        return false;
    }
    line.options.output = output->second;
    if (line.as_of.empty()) return true;
    line.options.as_of = parse_instant(line.as_of);
    if (!line.options.as_of) say(line.io, line.options, "CL003", {line.as_of});
    return line.options.as_of.has_value();
}

void collect(const CLI::App& app, const std::string& prefix, std::vector<std::string>& names) {
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        const std::string name = prefix + sub->get_name();
        const auto before = names.size();
        collect(*sub, name + " ", names);
        if (names.size() == before) names.push_back(name);
    }
}

}  // namespace

std::vector<std::string> command_names() {
    std::istringstream in;
    std::ostringstream out;
    Io io{in, out, out};
    CommandLine line(io);
    CLI::App app;
    declare(app, line);
    std::vector<std::string> names;
    collect(app, "", names);
    return names;
}

int run_command_line(const std::vector<std::string>& words, const std::string& environment_language,
                     Io& io) {
    CommandLine line(io);
    CLI::App app{"Pintu: tidak ada pintu yang salah (no wrong door)", "pintu"};
    declare(app, line);
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error, io.out, io.err);
        return code == 0 ? kDone : kWrongUsage;
    }
    if (!settle(line, environment_language)) return kWrongUsage;
    return line.call ? line.call() : kWrongUsage;
}

}  // namespace pintu::cli
