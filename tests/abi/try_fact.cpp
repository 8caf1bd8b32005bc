// try_fact FILE: loads a plugin as a host would and asks it how long a text is.
#include <cstdio>

#include "tests/abi/bare_host.hpp"

int main(int count, char** arguments) {
    using namespace pintu::testing;
    if (count != 2) return 64;
    World world;
    world.config = R"({"panjang_mulai":3})";
    BarePlugin plugin(arguments[1], world);
    if (!plugin.problem().empty()) return std::puts(plugin.problem().c_str()), 1;
    if (plugin.start().status != PINTU_OK) return std::puts("it did not start"), 1;
    const Said said =
        plugin.call("fact.answer", R"({"fact":"ukuran","arguments":{"isi":"satu dua tiga"}})");
    std::puts(said.document.c_str());
    return said.document == R"({"value":"panjang"})" ? 0 : 1;
}
