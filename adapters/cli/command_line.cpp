// The only file that knows CLI11: words in, one call of a command out.
#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/plugin_commands.hpp"
#include "adapters/cli/setup.hpp"
#include "engine/base/nearest.hpp"

namespace pintu::cli {
namespace {

using Call = std::function<int()>;

// The words as parsed, and the command that they chose.
struct CommandLine {
    CommandLine(Io& streams, messages::Language spoken) : io(streams) { options.language = spoken; }
    Io& io;
    Options options;
    CLI::Option* store = nullptr;
    std::string as_of;
    std::string output = "table";
    std::string language;
    Call call;

    // The words of help, by code.
    std::string help(std::string_view code) const { return cli::words(options, code); }

    // Adds a command whose arguments live as long as this.
    template <class Args>
    CLI::App* add(CLI::App& parent, const std::string& name, std::string_view about,
                  int (*command)(const Options&, const Args&, Io&),
                  const std::function<void(CLI::App&, Args&)>& declare) {
        auto* sub = add_named(parent, name, about);
        auto values = std::make_shared<Args>();
        declare(*sub, *values);
        sub->callback([this, values, command] {
            call = [=, this] { return command(options, *values, io); };
        });
        return sub;
    }
    void add(CLI::App& parent, const std::string& name, std::string_view about,
             int (*command)(const Options&, Io&)) {
        auto* sub = add_named(parent, name, about);
        sub->callback([this, command] { call = [=, this] { return command(options, io); }; });
    }
    CLI::App* add_group(CLI::App& parent, const std::string& name, std::string_view about) {
        return add_named(parent, name, about)->require_subcommand(1);
    }
    CLI::App* add_named(CLI::App& parent, const std::string& name, std::string_view about) {
        auto* sub = parent.add_subcommand(name, help(about))->group(help("CL496"));
        // Flags that CLI11 hands down keep its own group.
        sub->set_help_flag("-h,--help", help("CL407"))->group(help("CL495"));
        sub->set_help_all_flag("--help-all", help("CL408"))->group(help("CL495"));
        return sub;
    }
};

void declare_global(CLI::App& app, CommandLine& line) {
    const auto help = [&](std::string_view code) { return line.help(code); };
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", help("CL490"));
    formatter->label("OPTIONS", help("CL491"));
    formatter->label("SUBCOMMAND", help("CL492"));
    formatter->label("SUBCOMMANDS", help("CL492"));
    formatter->label("Positionals", help("CL493"));
    formatter->label("REQUIRED", help("CL494"));
    formatter->label("TEXT", help("CL497"));
    formatter->label("INT", help("CL498"));
    app.formatter(formatter);
    app.option_defaults()->group(help("CL495"));
    app.set_help_flag("-h,--help", help("CL407"))->group(help("CL495"));
    app.set_help_all_flag("--help-all", help("CL408"))->group(help("CL495"));
    app.set_version_flag("--version", std::string("pintu ") + PINTU_VERSION, help("CL409"))
        ->group(help("CL495"));
    app.add_option("-C,--directory", line.options.directory, help("CL401"));
    line.store = app.add_option("--store", line.options.store, help("CL402"));
    app.add_option("--agency", line.options.agency, help("CL403"));
    app.add_option("--as-of", line.as_of, help("CL404"));
    app.add_option("-o,--output", line.output, help("CL405"));
    app.add_option("--lang", line.language, help("CL406"));
    app.require_subcommand(1);
    app.fallthrough();
}

void declare_definitions(CLI::App& app, CommandLine& line) {
    line.add<CheckArgs>(app, "check", "CL410", &check, [&](CLI::App& sub, CheckArgs& a) {
        sub.add_option("DIR", a.directory, line.help("CL450"));
    });
    line.add<FormatArgs>(app, "fmt", "CL411", &format, [&](CLI::App& sub, FormatArgs& a) {
        sub.add_option("FILES", a.files, line.help("CL451"));
        sub.add_flag("--check", a.only_check, line.help("CL452"));
    });
    line.add<TestArgs>(app, "test", "CL412", &test, [&](CLI::App& sub, TestArgs& a) {
        sub.add_option("DIR", a.directory, line.help("CL450"));
        sub.add_flag("--coverage", a.coverage, line.help("CL453"));
    });
    line.add<EvalArgs>(app, "eval", "CL413", &eval, [&](CLI::App& sub, EvalArgs& a) {
        sub.add_option("FILE", a.file, line.help("CL454"));
        sub.add_option("--on", a.on, line.help("CL455"));
    });
    line.add<ExplainArgs>(app, "explain", "CL414", &explain, [&](CLI::App& sub, ExplainArgs& a) {
        sub.add_option("CODE", a.code, line.help("CL456"));
    });
    line.add<GraphArgs>(app, "graph", "CL415", &graph, [&](CLI::App& sub, GraphArgs& a) {
        sub.add_option("WORKFLOW", a.workflow, line.help("CL457"))->capture_default_str();
        sub.add_option("--format", a.format, line.help("CL458"))
            ->check(CLI::IsMember({"svg", "dot"}));
        sub.add_option("-f,--file", a.file, line.help("CL459"));
    });
    auto* calendar = line.add_group(app, "calendar", "CL416");
    line.add<CalendarDueArgs>(
        *calendar, "due", "CL417", &calendar_due, [&](CLI::App& sub, CalendarDueArgs& a) {
            sub.add_option("--from", a.from, line.help("CL460"))->required();
            sub.add_option("--lasts", a.lasts, line.help("CL461"))->required();
        });
    line.add<InitArgs>(app, "init", "CL418", &init, [&](CLI::App& sub, InitArgs& a) {
        sub.add_option("CODE", a.code, line.help("CL462"))->required();
        sub.add_option("NAME", a.name, line.help("CL463"))->required();
    });
}

void declare_engine(CLI::App& app, CommandLine& line) {
    line.add<IntakeArgs>(app, "intake", "CL419", &intake, [&](CLI::App& sub, IntakeArgs& a) {
        sub.add_option("FILE", a.file, line.help("CL464"));
        sub.add_flag("--csv", a.csv, line.help("CL465"));
    });
    line.add<RunArgs>(app, "run", "CL420", &run, [&](CLI::App& sub, RunArgs& a) {
        sub.add_option("--until", a.until, line.help("CL466"));
        sub.add_option("--clock", a.clock, line.help("CL467"))
            ->check(CLI::IsMember({"system", "virtual"}));
        sub.add_option("--office", a.office, line.help("CL468"));
        sub.add_option("--intake", a.intake, line.help("CL469"));
        sub.add_option("--node", a.node, line.help("CL500"));
        sub.add_option("--lease-ms", a.lease_ms, line.help("CL501"))
            ->check(CLI::Range(1000, 600000).description("1000..600000"));
        sub.add_option("--outbox", a.outbox, line.help("CL502"));
        sub.add_option("--metrics", a.metrics, line.help("CL503"));
        sub.add_option("--log-format", a.log_format, line.help("CL504"))
            ->check(CLI::IsMember({"text", "json"}));
    });
    line.add<PublishArgs>(app, "publish", "CL437", &publish, [&](CLI::App& sub, PublishArgs& a) {
        sub.add_option("DIR", a.directory, line.help("CL450"));
    });
}

void declare_store(CLI::App& app, CommandLine& line) {
    auto* db = line.add_group(app, "db", "CL438");
    line.add(*db, "migrate", "CL439", &db_migrate);
    line.add(*db, "status", "CL440", &db_status);
    const auto file = [&](CLI::App& sub, DbArgs& a) {
        sub.add_option("FILE", a.file, line.help("CL505"))->required();
    };
    line.add<DbArgs>(*db, "backup", "CL441", &db_backup, file);
    line.add<DbArgs>(*db, "restore", "CL442", &db_restore, file);
    auto* incident = line.add_group(app, "incident", "CL443");
    line.add<IncidentArgs>(*incident, "list", "CL444", &incident_list,
                           [&](CLI::App& sub, IncidentArgs& a) {
                               sub.add_flag("--all", a.all, line.help("CL507"));
                               sub.add_option("--limit", a.limit, line.help("CL508"))
                                   ->check(CLI::Range(1, 100000).description("1..100000"));
                           });
    const auto id = [&](CLI::App& sub, IncidentArgs& a) {
        sub.add_option("ID", a.id, line.help("CL506"))->required();
    };
    line.add<IncidentArgs>(*incident, "show", "CL445", &incident_show, id);
    line.add<IncidentArgs>(*incident, "retry", "CL446", &incident_retry, id);
}

void declare_outbox(CLI::App& app, CommandLine& line) {
    auto* outbox = line.add_group(app, "outbox", "CL447");
    line.add<OutboxArgs>(*outbox, "list", "CL448", &outbox_list, [&](CLI::App& sub, OutboxArgs& a) {
        sub.add_flag("--unsent", a.unsent, line.help("CL600"));
        sub.add_flag("--dead", a.dead, line.help("CL601"));
        sub.add_option("--limit", a.limit, line.help("CL602"))
            ->check(CLI::Range(1, 100000).description("1..100000"));
    });
    const auto key = [&](CLI::App& sub, OutboxArgs& a) {
        sub.add_option("KEY", a.key, line.help("CL603"))->required();
    };
    line.add<OutboxArgs>(*outbox, "show", "CL449", &outbox_show, key);
    line.add<OutboxArgs>(*outbox, "retry", "CL604", &outbox_retry, key);
}

void declare_plugin(CLI::App& app, CommandLine& line) {
    auto* plugin = line.add_group(app, "plugin", "CL509");
    line.add<PluginNewArgs>(*plugin, "new", "CL510", &plugin_new,
                            [&](CLI::App& sub, PluginNewArgs& a) {
                                sub.add_option("NAME", a.name, line.help("CL518"))->required();
                                sub.add_option("--lang", a.language, line.help("CL520"))
                                    ->check(CLI::IsMember({"cpp", "python", "php", "node"}));
                                sub.add_option("--kind", a.kind, line.help("CL521"))
                                    ->check(CLI::IsMember({"channel", "connector", "fact"}));
                                sub.add_option("--dir", a.directory, line.help("CL522"));
                            });
    const auto folder = [&](CLI::App& sub, PluginTryArgs& a) {
        sub.add_option("DIR", a.folder, line.help("CL519"))->required();
        sub.add_option("--set", a.given, line.help("CL524"));
    };
    line.add<PluginTryArgs>(*plugin, "test", "CL511", &plugin_test, folder);
    line.add<PluginTryArgs>(
        *plugin, "run", "CL512", &plugin_run, [&](CLI::App& sub, PluginTryArgs& a) {
            folder(sub, a);
            sub.add_option("-i,--input", a.input, line.help("CL523"))->required();
        });
    line.add(*plugin, "list", "CL513", &plugin_list);
    line.add<PluginArgs>(
        *plugin, "check", "CL514", &plugin_check,
        [&](CLI::App& sub, PluginArgs& a) { sub.add_option("NAME", a.name, line.help("CL529")); });
    const auto name = [&](CLI::App& sub, PluginArgs& a) {
        sub.add_option("NAME", a.name, line.help("CL518"))->required();
    };
    line.add<PluginArgs>(*plugin, "logs", "CL515", &plugin_logs, [&](CLI::App& sub, PluginArgs& a) {
        name(sub, a);
        sub.add_option("--limit", a.limit, line.help("CL525"))
            ->check(CLI::Range(1, 100000).description("1..100000"));
    });
    line.add<PluginArgs>(*plugin, "enable", "CL516", &plugin_enable, name);
    line.add<PluginArgs>(*plugin, "disable", "CL517", &plugin_disable, name);
}

void declare_case(CLI::App& app, CommandLine& line) {
    auto* cases = line.add_group(app, "case", "CL421");
    const auto id = [&](CLI::App& sub, std::string& value) {
        sub.add_option("ID", value, line.help("CL475"))->required();
    };
    line.add<CaseListArgs>(*cases, "list", "CL422", &case_list,
                           [&](CLI::App& sub, CaseListArgs& a) {
                               sub.add_option("--state", a.state, line.help("CL470"));
                               sub.add_option("--unit", a.unit, line.help("CL471"));
                               sub.add_flag("--open", a.open, line.help("CL472"));
                               sub.add_flag("--late", a.late, line.help("CL473"));
                               sub.add_option("--limit", a.limit, line.help("CL474"))
                                   ->check(CLI::Range(1, 100000).description("1..100000"));
                           });
    line.add<CaseShowArgs>(*cases, "show", "CL423", &case_show,
                           [&](CLI::App& sub, CaseShowArgs& a) {
                               id(sub, a.id);
                               sub.add_flag("--personal", a.personal, line.help("CL476"));
                               sub.add_option("--as", a.as, line.help("CL477"));
                               sub.add_option("--purpose", a.purpose, line.help("CL478"));
                           });
    line.add<CaseEvidenceArgs>(*cases, "evidence", "CL578", &case_evidence,
                               [&](CLI::App& sub, CaseEvidenceArgs& a) {
                                   id(sub, a.id);
                                   sub.add_option("--out", a.out, line.help("CL579"));
                                   sub.add_flag("--personal", a.personal, line.help("CL580"));
                                   sub.add_option("--as", a.as, line.help("CL477"));
                                   sub.add_option("--purpose", a.purpose, line.help("CL478"));
                               });
    line.add<CaseArgs>(*cases, "clock", "CL424", &case_clock,
                       [&](CLI::App& sub, CaseArgs& a) { id(sub, a.id); });
    line.add<CaseActArgs>(*cases, "act", "CL425", &case_act, [&](CLI::App& sub, CaseActArgs& a) {
        id(sub, a.id);
        sub.add_option("ACTION", a.action, line.help("CL479"))->required();
        sub.add_option("--as", a.as, line.help("CL477"))->required();
        sub.add_option("--answer", a.answers, line.help("CL480"));
        sub.add_option("--reason", a.reason, line.help("CL481"));
        sub.add_option("--wait", a.wait_s, line.help("CL482"))
            ->check(CLI::Range(0, 3600).description("0..3600"));
    });
    line.add<CaseWhyArgs>(*cases, "why", "CL426", &case_why, [&](CLI::App& sub, CaseWhyArgs& a) {
        id(sub, a.id);
        sub.add_option("STEP", a.step, line.help("CL483"));
        sub.add_option("--expect", a.expect, line.help("CL484"));
    });
    line.add(app, "report", "CL427", &report);
}

void declare_audit(CLI::App& app, CommandLine& line) {
    auto* history = line.add_group(app, "history", "CL428");
    line.add<HistoryArgs>(*history, "show", "CL429", &history_show,
                          [&](CLI::App& sub, HistoryArgs& a) {
                              sub.add_option("ID", a.id, line.help("CL475"))->required();
                          });
    line.add<HistoryArgs>(*history, "checkpoint", "CL430", &history_checkpoint,
                          [&](CLI::App& sub, HistoryArgs& a) {
                              sub.add_option("-f,--file", a.file, line.help("CL459"));
                          });
    line.add<HistoryArgs>(*history, "verify", "CL431", &history_verify,
                          [&](CLI::App& sub, HistoryArgs& a) {
                              sub.add_option("--against", a.against, line.help("CL485"));
                          });
    line.add<HistoryArgs>(
        *history, "export", "CL432", &history_export,
        [&](CLI::App& sub, HistoryArgs& a) { sub.add_option("ID", a.id, line.help("CL488")); });
    line.add<ReplayArgs>(app, "replay", "CL433", &replay, [&](CLI::App& sub, ReplayArgs& a) {
        sub.add_option("ID", a.id, line.help("CL475"));
        sub.add_flag("--all", a.all, line.help("CL486"));
    });
    line.add(app, "doctor", "CL434", &doctor);
    line.add(app, "version", "CL435", &version);
    line.add<CompletionArgs>(
        app, "completion", "CL436", &completion, [&](CLI::App& sub, CompletionArgs& a) {
            sub.add_option("SHELL", a.shell, line.help("CL487"))->check(CLI::IsMember({"bash"}));
        });
}

void declare(CLI::App& app, CommandLine& line) {
    declare_global(app, line);
    declare_definitions(app, line);
    declare_engine(app, line);
    declare_case(app, line);
    declare_store(app, line);
    declare_outbox(app, line);
    declare_plugin(app, line);
    declare_audit(app, line);
}

// The language must be known before anything can be said, about wrong words too.
messages::Language language_of(const std::vector<std::string>& words,
                               const std::string& environment_language) {
    std::string language = environment_language;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string named;
        if (words[i] == "--lang" && i + 1 < words.size()) named = words[i + 1];
        if (words[i].rfind("--lang=", 0) == 0) named = words[i].substr(7);
        if (named == "id" || named == "en") language = named;  // `plugin new` has its own
    }
    return language == "en" ? messages::Language::english : messages::Language::indonesian;
}

// The command that the words had reached when they went wrong, and how it is called.
struct Reached {
    const CLI::App* app;
    std::string name;
};

Reached reached(const CLI::App& app) {
    Reached at{&app, app.get_name()};
    for (auto subs = app.get_subcommands(); !subs.empty(); subs = at.app->get_subcommands())
        at = {subs.back(), at.name + " " + subs.back()->get_name()};
    return at;
}

std::vector<std::string> names_below(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

void say_unexpected(const CommandLine& line, const Reached& at, const std::string& word) {
    if (word.front() == '-') return say(line.io, line.options, "CL007", {word, at.name});
    const auto names = names_below(*at.app);
    if (names.empty()) return say(line.io, line.options, "CL008", {word, at.name});
    const auto close = nearest(word, names);
    say(line.io, line.options, close.empty() ? "CL006" : "CL005", {word, close, at.name});
}

// What an option may be, as CLI11 writes it behind the type: "TEXT:{svg,dot}".
std::string allowed_values(const CLI::App& app, const std::string& option) {
    const auto* found = app.get_option_no_throw(option);
    const std::string type = found == nullptr ? "" : found->get_type_name();
    const auto colon = type.find(':');
    if (colon == std::string::npos) return type;
    return type[colon + 1] == '{' ? type.substr(colon + 2, type.size() - colon - 3)
                                  : type.substr(colon + 1);
}

// Says what CLI11 found, in our own words.
void say_wrong_usage(const CommandLine& line, const CLI::App& app, const CLI::ParseError& error) {
    const Reached at = reached(app);
    const std::string what = error.what();
    const auto kind = static_cast<CLI::ExitCodes>(error.get_exit_code());
    using Kind = CLI::ExitCodes;
    const auto rest = app.remaining(true);
    const auto tell = [&](std::string_view code, std::vector<std::string> args) {
        args.push_back(at.name);
        say(line.io, line.options, code, std::move(args));
    };
    if ((kind == Kind::ExtrasError || kind == Kind::RequiredError) && !rest.empty())
        return say_unexpected(line, at, rest.front());
    const auto names = names_below(*at.app);
    if (kind == Kind::RequiredError && !names.empty()) {
        std::string list;
        for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
        return tell("CL009", {list});
    }
    const std::string word = what.substr(0, what.find_first_of(" :"));
    if (kind == Kind::RequiredError) return tell("CL025", {word});
    if (kind == Kind::ArgumentMismatch) return tell("CL026", {word});
    if (kind == Kind::ValidationError) return tell("CL027", {word, allowed_values(*at.app, word)});
    const auto dash = what.find("--");
    if (kind == Kind::ConversionError && dash != std::string::npos) {
        const std::string option = what.substr(dash, what.find_first_of(" =", dash) - dash);
        return tell("CL027", {option, allowed_values(*at.app, option)});
    }
    tell("CL028", {what});
}

// Turns the words of the shared options into values; false where one is wrong.
bool settle(CommandLine& line) {
    static const std::map<std::string, Output> kOutputs = {
        {"table", Output::table}, {"json", Output::json},     {"jsonl", Output::jsonl},
        {"csv", Output::csv},     {"pretty", Output::pretty}, {"sarif", Output::sarif}};
    if (!line.language.empty() && line.language != "en" && line.language != "id") {
        say(line.io, line.options, "CL001", {line.language});
        return false;
    }
    const auto output = kOutputs.find(line.output);
    if (output == kOutputs.end()) {
        say(line.io, line.options, "CL002", {line.output});
        return false;
    }
    line.options.output = output->second;
    // A variable that is not set must not mean the store that goes without saying.
    if (line.store->count() > 0 && line.options.store.empty()) {
        say(line.io, line.options, Error{"ST011", {""}});
        return false;
    }
    if (line.as_of.empty()) return true;
    line.options.as_of = parse_moment(line.as_of, kLocalOffset);
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
    CommandLine line(io, messages::Language::english);
    CLI::App app;
    declare(app, line);
    std::vector<std::string> names;
    collect(app, "", names);
    return names;
}

int run_command_line(const std::vector<std::string>& words, const std::string& environment_language,
                     Io& io) {
    CommandLine line(io, language_of(words, environment_language));
    CLI::App app{line.help("CL400"), "pintu"};
    declare(app, line);
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    try {
        app.parse(reversed);
    } catch (const CLI::Success& asked) {
        return app.exit(asked, io.out, io.err), kDone;
    } catch (const CLI::ParseError& error) {
        say_wrong_usage(line, app, error);
        return kWrongUsage;
    }
    if (!settle(line)) return kWrongUsage;
    return line.call ? line.call() : kWrongUsage;
}

void say_output_lost(const std::vector<std::string>& words, const std::string& environment_language,
                     const std::string& why, const Io& io) {
    Options options;
    options.language = language_of(words, environment_language);
    say(io, options, Error{"CL004", {why}});
}

}  // namespace pintu::cli
