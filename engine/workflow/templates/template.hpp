// The words of outgoing messages, as definitions write them: `messages: pesan` in
// workflows/LAYER/*.yaml. docs/workflow.md has the document by example.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/source.hpp"
#include "engine/workflow/model/vocabulary.hpp"

namespace pintu::workflow {

// What stands in braces, out of a closed list.
enum class Slot {
    nomor,     // tracking id
    status,    // title of the state
    instansi,  // the agency's name
    unit,      // the owner's name
    tanggal,   // of receipt
    tenggat,   // a clock's due date; `{tenggat:CLOCK}`, or the clock of a reminder
    jam,       // name of a reminder's clock
    kategori,
    judul,
    alasan,   // answer of the event that led here
    jawaban,  // the same
    nama      // of the reporter
};
// Who may read what a slot gives. `content` is hidden from all but the reporter by *rahasia*;
// `personal` goes to the reporter alone; `identity` too, and to nobody where *anonim* is set.
enum class Reach { all, content, personal, identity };

struct SlotSpec {
    Slot slot;
    std::string_view name;
    Reach reach;
    std::size_t length;  // of what it usually gives: for estimates
};
// nullptr where there is no such slot.
const SlotSpec* find_slot(std::string_view name);
const SlotSpec& spec_of(Slot slot);
const Names& slot_names();

struct Piece {
    std::string text;                // before the slot
    std::optional<Slot> slot;        // nothing: the text ends here
    std::string clock;               // of `{tenggat:CLOCK}`
    std::size_t at = 0, length = 0;  // of the slot with its braces, in the text as written
};

struct Wording {
    std::vector<Piece> pieces;
    std::string written;
    Span span;
};

// In one language.
struct Texts {
    std::optional<Wording> subject;
    Wording text;
    std::optional<Wording> sms;  // instead of `text`, for channels that count letters
};

struct Template {
    std::string name;                        // "acknowledge", "tugas_baru", "remind"
    std::map<std::string, Texts> languages;  // "id" always, "en" perhaps
    Span span;                               // of its name
};

struct Templates {
    std::map<std::string, Template> by_name;
    Span span;
    // nullptr where there is none.
    const Template* find(const std::string& name) const;
};

// The name of an effect's template: of "notify" its message, else the kind itself.
const std::string& template_of(const std::string& kind, const std::string& message);
// Channels whose messages use `sms` where it is there.
bool is_short(std::string_view channel);

}  // namespace pintu::workflow
