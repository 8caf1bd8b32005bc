// A workflow by numbers, for those who walk it at every step.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/workflow/model/clock_status.hpp"

namespace pintu::workflow {

// Keeps no pointer: positions are those of Workflow::states and Workflow::clocks.
class Index {
  public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    explicit Index(const Workflow& workflow);

    std::size_t state(std::string_view name) const;  // kNone where there is none
    std::size_t clock(std::string_view name) const;
    ClockTurn turn(std::size_t clock, std::size_t state) const;
    // Clocks that last `rules.<decision>`.
    const std::vector<std::size_t>& clocks_lasting(std::string_view decision) const;
    std::size_t state_count() const { return states_.size(); }
    std::size_t clock_count() const { return clocks_.size(); }

  private:
    std::map<std::string, std::size_t, std::less<>> states_;
    std::map<std::string, std::size_t, std::less<>> clocks_;
    std::map<std::string, std::vector<std::size_t>, std::less<>> lasting_;
    std::vector<ClockTurn> turns_;  // state by state
};

}  // namespace pintu::workflow
