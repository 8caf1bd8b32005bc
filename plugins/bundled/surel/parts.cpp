#include "parts.hpp"

#include "charset.hpp"
#include "plain.hpp"

namespace surel {
namespace {

constexpr std::size_t kMostHtmlBytes = 4U << 20;

std::string bytes_of(GMimeObject* object) {
    GMimeStream* stream = g_mime_stream_mem_new();
    if (GMIME_IS_PART(object)) {
        if (GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object)))
            g_mime_data_wrapper_write_to_stream(content, stream);
    } else {
        GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner != nullptr) g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, stream);
    }
    const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    std::string bytes(reinterpret_cast<const char*>(array->data), array->len);
    g_object_unref(stream);
    return bytes;
}

// No folders, no "..", nothing that a shell or a page could take for its own.
std::string file_name(const char* given, std::size_t number, const char* otherwise) {
    bool wrong = false;
    std::string name = given == nullptr ? "" : one_line(to_utf8(given, "", wrong), 1000);
    name = name.substr(name.find_last_of("/\\") + 1);
    std::string kept;
    for (const char c : name)
        if (std::string_view("<>:\"|?*").find(c) == std::string_view::npos) kept += c;
    while (!kept.empty() && kept[0] == '.') kept.erase(0, 1);
    if (kept.empty()) return "lampiran-" + std::to_string(number) + otherwise;
    if (kept.size() <= 200) return kept;
    const auto dot = kept.rfind('.');
    const bool ends = dot != std::string::npos && kept.size() - dot <= 10;
    const std::string end = ends ? kept.substr(dot) : "";
    return std::string(cut(kept, 200 - end.size())) + end;
}

class Parts {
  public:
    Parts(const Limits& limits, Letter& letter) : limits_(limits), letter_(letter) {}

    void read(GMimeObject* part, int depth) {
        if (part == nullptr || count_ > kMostParts) return;
        if (++count_ > kMostParts || depth > kMostDepth) {
            too_many_ = true;
            return;
        }
        if (GMIME_IS_MULTIPART(part)) {
            const int parts = g_mime_multipart_get_count(GMIME_MULTIPART(part));
            for (int i = 0; i < parts && count_ <= kMostParts; ++i)
                read(g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
        } else if (GMIME_IS_MESSAGE_PART(part)) {
            file(part, ".eml");
        } else if (GMIME_IS_PART(part)) {
            leaf(part);
        }
    }

    void finish(bool cut_off) {
        if (cut_off) {
            mark("surat melebihi batas ukuran: hanya bagian depannya yang dibaca");
            if (!letter_.files.empty() && last_is_file_) letter_.files.pop_back();
        }
        if (too_many_) mark("surat punya terlalu banyak bagian: sisanya tidak dibaca");
        if (left_out_ > 0) mark(std::to_string(left_out_) + " lampiran tidak diambil");
        if (wrong_charset_) mark("sandi huruf surat tidak sesuai dengan isinya");
        letter_.text = many_lines(plain_.empty() ? plain_text(html_) : plain_);
        if (letter_.text.empty() && !html_.empty()) letter_.text = many_lines(plain_text(html_));
        shorten();
    }

  private:
    void mark(std::string words) { letter_.marks.push_back(std::move(words)); }

    void leaf(GMimeObject* part) {
        GMimeContentType* type = g_mime_object_get_content_type(part);
        const bool attached = g_mime_part_is_attachment(GMIME_PART(part)) != 0 ||
                              g_mime_part_get_filename(GMIME_PART(part)) != nullptr;
        const bool html = g_mime_content_type_is_type(type, "text", "html") != 0;
        if (g_mime_content_type_is_type(type, "application", "pgp-signature") ||
            g_mime_content_type_is_type(type, "application", "pkcs7-signature"))
            return;
        if (!attached && html) {
            text(part, html_);
        } else if (!attached && g_mime_content_type_is_type(type, "text", "plain")) {
            text(part, plain_);
        } else {
            file(part, html ? ".html" : "");
        }
    }

    void text(GMimeObject* part, std::string& to) {
        if (to.size() >= kMostHtmlBytes) return;
        const char* charset = g_mime_object_get_content_type_parameter(part, "charset");
        bool wrong = false;
        std::string read = to_utf8(bytes_of(part), charset == nullptr ? "" : charset, wrong);
        wrong_charset_ = wrong_charset_ || wrong;
        last_is_file_ = false;
        if (many_lines(read).empty()) return;
        if (!to.empty()) to += "\n";
        to += cut(read, kMostHtmlBytes);
    }

    void file(GMimeObject* part, const char* otherwise) {
        const char* name =
            GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : nullptr;
        last_is_file_ = true;
        if (letter_.files.size() >= limits_.attachments) {
            ++left_out_;
            last_is_file_ = false;
            return;
        }
        std::string bytes = bytes_of(part);
        if (bytes.empty()) return;
        letter_.files.push_back(
            {file_name(name, letter_.files.size() + 1, otherwise), std::move(bytes)});
    }

    void shorten() {
        if (letter_.text.size() <= kMostTextBytes) return;
        mark("teks surat terlalu panjang: seluruhnya ada di lampiran isi-lengkap.txt");
        std::string shortened(cut(letter_.text, kMostTextBytes));
        letter_.files.push_back({"isi-lengkap.txt", std::move(letter_.text)});
        letter_.text = std::move(shortened);
    }

    const Limits& limits_;
    Letter& letter_;
    std::string plain_;
    std::string html_;
    std::size_t count_ = 0;
    std::size_t left_out_ = 0;
    bool too_many_ = false;
    bool wrong_charset_ = false;
    bool last_is_file_ = false;
};

}  // namespace

void read_parts(GMimeObject* top, const Limits& limits, bool cut_off, Letter& letter) {
    Parts parts(limits, letter);
    parts.read(top, 0);
    parts.finish(cut_off);
}

}  // namespace surel
