#include "jpeg.hpp"

#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <csetjmp>
#include <vector>

#include "place.hpp"

namespace bukti {
namespace {

using namespace std::literals;

constexpr unsigned kStart = 0xD8, kEnd = 0xD9, kScan = 0xDA;
constexpr unsigned kApp0 = 0xE0, kApp1 = 0xE1, kApp2 = 0xE2, kApp14 = 0xEE, kApp15 = 0xEF;
constexpr unsigned kComment = 0xFE;
constexpr int kMostScans = 200;  // a file of a few kilobytes may ask for thousands of passes

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

bool is_frame(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::string segment(unsigned marker, std::string_view body) {
    const std::size_t length = body.size() + 2;
    std::string bytes = {'\xFF', static_cast<char>(marker), static_cast<char>(length >> 8U),
                         static_cast<char>(length & 0xFFU)};
    return bytes.append(body);
}

// An EXIF that says how to turn the picture, and nothing else.
std::string turned(int orientation) {
    std::string exif("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"sv);
    exif += static_cast<char>(orientation);
    return segment(kApp1, exif.append(7, '\0'));
}

class Reader {
  public:
    explicit Reader(std::string_view file) : file_(file) {}

    Picture read() {
        picture_.copy = "\xFF\xD8";
        at_ = 2;
        while (picture_.broken.empty() && !ended_) one();
        if (picture_.broken.empty() && picture_.width == 0) broken("tidak ada ukuran gambar");
        if (!picture_.broken.empty()) picture_.copy.clear();
        return std::move(picture_);
    }

  private:
    void broken(const char* why) { picture_.broken = why; }

    void one() {
        while (at_ + 1 < file_.size() && byte_at(file_, at_) == 0xFF &&
               byte_at(file_, at_ + 1) == 0xFF)
            ++at_;  // fill bytes
        if (at_ + 1 >= file_.size()) return broken("berkas terpotong");
        if (byte_at(file_, at_) != 0xFF) return broken("segmen rusak");
        const unsigned marker = byte_at(file_, at_ + 1);
        at_ += 2;
        if (marker == kEnd) {
            picture_.copy += "\xFF\xD9";
            ended_ = true;
            return;
        }
        if (marker == kStart || marker < 0xC0) return broken("segmen rusak");
        if (at_ + 2 > file_.size()) return broken("berkas terpotong");
        const std::size_t length = byte_at(file_, at_) << 8U | byte_at(file_, at_ + 1);
        if (length < 2 || at_ + length > file_.size()) return broken("berkas terpotong");
        take(marker, file_.substr(at_ + 2, length - 2));
        at_ += length;
        if (marker == kScan) scan();
    }

    void take(unsigned marker, std::string_view body) {
        if (is_frame(marker)) {
            if (body.size() < 6 || picture_.width != 0) return broken("ukuran gambar rusak");
            picture_.height = byte_at(body, 1) << 8U | byte_at(body, 2);
            picture_.width = byte_at(body, 3) << 8U | byte_at(body, 4);
            if (picture_.height == 0 || picture_.width == 0) return broken("ukuran gambar rusak");
        }
        if (marker == kApp0 && body.size() >= 14 && body.substr(0, 5) == "JFIF\0"sv) {
            std::string plain(body.substr(0, 12));  // without its small picture
            picture_.copy += segment(kApp0, plain.append(2, '\0'));
            return;
        }
        if (marker == kApp1 && body.substr(0, 6) == "Exif\0\0"sv && picture_.exif.empty()) {
            picture_.exif = body;
            const int orientation = orientation_in(body);
            if (orientation > 1) picture_.copy += turned(orientation);
            return;
        }
        const bool colours = (marker == kApp2 && body.substr(0, 12) == "ICC_PROFILE\0"sv) ||
                             (marker == kApp14 && body.substr(0, 5) == "Adobe");
        const bool tells = (marker >= kApp0 && marker <= kApp15) || marker == kComment;
        if (!tells || colours) picture_.copy += segment(marker, body);
    }

    // The coded pixels, up to the next marker.
    void scan() {
        const std::size_t from = at_;
        for (; at_ + 1 < file_.size(); ++at_) {
            if (byte_at(file_, at_) != 0xFF) continue;
            const unsigned next = byte_at(file_, at_ + 1);
            if (next == 0xFF || next == 0 || (next >= 0xD0 && next <= 0xD7)) continue;
            picture_.copy.append(file_.substr(from, at_ - from));
            return;
        }
        broken("berkas terpotong");
    }

    std::string_view file_;
    std::size_t at_ = 0;
    bool ended_ = false;
    Picture picture_;
};

// libjpeg's way out of an error. Nothing with a destructor lives between the jump and its end.
struct Errors {
    jpeg_error_mgr manager;
    std::jmp_buf out;
};

void leave(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->out, 1);
}

void count_scans(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > kMostScans) leave(jpeg);
}

void keep_quiet(j_common_ptr) {}

bool decodes(std::string_view file, JSAMPLE* row, std::size_t row_size) {
    Errors errors{};
    jpeg_decompress_struct jpeg{};
    jpeg_progress_mgr progress{};
    jpeg.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave;
    errors.manager.output_message = keep_quiet;
    if (setjmp(errors.out) != 0) {
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg_create_decompress(&jpeg);
    progress.progress_monitor = count_scans;
    jpeg.progress = &progress;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&jpeg, TRUE);
    jpeg.scale_num = 1;
    jpeg.scale_denom = 8;  // all bits are read, few pixels are made
    jpeg.dct_method = JDCT_IFAST;
    jpeg_start_decompress(&jpeg);
    const std::size_t needed = static_cast<std::size_t>(jpeg.output_width) *
                               static_cast<std::size_t>(jpeg.output_components);
    bool whole = needed <= row_size;
    while (whole && jpeg.output_scanline < jpeg.output_height)
        whole = jpeg_read_scanlines(&jpeg, &row, 1) == 1;
    if (whole) jpeg_finish_decompress(&jpeg);
    whole = whole && errors.manager.num_warnings == 0;
    jpeg_destroy_decompress(&jpeg);
    return whole;
}

}  // namespace

Picture read_jpeg(std::string_view file) {
    return Reader(file).read();
}

std::string decode_jpeg(std::string_view file) {
    constexpr std::size_t kRow = 65'536U * 4U;
    std::vector<JSAMPLE> row(kRow);
    return decodes(file, row.data(), row.size()) ? "" : "isi gambar rusak";
}

}  // namespace bukti
