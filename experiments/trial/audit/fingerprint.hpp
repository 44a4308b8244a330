#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/audit/part.hpp"

namespace assay::trial {

/// What one arm of one cell is made of: each part with its value or digest. Values of environment variables are
/// digests, since some are secrets. Paths in an arm's own clone start at its top, and the digest of a build product
/// covers only what affects execution (host::product_digest).
struct Fingerprint {
  std::size_t cell = 0;
  ArmIndex arm = kControl;
  Parts parts;
  /// Digest of what `env`, `sh -c`, interpreters and other wrappers start. Empty if there is no wrapper, or if that is
  /// no file yet. It is no part: whether it stays the same is not asked.
  std::string wrapped_program = {};
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

/// Takes fingerprints. A file is hashed again only if its stat changed, so a large input is read once per session.
class Fingerprinter {
 public:
  Fingerprinter();
  ~Fingerprinter();
  Fingerprinter(Fingerprinter&&) noexcept;
  Fingerprinter& operator=(Fingerprinter&&) noexcept;

  /// Reads the parts of the machine and the process anew for every fingerprint.
  /// \throws Error that names the arm if the program, the working directory or a declared input is missing.
  [[nodiscard]] Fingerprint take(const Plan& plan, const ArmSetup& setup);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Only the arguments and the environment, which are known without looking at the machine.
[[nodiscard]] Fingerprint declared_parts(const ArmSetup& setup);

/// True for a path as fingerprints hold it if the file lies in the arm's own clone.
[[nodiscard]] bool lies_in_clone(const std::string& path);

/// The part for a word of the command.
[[nodiscard]] Part argument_part(std::size_t word);

/// Canonical JSON, by which a session hands its first fingerprints to the next one.
[[nodiscard]] std::string fingerprints_json(const std::vector<Fingerprint>& fingerprints);
/// \throws Error for text that `fingerprints_json` did not write.
[[nodiscard]] std::vector<Fingerprint> parse_fingerprints(const std::string& json);

}  // namespace assay::trial
