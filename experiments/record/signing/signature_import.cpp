#include "experiments/record/signing/signature_import.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

bool is_among(const std::vector<PublicKey>& keys, const Signature& signature) {
  return std::any_of(keys.begin(), keys.end(), [&signature](const PublicKey& key) {
    return key.is_in_its_file && key.public_key == signature.public_key && key.owner == signature.actor;
  });
}

SigningFiles read_foreign(const std::string& records_folder, const std::string& keys_folder) {
  try {
    return signing_files_in(records_folder, keys_folder);
  } catch (const Error& error) {
    refuse_import(records_folder, error.what());
  }
}

void copy(const std::string& source, const std::string& folder) {
  host::make_folder(folder);
  const std::string path = folder + "/" + fs::path(source).filename().string();
  // Whoever wrote it meanwhile wrote the same: the name has the key, or the key and the record.
  (void)host::create_file_atomically(path, host::read_file(source));
}

}  // namespace

void refuse_import(const std::string& source, std::string_view what) {
  throw Error(fmt::format("{}: {}; nothing was imported", source, what), ErrorKind::invalid);
}

ForeignSigning foreign_signing(const Lab& lab, const std::string& records_folder, const std::string& keys_folder,
                               const std::set<std::string>& records) {
  const SigningFiles here = signing_files_in(lab);
  const SigningFiles there = read_foreign(records_folder, keys_folder);
  ForeignSigning found;
  for (const PublicKey& key : there.keys) {
    const std::string path = keys_folder + "/" + fs::path(public_key_path(lab, key.public_key)).filename().string();
    if (!key.is_in_its_file)
      refuse_import(keys_folder, fmt::format("the key of {} has the name of another", key.owner));
    const auto same = std::find_if(here.keys.begin(), here.keys.end(),
                                   [&key](const PublicKey& one) { return one.public_key == key.public_key; });
    if (same == here.keys.end()) {
      found.keys.push_back({path, key.owner});
    } else if (same->owner != key.owner) {
      refuse_import(
          path, fmt::format("it is the key of {} there, and of {} here", in_quotes(key.owner), in_quotes(same->owner)));
    }
  }
  for (const Signature& signature : there.signatures) {
    if (!records.contains(signature.record_sha256)) continue;
    const std::string path = records_folder + "/" + signature.file;
    if (!is_genuine(signature)) refuse_import(path, "its bytes do not sign that record with that key");
    const bool is_here = std::any_of(here.signatures.begin(), here.signatures.end(), [&](const Signature& one) {
      return one.record_sha256 == signature.record_sha256 && one.public_key == signature.public_key;
    });
    if (is_here) {
      ++found.known;
    } else if (is_among(here.keys, signature) || is_among(there.keys, signature)) {
      found.signatures.push_back(path);
    } else {
      ++found.without_key;
    }
  }
  return found;
}

void take_signing(const Lab& lab, const ForeignSigning& signing) {
  for (const ForeignKey& key : signing.keys) copy(key.path, lab.keys_folder());
  for (const std::string& path : signing.signatures) copy(path, lab.records_folder());
}

}  // namespace assay::record
