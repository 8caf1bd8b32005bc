// A process that the launcher made, as this one holds it: its streams, its pidfd, and the pipe that
// tells its end (link/orders.hpp).
#pragma once

#include <memory>

#include "plugins/host/launch.hpp"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins {

struct LaunchedEnds {
    Fd input;
    Fd output;  // not open: the same as input
    Fd errors;
    Fd report;
    Fd process;
};

std::unique_ptr<Child> make_child(LaunchedEnds ends);

}  // namespace pintu::plugins
