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
/// $XDG_CONFIG_HOME/assay/signing-key.json, else the same below ~/.config. \throws Error if neither folder is known.
[[nodiscard]] std::string default_key_path();
/// Makes a key, in a file that only its owner can read. \throws Error if the file exists.
[[nodiscard]] SigningKey make_signing_key(const std::string& path);
/// \throws Error if the file cannot be read, is not a key, or others could read it.
[[nodiscard]] SigningKey read_signing_key(const std::string& path);

/// Puts the public half into `.assay/keys/` under its owner's name, for others to verify with. An existing one stays.
/// \throws Error if it is there as that of another owner.
void publish_key(const Lab& lab, const SigningKey& key, const std::string& owner);
/// The file in `.assay/keys/` of a public key in hexadecimal.
[[nodiscard]] std::string public_key_path(const Lab& lab, const std::string& public_key);

/// A signature of one record. It is a file beside the record, so that the record's hash does not change.
struct Signature {
  std::string file;  ///< its name in the records' folder
  std::string record_sha256;
  std::string public_key;  ///< hexadecimal
  std::string actor;
  std::string signature;  ///< hexadecimal, of `signed_text`
};
/// The text that is signed: the canonical JSON of the file without the signature itself.
[[nodiscard]] std::string signed_text(const Signature& signature);
/// Signs the record, writes the signature and returns it. Signing a record again gives the same file.
Signature sign_record(const Lab& lab, const RecordSummary& record, const SigningKey& key, const std::string& actor);

/// A key that somebody published in `.assay/keys/`.
struct PublicKey {
  std::string public_key;  ///< hexadecimal
  std::string owner;
  bool is_in_its_file = true;  ///< the file has the name that `public_key_path` gives it
};

/// The files of signatures and keys as they stand. Anybody can write one: `Signers` tells which signatures count, and
/// only `verify`, which names those that do not, looks at the files themselves.
struct SigningFiles {
  std::vector<Signature> signatures;  ///< sorted by file name
  std::vector<PublicKey> keys;        ///< sorted by file name
};
/// \throws Error that names a file which is not a signature, or not a key.
[[nodiscard]] SigningFiles signing_files_in(const Lab& lab);
/// The same of the folders of records and of keys of any lab. One that is not there holds nothing.
[[nodiscard]] SigningFiles signing_files_in(const std::string& records_folder, const std::string& keys_folder);
/// Whether its bytes sign its text with its key. Costs 0.1 ms.
[[nodiscard]] bool is_genuine(const Signature& signature);

}  // namespace assay::record
