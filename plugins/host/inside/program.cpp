#include <unistd.h>

#include <array>
#include <cstdlib>

#include "plugins/host/inside/guest.hpp"

namespace pintu::plugins::inside {
namespace {

constexpr std::array kPlaces = {"/usr/local/bin/", "/usr/bin/", "/bin/"};

std::string find(const std::string& folder, const std::string& name) {
    if (name.starts_with('/')) return name;
    if (name.find('/') != std::string::npos) return folder + "/" + name;
    for (const char* place : kPlaces)
        if (::access((place + name).c_str(), X_OK) == 0) return place + name;
    return "";
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

}  // namespace

Program find_program(const Order& order) {
    Program program{find(order.folder, order.command.front()), order.command, {}};
    const char* zone = std::getenv("TZ");
    program.environment = {"LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin",
                           "HOME=" + order.folder, "PYTHONDONTWRITEBYTECODE=1",
                           "PYTHONUNBUFFERED=1"};
    if (zone != nullptr) program.environment.push_back(std::string("TZ=") + zone);
    return program;
}

void run_program(const Program& program) {
    const auto arguments = pointers(program.arguments);
    const auto environment = pointers(program.environment);
    ::execve(program.path.c_str(), arguments.data(), environment.data());
}

}  // namespace pintu::plugins::inside
