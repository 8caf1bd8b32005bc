// How far a long command is, as a terminal gets it.
#include "adapters/cli/progress.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace pintu::cli {
namespace {

class ProgressOnATerminal : public ::testing::Test {
  protected:
    ProgressOnATerminal() { io_.err_is_terminal = true; }
    std::string taken() {
        const std::string text = err_.str();
        err_.str("");
        return text;
    }
    std::istringstream in_;
    std::ostringstream out_, err_;
    Io io_{in_, out_, err_};
};

TEST_F(ProgressOnATerminal, is_a_bar_where_it_is_known_how_much_there_is) {
    Progress progress(io_, 4);
    progress.show(1, "one of four");
    EXPECT_EQ(taken(), "\r[" + std::string(10, '#') + std::string(30, '.') + "] one of four\033[K");
    progress.show(9, "more than all");
    EXPECT_EQ(taken(), "\r[" + std::string(40, '#') + "] more than all\033[K");
}

TEST_F(ProgressOnATerminal, is_words_alone_where_it_is_not) {
    Progress progress(io_, 0);
    progress.show(7, "7 cases");
    EXPECT_EQ(taken(), "\r7 cases\033[K");
}

TEST_F(ProgressOnATerminal, is_drawn_anew_only_where_it_changes_and_wiped_at_the_end) {
    {
        Progress progress(io_, 0);
        progress.show(1, "same");
        taken();
        progress.show(2, "same");
        EXPECT_EQ(taken(), "");
    }
    EXPECT_EQ(taken(), "\r\033[K");
}

TEST_F(ProgressOnATerminal, is_nothing_where_nobody_watches) {
    io_.err_is_terminal = false;
    {
        Progress progress(io_, 4);
        progress.show(1, "one of four");
    }
    EXPECT_EQ(taken() + out_.str(), "");
}

}  // namespace
}  // namespace pintu::cli
