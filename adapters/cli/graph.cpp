#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/whole_file.hpp"
#include "engine/workflow/graph/dot.hpp"

namespace pintu::cli {
namespace {

// Runs Graphviz on a file; nothing where the program is not there or fails.
std::optional<std::string> to_svg(const std::string& dot_text) {
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0) return std::nullopt;
    if (pipe2(out, O_CLOEXEC) != 0) return close(in[0]), close(in[1]), std::nullopt;
    const pid_t child = fork();
    if (child == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execlp("dot", "dot", "-Tsvg", static_cast<char*>(nullptr));
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    // Graphviz reads all before it writes, so the two pipes cannot block each other.
    for (std::size_t at = 0; at < dot_text.size();) {
        const auto n = write(in[1], dot_text.data() + at, dot_text.size() - at);
        if (n <= 0) break;
        at += static_cast<std::size_t>(n);
    }
    close(in[1]);
    std::string svg;
    char buffer[65536];
    for (ssize_t n = 0; (n = read(out[0], buffer, sizeof buffer)) > 0;)
        svg.append(buffer, static_cast<std::size_t>(n));
    close(out[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
    return svg;
}

const workflow::Workflow* find_workflow(const bundle::Library& library, const GraphArgs& args) {
    for (const auto& [code, bundle] : library.bundles)
        if (const auto it = bundle->workflows.find(args.workflow); it != bundle->workflows.end())
            return &it->second;
    return nullptr;
}

}  // namespace

int graph(const Options& options, const GraphArgs& args, Io& io) {
    const auto definitions = load_definitions(options, io);
    if (!definitions) return kFailed;
    const auto* workflow = find_workflow(definitions->library, args);
    if (workflow == nullptr) {
        say(io, options, "CL016", {args.workflow});
        return kFailed;
    }
    std::string drawing = workflow::to_dot(*workflow, options.language);
    if (args.format == "svg") {
        auto svg = to_svg(drawing);
        if (!svg) {
            say(io, options, "CL017");
            return kFailed;
        }
        drawing = std::move(*svg);
    }
    if (args.file.empty()) {
        io.out << drawing;
        return kDone;
    }
    if (const auto written = files::write_file(args.file, drawing); !written) {
        say(io, options, written.error());
        return kFailed;
    }
    return kDone;
}

}  // namespace pintu::cli
