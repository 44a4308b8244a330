#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/record_store.hpp"

namespace assay::record {

/// The key that somebody signs with.
struct SigningKey {
  std::string public_key;  ///< hexadecimal
  std::string secret_key;  ///< hexadecimal
};
/// $XDG_CONFIG_HOME/assay/signing-key.json, else the same below ~/.config. \throws Error where neither is known.
[[nodiscard]] std::string default_key_path();
/// Makes a key in a file that its owner alone can read. \throws Error where there is one already.
[[nodiscard]] SigningKey make_signing_key(const std::string& path);
/// \throws Error when it cannot be read, is no key, or others could read it.
[[nodiscard]] SigningKey read_signing_key(const std::string& path);

/// Lays the public half into `.assay/keys/`, for others to verify with, under its owner's name. One that is there
/// stays.
void publish_key(const Lab& lab, const SigningKey& key, const std::string& owner);

/// A signature of one record: a file beside it, so that the record's hash stays as it is.
struct Signature {
  std::string file;  ///< its name in the records' folder
  std::string record_sha256;
  std::string public_key;  ///< hexadecimal
  std::string actor;
  std::string signature;  ///< hexadecimal, of `signed_text`
};
/// What is signed: the canonical JSON of the file without the signature itself.
[[nodiscard]] std::string signed_text(const Signature& signature);
/// Signs and writes; the same record again gives the same file. Returns it.
Signature sign_record(const Lab& lab, const RecordSummary& record, const SigningKey& key, const std::string& actor);

/// All signatures of the lab, by file name. \throws Error that names a file which is none.
[[nodiscard]] std::vector<Signature> signatures_in(const Lab& lab);
/// All public keys of the lab, in hexadecimal. \throws Error likewise.
[[nodiscard]] std::vector<std::string> public_keys_of(const Lab& lab);

}  // namespace assay::record
