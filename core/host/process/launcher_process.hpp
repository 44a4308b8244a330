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

/// The running launcher program and the two ways to talk to it. When this object is destroyed, or this process is
/// killed, the launcher ends everything it started and then itself.
class LauncherProcess {
 public:
  /// \param hidden_folder  see `Launcher`
  /// \throws Error if the launcher cannot be started.
  explicit LauncherProcess(const std::string& hidden_folder);
  ~LauncherProcess();
  LauncherProcess(const LauncherProcess&) = delete;
  LauncherProcess& operator=(const LauncherProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// The socket is readable when an answer has arrived or the launcher has died.
  [[nodiscard]] int socket() const { return socket_.number(); }
  [[nodiscard]] launcher::Mailbox& mailbox() const { return *mailbox_; }
  /// A path under which the launcher program can be run again.
  [[nodiscard]] std::string program() const { return image_.path(); }

  /// \throws Error when the launcher has died.
  void send(launcher::Command command, const std::vector<int>& descriptors = {});
  /// The answer that has arrived; std::nullopt if there is none. \throws Error if the launcher has died.
  [[nodiscard]] std::optional<launcher::Answer> take_answer();
  /// Waits for the answer. \throws Error if the launcher has died or does not answer within `patience`.
  launcher::Answer wait_for_answer(std::chrono::nanoseconds patience);

  /// Continues the launcher if something has stopped it (SIGSTOP); otherwise has no effect.
  void resume() const noexcept;
  /// Ends the launcher and what it started by force. \throws Error in every case: "the launcher ... WHY ...".
  [[noreturn]] void give_up(const std::string& why);

 private:
  struct Unmap {
    void operator()(launcher::Mailbox* mailbox) const;
  };

  void start(const FileDescriptor& far_end, const FileDescriptor& mailbox_file, const std::string& hidden_folder);
  /// Waits for the launcher to end. Returns its status, as waitpid reports it.
  int wait_for_end() noexcept;

  LauncherImage image_;
  FileDescriptor socket_{-1};
  std::unique_ptr<launcher::Mailbox, Unmap> mailbox_;
  pid_t pid_ = -1;
};

}  // namespace assay::host
