#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::host {

/// The whole file. \throws Error that names the path and why.
[[nodiscard]] std::string read_file(const std::string& path);
/// Its first bytes; all of a file that has no more. \throws Error likewise.
[[nodiscard]] std::string read_file_start(const std::string& path, std::size_t bytes);
/// Writes beside the target, syncs and renames, so that a reader or a power cut sees the old text or the new. A
/// symbolic link is followed; the mode of an existing file is kept. What is no regular file (a FIFO, a device) is
/// written to as it is.
/// \throws Error that names the path and why (read-only, disk full); the old file is then as it was.
void write_file_atomically(const std::string& path, std::string_view text);

enum class Creation { created, already_there };

/// Like `write_file_atomically`, but only where nothing of that name exists: never over another file, also when two
/// processes try at once. \throws Error as above.
[[nodiscard]] Creation create_file_atomically(const std::string& path, std::string_view text);

/// Makes the folder and those above it that are missing. \throws Error that names the folder and why.
void make_folder(const std::string& path);

/// Absolute, without "." and "..", links followed where they exist.
[[nodiscard]] std::string absolute_path(const std::string& path);

}  // namespace assay::host
