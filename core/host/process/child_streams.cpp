#include "core/host/process/child_streams.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/process/program_lookup.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// The capacity of a pipe, so that one call empties it.
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr int kPiecesAtOnce = 16;
constexpr mode_t kEveryoneByUmask = 0666;

/// The absolute path of the file of a stream; empty if the stream does not go to a file.
std::string file_of(const ProcessRequest& request, const OutputSink& sink) {
  const auto* file = std::get_if<ToFile>(&sink);
  return file == nullptr ? "" : path_seen_by_child(request, file->path);
}

bool name_one_file(const ProcessRequest& request) {
  const std::string file = file_of(request, request.standard_output);
  return !file.empty() && file == file_of(request, request.standard_error);
}

/// Lets the child wait for the file as it is used to.
void let_wait(const FileDescriptor& file) {
  ::fcntl(file.number(), F_SETFL, ::fcntl(file.number(), F_GETFL) & ~O_NONBLOCK);
}

bool is_pipe(const struct stat& status) {
  return S_ISFIFO(status.st_mode);
}

/// Opening it to write would wait for a reader.
bool is_pipe_without_reader(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !is_pipe(status)) return false;
  return FileDescriptor(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)).number() < 0;
}

FileDescriptor open_input(const ProcessRequest& request) {
  if (request.standard_input.empty()) return FileDescriptor(-1);
  const std::string path = path_seen_by_child(request, request.standard_input);
  FileDescriptor file = FileDescriptor::open("read", path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  // Whoever holds the other end of a pipe could keep it open for ever.
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && is_pipe(status)) {
    throw Error(fmt::format("cannot read {}: it is a FIFO, not a file; put a regular file there", path));
  }
  let_wait(file);
  return file;
}

FileDescriptor open_output(const std::string& path) {
  if (is_pipe_without_reader(path)) {
    throw Error(fmt::format("cannot write {}: it is a FIFO that nobody reads; put a regular file there", path));
  }
  FileDescriptor file =
      FileDescriptor::open("write", path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY, kEveryoneByUmask);
  let_wait(file);
  return file;
}

}  // namespace

OutputStream::OutputStream(const OutputSink& sink, const std::string& file) {
  if (std::holds_alternative<ToNull>(sink)) return;
  if (std::holds_alternative<ToFile>(sink)) {
    child_end_ = open_output(file);
    return;
  }
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error("make", "a pipe", errno);
  read_end_ = FileDescriptor(ends[0]);
  child_end_ = FileDescriptor(ends[1]);
  ::fcntl(read_end_.number(), F_SETFL, O_NONBLOCK);
  if (!std::holds_alternative<Drained>(sink)) hash_.emplace();
  if (const auto* captured = std::get_if<Captured>(&sink)) limit_ = captured->limit;
}

void OutputStream::drain() {
  for (int piece = 0; piece < kPiecesAtOnce; ++piece) {
    if (!take_piece()) return;
  }
}

void OutputStream::drain_rest() {
  int waiting = 0;
  if (!read_end_.is_open() || ::ioctl(read_end_.number(), FIONREAD, &waiting) != 0) return;
  const std::size_t end = captured_.bytes + static_cast<std::size_t>(waiting);
  while (captured_.bytes < end && take_piece()) {
  }
  // Notices the end of a pipe that no process holds any more.
  take_piece();
}

bool OutputStream::take_piece() {
  if (!read_end_.is_open()) return false;
  std::array<char, kPieceBytes> piece;
  const ssize_t count = read_end_.read_some(piece.data(), piece.size());
  if (count > 0) {
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(count));
    captured_.bytes += bytes.size();
    captured_.text += bytes.substr(0, limit_ - captured_.text.size());
    if (hash_) hash_->add(bytes);
    return true;
  }
  if (count == 0 || errno != EAGAIN) read_end_ = FileDescriptor(-1);
  return false;
}

CapturedOutput OutputStream::finish() {
  if (!hash_) return {};
  captured_.sha256 = hash_->finish();
  hash_.reset();
  limit_ = 0;
  return std::exchange(captured_, {});
}

ChildStreams::ChildStreams(const ProcessRequest& request)
    : output(request.standard_output, file_of(request, request.standard_output)),
      error(name_one_file(request) ? OutputSink(ToNull{}) : request.standard_error,
            file_of(request, request.standard_error)),
      input_(open_input(request)),
      share_file_(name_one_file(request)) {}

std::array<int, 3> ChildStreams::child_ends() const {
  return {input_.number(), output.child_end(), share_file_ ? output.child_end() : error.child_end()};
}

void ChildStreams::close_child_ends() {
  input_ = FileDescriptor(-1);
  output.close_child_end();
  error.close_child_end();
}

}  // namespace assay::host
