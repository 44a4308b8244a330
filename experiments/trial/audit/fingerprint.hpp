#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// What one arm of one cell is made of: each part's name with its value or digest. Values of environment variables
/// are digests, since some are secrets.
///
/// Parts: "argv[0]" ..., "env NAME", "state", "working directory", "standard input PATH", "executable", "executable
/// content", "interpreter", "library NAME", "library NAME content", "named file PATH", "input PATH", "harness PATH",
/// "file PATH", "changed file PATH" (of the clone, since its build); and of the machine "host", "boot", "kernel",
/// "governor", "limit NAME", "cgroup NAME". Paths in an arm's own clone start at its top; what was built there is
/// digested as what of it runs (host::product_digest).
struct Fingerprint {
  std::size_t cell = 0;
  ArmIndex arm = kControl;
  std::map<std::string, std::string> parts;
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// Takes fingerprints. Files are hashed once and again only when their stat changed: a large input costs its reading
/// once per session.
class Fingerprinter {
 public:
  Fingerprinter();
  ~Fingerprinter();
  Fingerprinter(Fingerprinter&&) noexcept;
  Fingerprinter& operator=(Fingerprinter&&) noexcept;

  /// Takes those of the machine and the process anew for every fingerprint.
  /// \throws Error when the program, the working directory or a declared input is missing; it names the arm.
  [[nodiscard]] Fingerprint take(const Plan& plan, const ArmSetup& setup);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Arguments and environment: what can be told without looking at the machine.
[[nodiscard]] Fingerprint declared_parts(const ArmSetup& setup);

/// Canonical JSON: how a session hands its first fingerprints to the next one.
[[nodiscard]] std::string fingerprints_json(const std::vector<Fingerprint>& fingerprints);
/// \throws Error for text that `fingerprints_json` did not write.
[[nodiscard]] std::vector<Fingerprint> parse_fingerprints(const std::string& json);

}  // namespace assay::trial
