#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"

namespace {

// A closed standard stream would give its number to the next file that is opened: the store's.
void open_standard_streams() {
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; ++file)
        if (fcntl(file, F_GETFD) == -1 && open("/dev/null", O_RDWR) == -1) _exit(1);
}

// A reader that goes away and a file that may not grow are answers of write(), not ends.
void ignore_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace

// The last catch: whatever a library threw past its own folder ends here as a sentence.
int main(int argc, char** argv) {
    open_standard_streams();
    ignore_signals();
    pintu::cli::OutputBuffer buffer(STDOUT_FILENO);
    std::ostream out(&buffer);
    std::cerr.tie(&out);  // on a terminal data and messages stand in the order of their making
    pintu::cli::Io io{std::cin, out, std::cerr};
    io.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    io.err_is_terminal = isatty(STDERR_FILENO) == 1;
    io.color = io.out_is_terminal && environment("NO_COLOR").empty();
    try {
        const std::vector<std::string> words(argv + 1, argv + argc);
        const int code = pintu::cli::run_command_line(words, environment("PINTU_LANG"), io);
        out.flush();
        if (buffer.error() == 0) return code;
        pintu::cli::say_output_lost(words, environment("PINTU_LANG"), std::strerror(buffer.error()),
                                    io);
    } catch (const std::exception& error) {
        std::cerr << "pintu: " << error.what() << '\n';
    }
    return pintu::cli::kFailed;
}
