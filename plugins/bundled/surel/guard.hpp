// Who must not be answered: machines, lists, bounces, ourselves, and whoever writes too often.
// Their letters are laid aside for people to look at; they become no report, so that no answer goes
// out and no loop can begin.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "letter.hpp"

namespace surel {

// Why a letter is laid aside, in words for the log (nothing personal); "" where it is a person's.
std::string why_aside(const Letter& letter, const std::string& own_address, bool lists_too);

// Letters of one sender within an hour. Forgets what is older; lost with the process, which only
// lets more through.
class Rate {
  public:
    explicit Rate(std::int64_t most_per_hour) : most_(most_per_hour) {}
    // Whether one more of this sender may pass; counts it if so. The same letter counts once.
    bool pass(const std::string& sender, const std::string& letter, std::int64_t now_us);

  private:
    struct Passed {
        std::int64_t at_us;
        std::string letter;
    };
    std::int64_t most_;
    std::map<std::string, std::deque<Passed>> senders_;
};

}  // namespace surel
