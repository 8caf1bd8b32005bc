#include "adapters/store/postgres/archive.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "adapters/store/sql/lists.hpp"

namespace pintu::postgres {
namespace {

constexpr std::string_view kMagic = "PINTU-BACKUP\n";
constexpr std::string_view kOfSqlite = "SQLite format 3";
constexpr const char* kFormat = "1";
constexpr const char* kKind = "postgresql";
constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kLongest = 4 * kPiece;  // of a record: whatever is longer is damage

std::string list_of(const std::vector<std::string>& items) {
    return store::to_list(items);
}

void extend(Digest& chain, std::string_view bytes) {
    chain = sha256({bytes_of(chain), bytes});
}

std::string header_of(char kind, std::size_t length) {
    std::string header(1, kind);
    for (int shift = 24; shift >= 0; shift -= 8) {
        header += static_cast<char>((length >> shift) & 0xff);
    }
    return header;
}

std::size_t length_of(std::string_view header) {
    std::size_t length = 0;
    for (const char c : header.substr(1)) length = length << 8 | static_cast<std::uint8_t>(c);
    return length;
}

bool sync_folder(const std::string& file) {
    const auto folder = std::filesystem::absolute(file).parent_path().string();
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool done = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    return done;
}

}  // namespace

// --- ArchiveWriter ---

Result<std::unique_ptr<ArchiveWriter>> ArchiveWriter::create(const std::string& file,
                                                             std::int64_t schema) {
    struct stat known {};
    if (::lstat(file.c_str(), &known) == 0) return fail("ST039", file);
    std::unique_ptr<ArchiveWriter> writer(new ArchiveWriter(file));
    ::unlink(writer->part().c_str());
    // Personal data: for its owner only.
    const int handle =
        ::open(writer->part().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (handle < 0) return fail("ST035", file, std::strerror(errno));
    writer->stream_ = ::fdopen(handle, "wb");
    if (std::fwrite(kMagic.data(), 1, kMagic.size(), writer->stream_) != kMagic.size()) {
        writer->error_ = errno;
    }
    writer->put('H', list_of({kFormat, kKind, std::to_string(schema)}));
    return writer;
}

ArchiveWriter::~ArchiveWriter() {
    if (stream_ != nullptr) std::fclose(stream_);
    if (!published_) ::unlink(part().c_str());
}

bool ArchiveWriter::put(char kind, std::string_view content) {
    if (error_ != 0) return false;
    const std::string header = header_of(kind, content.size());
    extend(chain_, header);
    extend(chain_, content);
    if (std::fwrite(header.data(), 1, header.size(), stream_) != header.size() ||
        std::fwrite(content.data(), 1, content.size(), stream_) != content.size()) {
        error_ = errno;
    }
    return error_ == 0;
}

bool ArchiveWriter::begin(std::string name, std::string columns) {
    section_ = {std::move(name), std::move(columns), 0, 0, {}};
    return put('T', list_of({section_.name, section_.columns}));
}

bool ArchiveWriter::flush_piece() {
    if (piece_.empty()) return error_ == 0;
    extend(section_.digest, piece_);
    section_.bytes += piece_.size();
    const bool done = put('D', piece_);
    piece_.clear();
    return done;
}

bool ArchiveWriter::add(std::string_view rows) {
    while (!rows.empty()) {
        const auto front = rows.substr(0, kPiece - piece_.size());
        piece_ += front;
        rows.remove_prefix(front.size());
        if (piece_.size() == kPiece && !flush_piece()) return false;
    }
    return error_ == 0;
}

bool ArchiveWriter::end(std::uint64_t rows) {
    if (!flush_piece()) return false;
    ++tables_;
    rows_ += rows;
    return put('E', list_of({std::to_string(rows), std::to_string(section_.bytes),
                             to_hex(bytes_of(section_.digest))}));
}

Error ArchiveWriter::failure() const {
    if (error_ == ENOSPC || error_ == EDQUOT || error_ == EFBIG) return {"ST002", {file_}};
    if (error_ == EEXIST) return {"ST039", {file_}};
    return {"ST035", {file_, std::strerror(error_)}};
}

Result<void> ArchiveWriter::close() {
    const std::string chain = to_hex(bytes_of(chain_));
    put('Z', list_of({std::to_string(tables_), std::to_string(rows_), chain}));
    if (error_ == 0 && (std::fflush(stream_) != 0 || ::fsync(::fileno(stream_)) != 0)) {
        error_ = errno;
    }
    if (std::fclose(std::exchange(stream_, nullptr)) != 0 && error_ == 0) error_ = errno;
    if (error_ != 0) return Unexpected<Error>{failure()};
    return {};
}

// A name that somebody took meanwhile is not taken from them.
Result<void> ArchiveWriter::publish() {
    if (::link(part().c_str(), file_.c_str()) != 0 || !sync_folder(file_)) {
        error_ = errno;
        return Unexpected<Error>{failure()};
    }
    ::unlink(part().c_str());
    published_ = true;
    return {};
}

// --- ArchiveReader ---

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(const std::string& file,
                                                           std::int64_t schema) {
    std::unique_ptr<ArchiveReader> reader(new ArchiveReader(file));
    reader->stream_ = std::fopen(file.c_str(), "rbe");
    if (reader->stream_ == nullptr) return fail("ST035", file, std::strerror(errno));
    if (const auto read = reader->read_header(schema); !read) return read.unexpected();
    return reader;
}

ArchiveReader::~ArchiveReader() {
    if (stream_ != nullptr) std::fclose(stream_);
}

Unexpected<Error> ArchiveReader::damaged() const {
    return damaged_since(position_);
}

Unexpected<Error> ArchiveReader::damaged_since(std::uint64_t from) const {
    std::string where = section_.name.empty() ? "" : section_.name + ", ";
    where += from == position_ ? "byte " : "bytes " + std::to_string(from) + " to ";
    return fail("ST032", file_, where + std::to_string(position_));
}

Result<void> ArchiveReader::read_header(std::int64_t schema) {
    std::string magic(kMagic.size(), '\0');
    if (std::fread(magic.data(), 1, magic.size(), stream_) != magic.size() || magic != kMagic) {
        const bool sqlite = kOfSqlite.starts_with(magic);
        return sqlite ? fail("ST038", file_, "sqlite:") : fail("ST031", file_);
    }
    position_ = magic.size();
    const auto header = take();
    if (!header) return header.unexpected();
    const auto items = store::from_list(header->content);
    if (header->kind != 'H' || items.size() != 3) return damaged();
    const auto known = std::vector<std::string>{kFormat, kKind, std::to_string(schema)};
    const auto name = [](const std::vector<std::string>& parts) {
        return parts[1] + " " + parts[0] + "." + parts[2];
    };
    if (items != known) return fail("ST033", file_, name(items), name(known));
    return {};
}

Result<ArchiveReader::Record> ArchiveReader::take() {
    std::string header(5, '\0');
    if (std::fread(header.data(), 1, header.size(), stream_) != header.size()) return damaged();
    Record record{header[0], {}};
    const std::size_t length = length_of(header);
    if (length > kLongest) return damaged();
    record.content.resize(length);
    if (std::fread(record.content.data(), 1, length, stream_) != length) return damaged();
    position_ += header.size() + length;
    if (record.kind != 'Z') {
        extend(chain_, header);
        extend(chain_, record.content);
    }
    return record;
}

Result<void> ArchiveReader::end_section(const Record& record) {
    const std::uint64_t bytes = section_.bytes;
    const auto items = store::from_list(record.content);
    if (record.kind != 'E' || items.size() != 3 || items[1] != std::to_string(bytes) ||
        items[2] != to_hex(bytes_of(section_.digest))) {
        return damaged_since(section_at_);
    }
    passed_rows_ = std::strtoull(items[0].c_str(), nullptr, 10);
    in_section_ = false;
    ++tables_;
    rows_ += passed_rows_;
    return {};
}

Result<void> ArchiveReader::end_file(const Record& record) {
    const std::vector<std::string> found{std::to_string(tables_), std::to_string(rows_),
                                         to_hex(bytes_of(chain_))};
    if (record.kind != 'Z' || store::from_list(record.content) != found ||
        std::fgetc(stream_) != EOF) {
        return damaged_since(0);
    }
    return {};
}

Result<std::string> ArchiveReader::piece() {
    if (!in_section_) return std::string();
    auto record = take();
    if (!record) return record.unexpected();
    if (record->kind != 'D') {
        if (const auto ended = end_section(*record); !ended) return ended.unexpected();
        return std::string();
    }
    if (record->content.empty()) return damaged();
    extend(section_.digest, record->content);
    section_.bytes += record->content.size();
    return std::move(record->content);
}

Result<std::optional<Section>> ArchiveReader::next() {
    while (in_section_) {
        if (const auto passed = piece(); !passed) return passed.unexpected();
    }
    const auto record = take();
    if (!record) return record.unexpected();
    section_.name.clear();
    if (record->kind != 'T') {
        if (const auto ended = end_file(*record); !ended) return ended.unexpected();
        return std::optional<Section>();
    }
    const auto items = store::from_list(record->content);
    if (items.size() != 2) return damaged();
    section_ = {items[0], items[1], 0, 0, {}};
    section_at_ = position_;
    in_section_ = true;
    return std::optional<Section>(section_);
}

}  // namespace pintu::postgres
