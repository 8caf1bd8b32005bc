// What becomes of a process that the launcher forked for an order.
#pragma once

#include <sys/types.h>

#include <vector>

#include "plugins/host/link/orders.hpp"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins::inside {

// Where a compiled plugin's process has its socket to the engine.
constexpr int kPluginSocket = 3;

#if defined(PINTU_UNCONFINED)  // a test of the tests: the same attacks, and nothing to stop them
constexpr bool kConfined = false;
#else
constexpr bool kConfined = true;
#endif

// Goes into the sandbox, then opens the plugin or runs the program. `passed` as in orders.hpp.
[[noreturn]] void become_guest(const Order& order, std::vector<Fd> passed, const Grants& grants,
                               pid_t launcher);

// A compiled plugin in its sandbox: opens it when the engine says so, then answers calls until the
// engine has gone or says stop.
[[noreturn]] void serve_plugin(const std::string& file, Fd socket);

// A program: where it is, what it is given. Found before the sandbox is closed.
struct Program {
    std::string path;
    std::vector<std::string> arguments;
    std::vector<std::string> environment;
};
Program find_program(const Order& order);  // path "": there is none
// Comes back only where it could not be run, with errno.
void run_program(const Program& program);

}  // namespace pintu::plugins::inside
