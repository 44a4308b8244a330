#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::host {

/// The whole file. \throws Error that names the path and the reason.
[[nodiscard]] std::string read_file(const std::string& path);
/// The first bytes of the file, or all of a shorter file. \throws Error as above.
[[nodiscard]] std::string read_file_start(const std::string& path, std::size_t bytes);
/// Writes a temporary file beside the target, syncs and renames it, so that a reader, or the disk after a power cut,
/// has either the old text or the new. A symbolic link is followed, and the mode of an existing file is kept. A target
/// that is not a regular file (a FIFO, a device) is written directly.
/// \throws Error that names the path and the reason (read-only, disk full); the old file is then unchanged.
void write_file_atomically(const std::string& path, std::string_view text);

enum class Creation { created, already_there };

/// Like `write_file_atomically`, but only if nothing has that name: it never overwrites a file, even if two processes
/// try at once. \throws Error as above.
[[nodiscard]] Creation create_file_atomically(const std::string& path, std::string_view text);

/// Makes the folder and all missing parents. \throws Error that names the folder and the reason.
void make_folder(const std::string& path);

/// The absolute path, without "." and "..", with existing links resolved.
[[nodiscard]] std::string absolute_path(const std::string& path);

}  // namespace assay::host
