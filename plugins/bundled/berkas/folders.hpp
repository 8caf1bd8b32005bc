// The folders below the one that is watched, and moves in them that a crash leaves either done or
// not done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berkas {

// masuk: put files here. proses: the one that is being read. selesai: files that were read, each
// with NAME.hasil.jsonl. gagal: files and lines that could not be. keluar: answers.
struct Folders {
    explicit Folders(const std::string& folder);  // throws where they cannot be made
    std::string incoming, work, done, failed, outgoing;
};

struct Found {
    std::string name;
    std::int64_t size = 0;
    std::int64_t changed_us = 0;
};

// Regular files whose name says that reports are in it (.csv, .jsonl, .ndjson, .json), by name; not
// hidden ones, nor those that are still being written (.tmp, .part).
std::vector<Found> report_files(const std::string& folder);
bool is_csv(std::string_view name);

// A name for the file that none of these folders has, with nothing in it that shells trip over.
std::string free_name(const Folders& folders, const std::string& name);

// Nothing: not there, larger than `most`, a link, or no regular file. `path` is relative, and leads
// nowhere but below the folder. `passing`: it may be read later.
std::optional<std::string> read_below(const std::string& folder, const std::string& path,
                                      std::int64_t most, bool* passing = nullptr);
// Whole or not at all, on disk when it returns.
bool write_whole(const std::string& path, std::string_view bytes);
// Adds to the file's end, on disk when it returns.
bool append(const std::string& path, std::string_view bytes);
// On disk when it returns.
bool move(const std::string& from, const std::string& to);

}  // namespace berkas
