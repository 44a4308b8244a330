#pragma once

namespace assay::host {

/// While it lives, what this thread starts gets no random addresses (ADDR_NO_RANDOMIZE of personality(2)); a `Launcher`
/// that is made meanwhile passes that on to its children. The setting of this thread is restored afterwards, and
/// nothing of the machine is changed.
class FixedAddresses {
 public:
  FixedAddresses() noexcept;
  ~FixedAddresses();
  FixedAddresses(const FixedAddresses&) = delete;
  FixedAddresses& operator=(const FixedAddresses&) = delete;

  /// Whether the kernel let this thread do so; a filter of system calls, as in some containers, may forbid it.
  [[nodiscard]] bool are_granted() const noexcept { return granted_; }

 private:
  unsigned long before_ = 0;
  bool granted_ = false;
};

}  // namespace assay::host
