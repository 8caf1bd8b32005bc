// What histories record in the rule language's English words, as a reader of Options::language sees
// it: rule files are written in Indonesian, so their reasons are told in Indonesian. JSON is never
// translated.
#pragma once

#include <string>

#include "adapters/cli/io.hpp"

namespace pintu::cli {

// "14 working days" -> "14 hari kerja", "no" -> "tidak", "{}" -> "(kosong)"; other values as they
// are.
std::string shown_value(const Options& options, const std::string& value);

// An atom with its truth, a limit, a probe: "isi mentions jalan_rusak: no" -> "isi menyebut
// jalan_rusak: tidak". Keywords only; texts in quotes stay.
std::string shown_condition(const Options& options, const std::string& text);

// "otherwise" -> "selain_itu"; names as they are.
std::string shown_rule(const Options& options, const std::string& name);

// "kepala of owner" -> "kepala unit pemilik", "reporter" -> "pelapor".
std::string shown_whom(const Options& options, const std::string& whom);

// An argument of a sentence: lengths of time and offices as above,
// moments as local() has them, the system's reasons ("No such file or directory") in words.
std::string shown_argument(const Options& options, const std::string& argument);

}  // namespace pintu::cli
