// What a node says is in one form, and each thing is said once.
#include "adapters/cli/teller.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "adapters/cli/patience.hpp"

namespace pintu::cli {
namespace {

class Telling : public ::testing::Test {
  protected:
    // What was said, and by each line of it its code.
    std::string codes(const std::string& log) {
        static const std::regex kLine(
            R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ (\w+) ([A-Z]{2}\d{3}) .+)");
        std::istringstream lines(log);
        std::string codes;
        std::smatch found;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("  = ")) continue;
            EXPECT_TRUE(std::regex_match(line, found, kLine)) << line;
            codes += found[1].str() + ' ' + found[2].str() + '\n';
        }
        return codes;
    }
    Options options_;
    std::istringstream in_;
    std::ostringstream out_, err_;
    Io io_{in_, out_, err_};
};

TEST_F(Telling, has_one_form_whoever_tells) {
    ::testing::internal::CaptureStderr();
    {
        Teller tell(options_, {}, io_);
        tell(ports::LogLevel::info, "CL092");
        say(tell.io(), options_, "CL127");
        say(tell.io(), options_, Error{"ST009", {"x.db"}});
        tell.log()->write(ports::LogLevel::error, "RT026", {"64.09-a-1"});
    }
    EXPECT_EQ(codes(::testing::internal::GetCapturedStderr()),
              "info CL092\nwarning CL127\nerror ST009\nerror RT026\n");
    EXPECT_EQ(err_.str(), "");
}

TEST_F(Telling, of_trouble_that_all_threads_have_is_done_once) {
    ::testing::internal::CaptureStderr();
    {
        Teller tell(options_, {}, io_);
        Patience one(tell), two(tell), three(tell);
        const Error gone{"ST020", {"postgresql:///pintu", "x"}};
        for (int i = 0; i < 3; ++i) {
            EXPECT_TRUE(one.bears(gone));
            EXPECT_TRUE(two.bears(gone));
        }
        one.relieved();
        EXPECT_TRUE(three.bears(gone)) << "it is not over";
        two.relieved();
        three.relieved();
        EXPECT_TRUE(two.bears(gone)) << "again";
        EXPECT_FALSE(one.bears({"HI001", {}}));
    }
    EXPECT_EQ(codes(::testing::internal::GetCapturedStderr()),
              "warning ST020\ninfo CL125\nwarning ST020\n");
}

TEST_F(Telling, the_store_answers_again_only_where_nobody_has_any_trouble) {
    ::testing::internal::CaptureStderr();
    {
        Teller tell(options_, {}, io_);
        Patience sender(tell), decider(tell);
        EXPECT_TRUE(sender.bears({"ST020", {"postgresql:///pintu", "x"}}));
        EXPECT_TRUE(decider.bears({"ST023", {"postgresql:///pintu", "x"}}));
        sender.relieved();
        tell(ports::LogLevel::info, "CL092");
        decider.relieved();
    }
    EXPECT_EQ(codes(::testing::internal::GetCapturedStderr()),
              "warning ST020\nwarning ST023\ninfo CL092\ninfo CL125\n");
}

}  // namespace
}  // namespace pintu::cli
