#include "adapters/cli/board.hpp"

#include <algorithm>
#include <ostream>

#include "engine/history/codec.hpp"
#include "engine/runtime/whole_log.hpp"

namespace pintu::cli {
namespace {

constexpr std::size_t kPage = 5'000;

std::string main_category(const cases::CaseRow& row) {
    for (const auto& [name, value] : row.values)
        if (name == "kategori") return value.substr(0, value.find('/'));
    return "unknown";
}

void add(AgencyCounts& counts, const cases::CaseRow& row) {
    const bool late = std::any_of(row.clocks.begin(), row.clocks.end(),
                                  [](const auto& clock) { return clock.late; });
    ++counts.cases;
    ++counts.states[row.state];
    ++counts.categories[main_category(row)];
    if (!row.closed) ++counts.open;
    if (row.closed) ++(late ? counts.late : counts.on_time);
    if (!row.closed && late) ++counts.late_open;
    if (row.escalations > counts.most_escalations) {
        counts.most_escalations = row.escalations;
        counts.interesting = row.tracking_id.value;
    }
}

Result<void> count_rows(ports::EventStore& store, ports::CaseFilter filter, Board& board) {
    filter.limit = kPage;
    for (;;) {
        const auto rows = store.list(filter);
        if (!rows) return rows.unexpected();
        for (const auto& row : *rows) {
            add(board.agencies[row.agency], row);
            add(board.all, row);
        }
        if (rows->size() < kPage) return {};
        filter.after = rows->back().id;
    }
}

// Of the rows that are there: what a log lacks is the auditor's business.
Result<void> count_rungs(ports::EventStore& store, const AgencyCode& agency, Board& board) {
    const auto read = runtime::read_log(store, agency, [&](const auto& row) -> Result<bool> {
        const auto event = history::decode(row.bytes);
        if (!event) return event.unexpected();
        const auto* fired = std::get_if<cases::ClockFired>(&event->payload);
        if (fired == nullptr || fired->action != "escalate" || !fired->notified) return true;
        std::string rung = fired->clock + " " + std::to_string(fired->percent) + " %";
        if (fired->repeat > 0) rung += " +" + std::to_string(fired->repeat);
        ++board.agencies[agency].rungs[rung];
        ++board.all.rungs[rung];
        return true;
    });
    if (!read) return read.unexpected();
    return {};
}

std::string number(std::int64_t value) {
    return std::to_string(value);
}

// Closed on time, out of all that are closed or late: an open case that is late counts against.
std::string share(const AgencyCounts& counts) {
    const std::int64_t judged = counts.on_time + counts.late + counts.late_open;
    return judged == 0 ? "-" : number(counts.on_time * 100 / judged) + " %";
}

void print_agencies(std::ostream& out, const Board& board, const Options& options) {
    Table table({words(options, "CL201"), words(options, "CL240"), words(options, "CL241"),
                 words(options, "CL242"), words(options, "CL243"), words(options, "CL244"),
                 words(options, "CL245")});
    const auto row = [&](const std::string& name, const AgencyCounts& c) {
        table.add({name, number(c.cases), number(c.open), number(c.on_time), number(c.late),
                   number(c.late_open), share(c)});
    };
    for (const auto& [code, counts] : board.agencies) row(code.value, counts);
    row(words(options, "CL246"), board.all);
    table.print(out, options.output);
}

void print_states(std::ostream& out, const Board& board, const Options& options) {
    std::vector<std::string> heading{words(options, "CL202")};
    for (const auto& [code, counts] : board.agencies) heading.push_back(code.value);
    heading.push_back(words(options, "CL246"));
    Table table(heading);
    for (const auto& [state, total] : board.all.states) {
        std::vector<std::string> row{state};
        for (const auto& [code, counts] : board.agencies) {
            const auto it = counts.states.find(state);
            row.push_back(it == counts.states.end() ? "." : number(it->second));
        }
        row.push_back(number(total));
        table.add(std::move(row));
    }
    table.print(out, options.output);
}

void print_counts(std::ostream& out, const std::map<std::string, std::int64_t>& counts,
                  std::string_view heading, const Options& options) {
    std::vector<std::pair<std::int64_t, std::string>> sorted;
    for (const auto& [name, count] : counts) sorted.emplace_back(-count, name);
    std::sort(sorted.begin(), sorted.end());
    Table table({words(options, heading), words(options, "CL240")});
    for (std::size_t i = 0; i < std::min<std::size_t>(sorted.size(), 12); ++i)
        table.add({sorted[i].second, number(-sorted[i].first)});
    table.print(out, options.output);
}

}  // namespace

Result<Board> count_cases(ports::EventStore& store, const std::string& agency) {
    Board board;
    ports::CaseFilter filter;
    if (!agency.empty()) filter.agency = AgencyCode(agency);
    if (const auto counted = count_rows(store, filter, board); !counted)
        return counted.unexpected();
    for (const auto& [code, counts] : board.agencies)
        if (const auto counted = count_rungs(store, code, board); !counted)
            return counted.unexpected();
    return board;
}

void print_board(std::ostream& out, const Board& board, const Options& options) {
    print_agencies(out, board, options);
    out << '\n';
    print_states(out, board, options);
    out << '\n';
    print_counts(out, board.all.rungs, "CL247", options);
    out << '\n';
    print_counts(out, board.all.categories, "CL204", options);
}

}  // namespace pintu::cli
