#include "engine/cases/command/codec.hpp"

#include <charconv>
#include <cstring>
#include <type_traits>

namespace pintu::cases {
namespace {

constexpr std::string_view kMagic = "pintu command 1\n";

// Each kind of command lists its members once; writing and reading both follow that list.
template <class V, class T>
void members(V& v, T& body) {
    using B = std::remove_const_t<T>;
    if constexpr (std::is_same_v<B, ReceiveReport>) {
        v(body.report);
        v(body.workflow);
    } else if constexpr (std::is_same_v<B, AcceptTransfer>) {
        v(body.from);
        v(body.tracking_id);
        v(body.workflow);
        v(body.hops);
        v(body.report);
        v(body.agency);
    } else if constexpr (std::is_same_v<B, Act>) {
        v(body.event);
        v(body.answers);
    } else if constexpr (std::is_same_v<B, Refuse>) {
        v(body.reason);
    } else if constexpr (std::is_same_v<B, Comment>) {
        v(body.text);
    } else if constexpr (std::is_same_v<B, AddEvidence>) {
        v(body.kind);
        v(body.file);
    } else if constexpr (std::is_same_v<B, ChangePrivacy>) {
        v(body.anonim);
        v(body.rahasia);
        v(body.reason);
    } else if constexpr (std::is_same_v<B, Correct>) {
        v(body.name);
        v(body.value);
        v(body.reason);
    } else if constexpr (std::is_same_v<B, Redecide>) {
        v(body.decision);
        v(body.excluding_previous);
    } else if constexpr (std::is_same_v<B, Rate>) {
        v(body.stars);
        v(body.comment);
    } else if constexpr (std::is_same_v<B, Link>) {
        v(body.other);
        v(body.relation);
    } else if constexpr (std::is_same_v<B, Support>) {
        v(body.child);
    } else if constexpr (std::is_same_v<B, MergeInto>) {
        v(body.parent);
    } else if constexpr (std::is_same_v<B, RecordEffect>) {
        v(body.key);
        v(body.done);
        v(body.why);
    } else if constexpr (std::is_same_v<B, Migrate>) {
        v(body.to);
    } else if constexpr (std::is_same_v<B, Erase>) {
        v(body.why);
    } else if constexpr (std::is_same_v<B, NoteReading>) {
        v(body.purpose);
    }
}

template <class V, class T>
void report_members(V& v, T& report) {
    v(report.channel);
    v(report.external_id);
    v(report.received_at);
    v(report.judul);
    v(report.isi);
    v(report.region);
    v(report.lat_udeg);
    v(report.lon_udeg);
    v(report.place_note);
    v(report.kategori_pelapor);
    v(report.reporter_name);
    v(report.reporter_phone);
    v(report.reporter_email);
    v(report.anonim);
    v(report.rahasia);
    v(report.attachments);
    v(report.fields);
    v(report.as_sent);
}

template <class V, class T>
void attachment_members(V& v, T& file) {
    v(file.name);
    v(file.kind);
    v(file.content);
    v(file.size_bytes);
}

// Texts as "LENGTH:BYTES", numbers as "NUMBER;", lists and maps as their size and their items.
class Writer {
  public:
    std::string out;

    void operator()(const std::string& text) { out += std::to_string(text.size()) + ":" + text; }
    void operator()(bool value) { number(value ? 1 : 0); }
    void operator()(std::int32_t value) { number(value); }
    void operator()(std::int64_t value) { number(value); }
    void operator()(const Instant& at) { number(at.micros); }
    void operator()(const Digest& digest) { (*this)(std::string(bytes_of(digest))); }
    void operator()(const Report& report) { report_members(*this, report); }
    void operator()(const ReportAttachment& file) { attachment_members(*this, file); }
    void operator()(const BundleHash& hash) { (*this)(hash.text()); }
    template <class Tag>
    void operator()(const Id<Tag>& id) {
        (*this)(id.value);
    }
    template <class T>
    void operator()(const std::optional<T>& value) {
        (*this)(value.has_value());
        if (value) (*this)(*value);
    }
    template <class T>
    void operator()(const std::vector<T>& items) {
        number(static_cast<std::int64_t>(items.size()));
        for (const auto& item : items) (*this)(item);
    }
    void operator()(const std::map<std::string, std::string>& items) {
        number(static_cast<std::int64_t>(items.size()));
        for (const auto& [name, value] : items) {
            (*this)(name);
            (*this)(value);
        }
    }

  private:
    void number(std::int64_t value) { out += std::to_string(value) + ";"; }
};

class Reader {
  public:
    explicit Reader(std::string_view bytes) : left_(bytes) {}
    bool done() const { return ok_ && left_.empty(); }
    bool ok() const { return ok_; }

    void operator()(std::string& text) {
        const auto size = number(':');
        if (!ok_ || size < 0 || static_cast<std::uint64_t>(size) > left_.size()) return fail();
        text = left_.substr(0, static_cast<std::size_t>(size));
        left_.remove_prefix(static_cast<std::size_t>(size));
    }
    void operator()(bool& value) { value = number(';') == 1; }
    void operator()(std::int32_t& value) {
        const auto wide = number(';');
        value = static_cast<std::int32_t>(wide);
        if (value != wide) fail();
    }
    void operator()(std::int64_t& value) { value = number(';'); }
    void operator()(Instant& at) { at.micros = number(';'); }
    void operator()(Digest& digest) {
        std::string bytes;
        (*this)(bytes);
        if (bytes.size() != digest.size()) return fail();
        std::memcpy(digest.data(), bytes.data(), digest.size());
    }
    void operator()(Report& report) { report_members(*this, report); }
    void operator()(ReportAttachment& file) { attachment_members(*this, file); }
    void operator()(BundleHash& hash) {
        std::string text;
        (*this)(text);
        hash = BundleHash(text);
    }
    template <class Tag>
    void operator()(Id<Tag>& id) {
        (*this)(id.value);
    }
    template <class T>
    void operator()(std::optional<T>& value) {
        if (number(';') == 1) (*this)(value.emplace());
    }
    template <class T>
    void operator()(std::vector<T>& items) {
        for (auto count = number(';'); ok_ && count > 0; --count) (*this)(items.emplace_back());
    }
    void operator()(std::map<std::string, std::string>& items) {
        for (auto count = number(';'); ok_ && count > 0; --count) {
            std::string name;
            (*this)(name);
            (*this)(items[name]);
        }
    }

  private:
    void fail() {
        ok_ = false;
        left_ = {};
    }
    std::int64_t number(char end) {
        std::int64_t value = 0;
        const auto [at, error] = std::from_chars(left_.data(), left_.data() + left_.size(), value);
        const auto used = static_cast<std::size_t>(at - left_.data());
        if (error != std::errc() || used >= left_.size() || left_[used] != end) {
            fail();
            return 0;
        }
        left_.remove_prefix(used + 1);
        return value;
    }

    std::string_view left_;
    bool ok_ = true;
};

template <std::size_t I = 0>
bool read_body(Reader& reader, std::int64_t kind, Body& body) {
    if constexpr (I < std::variant_size_v<Body>) {
        if (kind != static_cast<std::int64_t>(I)) return read_body<I + 1>(reader, kind, body);
        members(reader, body.emplace<I>());
        return reader.ok();
    } else {
        return false;
    }
}

}  // namespace

std::string encode(const Command& command) {
    Writer writer;
    writer.out = kMagic;
    writer(command.id);
    writer(command.case_id);
    writer(static_cast<std::int64_t>(command.actor.kind));
    writer(command.actor.id);
    writer(static_cast<std::int64_t>(command.body.index()));
    std::visit([&](const auto& body) { members(writer, body); }, command.body);
    return std::move(writer.out);
}

Result<Command> decode(std::string_view bytes) {
    if (bytes.substr(0, kMagic.size()) != kMagic) return fail("CS090");
    Reader reader(bytes.substr(kMagic.size()));
    Command command;
    std::int64_t actor = 0;
    std::int64_t kind = -1;
    reader(command.id);
    reader(command.case_id);
    reader(actor);
    reader(command.actor.id);
    reader(kind);
    if (!reader.ok() || actor < 0 || actor > static_cast<int>(Actor::Kind::channel) ||
        !read_body(reader, kind, command.body) || !reader.done())
        return fail("CS090");
    command.actor.kind = static_cast<Actor::Kind>(actor);
    return command;
}

}  // namespace pintu::cases
