// In what words a verification ends.
#include "adapters/cli/audited.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace pintu::cli {
namespace {

class Audited : public ::testing::Test {
  protected:
    Audited() {
        audit_.agency = AgencyCode("64.09");
        audit_.events = 7;
        options_.language = messages::Language::english;
    }
    std::string said() {
        std::istringstream in;
        std::ostringstream out, err;
        Io io{in, out, err};
        print_audit(options_, audit_, io);
        return out.str() + err.str();
    }
    Options options_;
    runtime::Audit audit_;
    const std::string root_ = std::string(64, '0');
};

TEST_F(Audited, a_log_is_sound_where_all_was_judged_and_nothing_found) {
    EXPECT_EQ(said(), "64.09: sound, 7 events, root " + root_ + "\n");
}

TEST_F(Audited, a_log_is_not_called_sound_where_a_case_moved_at_each_look) {
    audit_.moving = {CaseId("64.09-a"), CaseId("64.09-b")};
    const std::string again = "  = Run `pintu history verify` again in a moment.\n";
    EXPECT_EQ(said(), "64.09 case 64.09-a: it changed at each look, and is not judged.\n" + again +
                          "64.09 case 64.09-b: it changed at each look, and is not judged.\n" +
                          again + "64.09: nothing found in 7 events, root " + root_ +
                          "; 2 cases are not judged.\n");
}

}  // namespace
}  // namespace pintu::cli
