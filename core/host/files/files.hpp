#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::host {

/// A larger file is refused: nothing that assay reads whole is as large, unless it is not what it should be.
inline constexpr std::size_t kLargestRead = std::size_t{1} << 30;

/// The whole file. It never waits: see `open_regular_file`.
/// \throws Error that names the path and the reason, also if the file has more bytes than `most`.
[[nodiscard]] std::string read_file(const std::string& path, std::size_t most = kLargestRead);
/// The first bytes of the file, or all of a shorter file. \throws Error as above.
[[nodiscard]] std::string read_file_start(const std::string& path, std::size_t bytes);
/// Like `read_file_start` for a file that a user names on the command line. What the shell has already opened for this
/// process, as in `<(command)` and /dev/stdin, is read too, until it ends.
[[nodiscard]] std::string read_named_file(const std::string& path, std::size_t bytes = kLargestRead);
/// Writes a temporary file beside the target, syncs and renames it, so that a reader, or the disk after a power cut,
/// has either the old text or the new. A symbolic link is followed, and the mode of an existing file is kept. Text
/// for /dev/null is dropped; into FIFOs and devices that a user names, `OutputDestination` writes.
/// \throws Error that names the path and the reason (read-only, disk full, no file); the old file is then unchanged.
void write_file_atomically(const std::string& path, std::string_view text);

/// Finds out beforehand whether `write_file_atomically` could write the file. A disk that is full shows only later.
/// \throws Error that names the path and the reason: a folder that is missing, or that refuses.
void check_writable(const std::string& path);

enum class Creation { created, already_there };

/// Like `write_file_atomically`, but only if nothing has that name: it never overwrites a file, even if two processes
/// try at once. \throws Error as above.
[[nodiscard]] Creation create_file_atomically(const std::string& path, std::string_view text);

/// Makes the folder and all missing parents. \throws Error that names the folder and the reason.
void make_folder(const std::string& path);

/// The absolute path, without "." and "..", with existing links resolved.
[[nodiscard]] std::string absolute_path(const std::string& path);

}  // namespace assay::host
