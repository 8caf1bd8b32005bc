// How histories lie in pages: the events of one commit and agency, in the order of the log, cut
// into pages of some 8,000 bytes, so that the server writes one row where it would write twenty. A
// page is one run of events after the other, each of one case:
//   4 bytes  length of the case's id    the id
//   4 bytes  sequence of the first event
//   4 bytes  length of the events       each event: 4 bytes, its length; its canonical form
// All numbers are big-endian. An event that is longer than a page has one to itself.
//
// A page's id is the commit's number, times 2^20, and its part: its place among the commit's pages.
// The number is known to the server only, while the commit is written; so the list of a case's
// pages is, for each commit, 8 bytes, the number, and 4 bytes for each part; the highest bit of all
// but the last one is set.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/store/postgres/parameters.hpp"
#include "engine/ports/store.hpp"

namespace pintu::postgres {

// Collects pages of one agency as columns.
class PageWriter {
  public:
    // Adds the next event of the agency's log, which must outlive this; in which part it is. A page
    // that begins takes the number `next_part`, and counts it on.
    std::uint32_t add(const ports::NewEvent& event, std::uint32_t& next_part);
    // Nothing is added any more.
    void finish();

    const Column& parts() const { return parts_; }
    const Column& leaves() const { return leaves_; }
    const Column& bytes() const { return bytes_; }

  private:
    void begin_run(const cases::EventHead& event);
    void end_run();

    Column parts_ = integers(), leaves_ = byte_strings(), bytes_ = byte_strings();
    std::uint32_t part_ = 0;       // of the page that is open
    std::string* page_ = nullptr;  // bytes_, while a page is open
    std::string* page_leaves_ = nullptr;
    std::size_t size_ = 0;  // of the page that is open, with its leaves
    std::size_t run_ = 0;   // where its last run's events begin
    std::string_view case_id_;
};

struct Run {
    std::string_view case_id;
    std::uint32_t sequence = 0;
    std::string_view events;
};
// Takes the first run off; nothing at the end, or where the rest is none.
std::optional<Run> take_run(std::string_view& page);
// Takes a run's first event off; empty at its end.
std::string_view take_event(std::string_view& events);

std::int64_t page_id(std::int64_t number, std::uint32_t part);
// Adds a part to a list without its number.
void append_part(std::string& parts, std::uint32_t part);
// Ids of the pages of a case, in the order of its events.
std::vector<std::int64_t> page_ids(std::string_view list);

}  // namespace pintu::postgres
