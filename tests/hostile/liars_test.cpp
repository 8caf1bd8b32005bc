// The liars of tests/abi, in processes of their own: what liars.txt says must come of each.
#include <gtest/gtest.h>

#include "tests/abi/listed_liars.hpp"
#include "tests/hostile/yard.hpp"

namespace pintu::hostile {
namespace {

using plugins::Milliseconds;

using testing::Liar;
using testing::listed_liars;

// As liars.txt says it: "start", "call", "ok" (works, or a document that another looks at).
std::string what_came(const Liar& liar, plugins::Services& services) {
    plugins::Launch launch;
    launch.name = liar.name;
    launch.file = std::string(PINTU_LIARS) + "/" + liar.name + "/lib" + liar.name + ".so";
    auto guest = launcher().launch(launch, services);
    if (!guest) return "launch";
    const auto ready = (*guest)->start("{}", Milliseconds(5'000));
    if (!ready) return "start";
    std::string said = "liar-" + liar.name;
    std::replace(said.begin(), said.end(), '_', '-');
    if (ready->name != said || ready->version != "1.0.0") return "start";  // the manifest's: PL015
    const auto answer = (*guest)->call(liar.method, "{}", Milliseconds(5'000));
    if (!answer || answer->status != plugins::Status::ok) return "call";
    if (liar.when == "works" && answer->document != R"({"value":"ya"})") return answer->document;
    return "ok";
}

TEST(Liars, are_found_out_where_they_must_be) {
    Counter services;
    const auto all = listed_liars();
    ASSERT_GT(all.size(), 40U);
    for (const auto& liar : all) {
        const std::string came = what_came(liar, services);
        if (liar.when == "works" || liar.when == "document")
            EXPECT_EQ(came, "ok") << liar.name;
        else if (liar.when == "crash")
            EXPECT_TRUE(came == "call" || came == "ok") << liar.name << ": " << came;
        else
            EXPECT_EQ(came, liar.when) << liar.name;
        EXPECT_EQ(try_out(launcher(), launch_of("good"), services).outcome, "ok:fine");
    }
}

}  // namespace
}  // namespace pintu::hostile
