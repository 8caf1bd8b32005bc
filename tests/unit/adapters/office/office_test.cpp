#include "adapters/office/office.hpp"

#include <gtest/gtest.h>

#include "adapters/office/behaviour.hpp"

namespace pintu::office {
namespace {

constexpr Instant kNoon{1'767'240'000'000'000};  // 2026-01-01 12:00 WITA

Behaviour behaviour(const std::string& states) {
    SourceSet sources;
    Diagnostics diagnostics;
    auto read =
        read_behaviour(sources.add("kantor.yaml", "office: x\nseed: 1\n" + states), diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    return read.value_or(Behaviour{});
}

cases::CaseRow row(const std::string& id, const std::string& state, const std::string& owner) {
    cases::CaseRow row;
    row.id = CaseId(id);
    row.agency = AgencyCode("64.09");
    row.tracking_id = TrackingId("T-" + id);
    row.state = state;
    row.owner = UnitId("64.09/" + owner);
    row.received_at = row.changed_at = kNoon;
    row.values = {{"kategori", "sampah"}};
    row.lat_udeg = -1'290'000;
    row.lon_udeg = 116'700'000;
    return row;
}

// "CASE:EVENT" of what is planned within a year.
std::vector<std::string> planned(Office& office) {
    std::vector<std::string> acts;
    for (const auto& command : office.due(plus_seconds(kNoon, 365 * kSecondsPerDay)))
        acts.push_back(command.case_id.value + ":" + std::get<cases::Act>(command.body).event);
    return acts;
}

using Acts = std::vector<std::string>;

TEST(Office, lines_of_an_owner_are_for_its_cases_only) {
    const bundle::Library none;
    Office office(
        behaviour("states:\n  a:\n"
                  "    - {share: 1, owner: meja, do: pilah, by: pelapor, after: 1 hours}\n"
                  "    - {share: 1, not_owner: meja, do: terima, by: pelapor, "
                  "after: 2 hours}\n"),
        none);
    office.observe(row("1", "a", "meja"));
    office.observe(row("2", "a", "dpupr"));
    EXPECT_EQ(planned(office), (Acts{"1:pilah", "2:terima"}));
}

TEST(Office, lines_of_a_category_or_a_missing_field_are_for_those_cases_only) {
    const bundle::Library none;
    Office office(behaviour("states:\n  a:\n"
                            "    - {share: 1, kategori: jalan, lacks: status, do: pilah, "
                            "by: pelapor, after: 1 hours}\n"),
                  none);
    auto road = row("1", "a", "meja");
    road.values = {{"kategori", "jalan/lubang"}};
    office.observe(road);
    auto sorted = row("2", "a", "meja");
    sorted.values = {{"kategori", "jalan"}, {"status", "desa"}};
    office.observe(sorted);
    auto named_alike = row("3", "a", "meja");
    named_alike.values = {{"kategori", "jalanan"}};
    office.observe(named_alike);
    EXPECT_EQ(planned(office), (Acts{"1:pilah"}));
}

TEST(Office, the_same_nearby_within_a_week_is_found_again) {
    const bundle::Library none;
    Office office(behaviour("states:\n  a:\n"
                            "    - {share: 1, similar: yes, do: gabungkan, by: pelapor, "
                            "after: 1 hours}\n"),
                  none);
    office.observe(row("1", "a", "meja"));
    auto near = row("2", "a", "meja");
    *near.lat_udeg += 200;
    near.received_at = plus_seconds(kNoon, 3 * kSecondsPerDay);
    office.observe(near);
    auto far = row("3", "a", "meja");
    *far.lon_udeg += 20'000;
    office.observe(far);
    auto late = row("4", "a", "meja");
    late.received_at = plus_seconds(kNoon, 20 * kSecondsPerDay);
    office.observe(late);
    auto other = row("5", "a", "meja");
    other.values = {{"kategori", "banjir"}};
    office.observe(other);
    EXPECT_EQ(planned(office), (Acts{"2:gabungkan"}));
}

TEST(Office, who_did_nothing_is_moved_by_an_escalation) {
    const bundle::Library none;
    Office office(behaviour("states:\n  a: [{share: 1}]\n"
                            "escalations:\n"
                            "  a: [{share: 1, do: terima, by: pelapor, after: 1 hours}]\n"),
                  none);
    auto sitting = row("1", "a", "dpupr");
    office.observe(sitting);
    EXPECT_FALSE(office.next());
    sitting.escalations = 1;
    sitting.changed_at = plus_seconds(kNoon, 14 * kSecondsPerDay);
    office.observe(sitting);
    EXPECT_EQ(office.next(), plus_seconds(sitting.changed_at, 3600));
    // Seen again without another rung: nothing new is planned.
    office.observe(sitting);
    EXPECT_EQ(planned(office), (Acts{"1:terima"}));
    // In another state what was planned for this one is dropped.
    sitting.escalations = 2;
    office.observe(sitting);
    sitting.state = "b";
    office.observe(sitting);
    EXPECT_EQ(planned(office), Acts{});
}

}  // namespace
}  // namespace pintu::office
