#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/launcher/protocol.hpp"
#include "core/host/process/launcher_image.hpp"

namespace assay::host {

/// The launcher program as it runs, and the two ways to talk to it. When this goes, the launcher ends all it started
/// and then itself; the same happens when this process is killed.
class LauncherProcess {
 public:
  /// \throws Error when it cannot be started.
  LauncherProcess();
  ~LauncherProcess();
  LauncherProcess(const LauncherProcess&) = delete;
  LauncherProcess& operator=(const LauncherProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Readable when an answer has come or the launcher has died.
  [[nodiscard]] int socket() const { return socket_.number(); }
  [[nodiscard]] launcher::Mailbox& mailbox() const { return *mailbox_; }
  /// A path under which the launcher's program can be run again.
  [[nodiscard]] std::string program() const { return image_.path(); }

  /// \throws Error when the launcher has died.
  void send(launcher::Command command, const std::vector<int>& descriptors = {});
  /// The answer that has come; nothing where none has. \throws Error when the launcher has died.
  [[nodiscard]] std::optional<launcher::Answer> take_answer();
  /// Waits for the answer. \throws Error when the launcher has died, or is silent for so long.
  launcher::Answer wait_for_answer(std::chrono::nanoseconds patience);

  /// Lets it go on where something has stopped it (SIGSTOP); else without effect.
  void resume() const noexcept;
  /// Ends the launcher and what it started by force. \throws Error, always: "the launcher ... WHY ...".
  [[noreturn]] void give_up(const std::string& why);

 private:
  struct Unmap {
    void operator()(launcher::Mailbox* mailbox) const;
  };

  void start(const FileDescriptor& far_end, const FileDescriptor& mailbox_file);
  /// Its status, as waitpid gives it.
  int wait_for_end() noexcept;

  LauncherImage image_;
  FileDescriptor socket_{-1};
  std::unique_ptr<launcher::Mailbox, Unmap> mailbox_;
  pid_t pid_ = -1;
};

}  // namespace assay::host
