// One fingerprint for the results of a run: equal digests mean equal counts in every table. It depends
// on values and shapes alone, not on compression, program version, threads or the way to the file.
//
// A table's hash is the SHA-256 of its values as eight-byte little-endian integers in C order; the digest
// is the SHA-256 of one line for each table, "group/name shape hash", so that anyone can check either
// with hashlib (FORMAT.md shows how).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/run.hpp"
#include "outputs/sha256.hpp"

namespace tremplin {

// Gathers the hashes of tables, in the order of result_tables().
class RunDigest {
 public:
  void add(std::string_view path, const std::vector<std::size_t>& shape, std::string_view table_hash);
  [[nodiscard]] std::string finish() { return hash_.finish(); }

 private:
  Sha256 hash_;
};

// 64 hexadecimal digits. Throws std::invalid_argument if the run does not fit together.
std::string digest(const Run& run);

// The same for a file, from its values; works for files of earlier program versions too.
// Throws InputError{unreadable | not_a_result | newer_format}.
std::string digest(const std::filesystem::path& path);

}  // namespace tremplin
