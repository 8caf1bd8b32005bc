#include "engine/replay/projection.hpp"

#include "engine/replay/show.hpp"

namespace pintu::replay {

void compare_rows(const cases::CaseRow& stored, const cases::CaseRow& replayed,
                  history::Findings& findings) {
    if (stored == replayed) return;
    const auto before = field_texts(stored);
    const auto after = field_texts(replayed);
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].second == after[i].second) continue;
        findings.add({"HI050",
                      std::nullopt,
                      replayed.id,
                      0,
                      {before[i].first, before[i].second, after[i].second}});
    }
}

}  // namespace pintu::replay
