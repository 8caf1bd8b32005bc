#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/facts.hpp"
#include "adapters/cli/sandbox.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/definitions.hpp"
#include "adapters/store/store.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/text/version.hpp"

namespace pintu::cli {
namespace {

Finding check_definitions(const Options& options) {
    auto files = files::read_definitions(options.directory);
    if (!files)
        return {options.directory, false,
                messages::render(files.error(), options.language).message};
    bundle::LoadOptions load;
    load.today = local_date(moment(options));
    load.plugins = add_plugins(options.directory, *files);
    auto sources = std::make_shared<SourceSet>();
    Diagnostics diagnostics;
    const auto library = bundle::load(*files, load, sources, diagnostics);
    return {options.directory, library.has_value(),
            library ? words(options, "CL022", {std::to_string(library->bundles.size())})
                    : words(options, "CL011", {options.directory})};
}

Finding check_store(const Options& options) {
    store::OpenOptions open;
    open.create = false;
    const auto store = store::open_store(store_address(options), open);
    return {shown_store(options), store.has_value(),
            store ? words(options, "CL023")
                  : messages::render(store.error(), options.language).message};
}

Finding check_program(const char* name, const Options& options) {
    const bool found =
        std::system((std::string("command -v ") + name + " >/dev/null 2>&1").c_str()) == 0;
    return {name, found, words(options, found ? "CL023" : "CL024")};
}

}  // namespace

int version(const Options& options, Io& io) {
    if (options.output == Output::json || options.output == Output::jsonl) {
        wire::JsonWriter json;
        json.begin_object().field("pintu", PINTU_VERSION).field("text", text::version());
        json.end_object();
        io.out << json.text() << '\n';
        return kDone;
    }
    io.out << "pintu " << PINTU_VERSION << '\n' << text::version() << '\n';
    return kDone;
}

int doctor(const Options& options, Io& io) {
    std::vector<Finding> findings = {check_definitions(options), check_store(options),
                                     check_program("dot", options)};
    for (auto& finding : check_sandbox(options)) findings.push_back(std::move(finding));
    bool good = true;
    const bool as_json = options.output == Output::json || options.output == Output::jsonl;
    wire::JsonWriter json;
    json.begin_array();
    for (const auto& finding : findings) {
        good = good && finding.good;
        json.begin_object().field("what", finding.what).field("good", finding.good);
        json.field("words", finding.words).end_object();
        if (as_json) continue;
        io.out << (finding.good ? "  ok  " : "  --  ") << finding.what << ": " << finding.words
               << '\n';
    }
    if (as_json) io.out << json.end_array().text() << '\n';
    return good ? kDone : kFailed;
}

}  // namespace pintu::cli
