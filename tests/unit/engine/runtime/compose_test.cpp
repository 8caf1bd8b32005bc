#include "engine/runtime/compose.hpp"

#include <gtest/gtest.h>

#include "tests/support/messages.hpp"
#include "tests/support/world.hpp"

namespace pintu::runtime {
namespace {

using namespace testing;

const Loadout& kasus() {
    static const Loadout kLoadout =
        loadout_of(with_files(read_fixture("tests/fixtures/kasus"),
                              {{"workflows/nasional/messages.yaml", kasus_messages()}}),
                   *make_date(2026, 1, 1));
    return kLoadout;
}

class Composing : public ::testing::Test {
  protected:
    CaseId report(const std::string& channel = "web") {
        cases::Report report = road_hole("a");
        report.channel = channel;
        report.reporter_email = "budi@example.id";
        return world_.report(report, "2026-03-02T09:00:00");
    }
    // The last message of a template that was given to the connector.
    ports::Message last(const std::string& name) {
        for (auto it = world_.connector.messages.rbegin(); it != world_.connector.messages.rend();
             ++it)
            if (workflow::template_of(it->effect.kind, it->effect.message) == name) return *it;
        ADD_FAILURE() << "no " << name;
        return {};
    }
    std::string nomor(const CaseId& id) { return world_.state(id).tracking_id.value; }

    World world_{kasus()};
};

TEST_F(Composing, fills_a_template_with_what_the_case_says) {
    const CaseId id = report();
    world_.play("2026-03-02T09:00:00");
    const auto message = last("acknowledge");
    EXPECT_EQ(message.language, "id");
    EXPECT_EQ(message.text, "T " + nomor(id) +
                                "|Diterima|Instansi 64.09|Dinas PUPR|2 Maret 2026|"
                                "27 Maret 2026|Jalan berlubang|Jalan berlubang|-|-|Budi");
    EXPECT_EQ(message.subject.substr(0, 2), "S ");
    EXPECT_EQ(message.to, (ports::Recipient{"a", "Budi", "0812", "budi@example.id"}));
    EXPECT_EQ(message.attempt, 1U);
}

TEST_F(Composing, gives_the_reason_of_the_event_that_led_to_it_and_no_older_one) {
    const CaseId id = report();
    EXPECT_TRUE(
        world_.act(id, "p-001", "tanya", {{"alasan", "foto mana?"}}, "2026-03-03").accepted);
    world_.play("2026-03-03");
    EXPECT_NE(last("permintaan_kelengkapan").text.find("|foto mana?|"), std::string::npos);
    EXPECT_TRUE(
        world_.act(id, "pelapor", "lengkapi", {{"keterangan", "ini"}}, "2026-03-04").accepted);
    world_.play("2026-03-04");
    EXPECT_EQ(last("acknowledge").text.find("foto mana?"), std::string::npos);
}

TEST_F(Composing, uses_the_short_form_for_sms) {
    const CaseId id = report("sms");
    world_.act(id, "p-001", "tanya", {{"alasan", "foto\nyang " + std::string(100, 'x')}},
               "2026-03-03");
    world_.play("2026-03-03");
    const std::string text = last("permintaan_kelengkapan").text;
    EXPECT_EQ(text, "P " + nomor(id) + " foto yang " + std::string(50, 'x') + "...");
}

TEST_F(Composing, of_an_erased_case_has_nobody_to_address) {
    const CaseId id = report();
    EXPECT_TRUE(
        world_.perform(id, person("p-001"), cases::Erase{"minta"}, "2026-03-02T08:59:00").accepted);
    world_.play("2026-03-02T09:00:00");
    const auto message = last("acknowledge");
    EXPECT_EQ(message.to, (ports::Recipient{"a", "", "", ""}));
    EXPECT_EQ(message.text.find("Budi"), std::string::npos);
}

TEST_F(Composing, of_a_reminder_names_its_clock_and_the_office) {
    report();
    world_.play("2026-03-20");
    const auto message = last("remind");
    EXPECT_EQ(message.text, "T tindak lanjut|27 Maret 2026|Jalan berlubang");
    EXPECT_EQ(message.to, ports::Recipient{});
    EXPECT_FALSE(message.effect.persons.empty());
}

// Every slot in every template, whoever gets it and whatever is hidden: as if nothing had been
// checked when the definitions were loaded.
TEST(Composed, texts_leak_nothing_that_anonim_or_rahasia_hides) {
    using workflow::Slot;
    bundle::Bundle bundle = *kasus().library->bundles.at(AgencyCode("64.09"));
    workflow::Wording everything;
    for (int slot = 0; slot <= static_cast<int>(Slot::nama); ++slot)
        everything.pieces.push_back({"|", static_cast<Slot>(slot), "", 0, 0});
    Occasion occasion;
    occasion.state.workflow = "pengaduan";
    occasion.state.name = "diterima";
    occasion.state.external_id = "luar-1";
    occasion.state.decisions["kategori"] = {"jalan/berlubang", "decided", false};
    occasion.answers = {{"alasan", "ALASAN {jawaban}"}, {"jawaban", "JAWABAN"}};
    occasion.judul = "JUDUL {nama}";
    occasion.name = "NAMA";
    occasion.phone = "0811-TELEPON";
    occasion.email = "SURAT@example.id";
    const std::string category =
        bundle.categories->title(bundle.categories->find("jalan/berlubang"));
    std::size_t tried = 0;
    for (const char* kind :
         {"acknowledge", "notify", "publish", "request_rating", "remind", "escalate"})
        for (const char* whom : {"reporter", "public", "kepala of owner", ""})
            for (const char* channel : {"sms", "surel", "internal"})
                for (const char* language : {"id", "en"})
                    for (int flags = 0; flags < 4; ++flags) {
                        cases::Effect effect;
                        effect.kind = kind;
                        effect.message = "nama_apa_pun";
                        effect.whom = whom;
                        effect.channel = channel;
                        effect.tracking_id = TrackingId("7H3K-9QXM-V2PT");
                        occasion.anonim = (flags & 1) != 0;
                        occasion.rahasia = (flags & 2) != 0;
                        occasion.state.fields["bahasa"] = language;
                        workflow::Template made;
                        for (const char* each : {"id", "en"})
                            made.languages[each] = {everything, everything, everything};
                        bundle.templates.by_name = {{kind, made}, {"nama_apa_pun", made}};
                        const auto message = compose(effect, occasion, bundle);
                        const auto has = [&](const std::string& word) {
                            return (message.text + message.subject).find(word) != std::string::npos;
                        };
                        const bool reporter = std::string(whom) == "reporter";
                        const std::string what =
                            std::string(kind) + " to " + whom + ", flags " + std::to_string(flags);
                        EXPECT_EQ(message.language, language);
                        EXPECT_TRUE(has("7H3K-9QXM-V2PT")) << what;
                        EXPECT_FALSE(has("TELEPON") || has("SURAT")) << what;
                        EXPECT_EQ(has("NAMA"), reporter && !occasion.anonim) << what;
                        EXPECT_EQ(has("JUDUL {nama}"), reporter) << what;
                        EXPECT_EQ(has("ALASAN {jawaban}"), reporter) << what;
                        EXPECT_EQ(has("JAWABAN"), reporter) << what;
                        EXPECT_EQ(has(category), reporter || !occasion.rahasia) << what;
                        EXPECT_EQ(message.to.phone.empty(), !reporter) << what;
                        EXPECT_EQ(message.to.name.empty(), !reporter || occasion.anonim) << what;
                        ++tried;
                    }
    EXPECT_EQ(tried, 576U);
}

}  // namespace
}  // namespace pintu::runtime
