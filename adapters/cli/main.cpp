#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "adapters/cli/commands.hpp"

// The last catch: whatever a library threw past its own folder ends here as a sentence.
int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    pintu::cli::Io io{std::cin, std::cout, std::cerr};
    io.out_is_terminal = isatty(STDOUT_FILENO) == 1;
    io.err_is_terminal = isatty(STDERR_FILENO) == 1;
    io.color = io.out_is_terminal && std::getenv("NO_COLOR") == nullptr;
    const char* language = std::getenv("PINTU_LANG");
    try {
        const std::vector<std::string> words(argv + 1, argv + argc);
        const int code =
            pintu::cli::run_command_line(words, language == nullptr ? "" : language, io);
        std::cout.flush();
        return code;
    } catch (const std::exception& error) {
        std::cerr << "pintu: " << error.what() << '\n';
        return pintu::cli::kFailed;
    }
}
