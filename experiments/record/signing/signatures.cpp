#include "experiments/record/signing/signatures.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/binary/signature.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/private_file.hpp"
#include "core/text/utf8.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/field.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kSecretKey = "assay secret key";
constexpr std::string_view kPublicKey = "assay public key";
constexpr std::string_view kSignature = "assay signature";
constexpr std::string_view kSuffix = ".sig";
constexpr std::size_t kNameDigits = 16;

json document_of(std::string_view format) {
  return {{"format", format}, {"schema_version", 1}};
}

/// Reads a file of ours of that format. \throws Error that names it.
template <class Reader>
auto read_document(const std::string& path, const std::string& text, std::string_view format, const Reader& reader) {
  const json document = formats::parse_json(text, path);
  try {
    const formats::Field place(document);
    if (!place.find("format") || place.at("format").text() != format) throw Error(fmt::format("not an {}", format));
    return reader(place);
  } catch (const Error& error) {
    throw error.within(path);
  }
}

/// Names of the files in a folder with that ending, in order; none where there is no folder.
std::vector<std::string> names_in(const std::string& folder, std::string_view ending) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; entry != end; entry.increment(failure)) {
    const std::string name = entry->path().filename();
    if (!name.starts_with('.') && name.ends_with(ending)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

std::string default_key_path() {
  for (const auto& [variable, below] : {std::pair{"XDG_CONFIG_HOME", ""}, std::pair{"HOME", "/.config"}}) {
    const char* folder = std::getenv(variable);
    if (folder != nullptr && *folder == '/') return fmt::format("{}{}/assay/signing-key.json", folder, below);
  }
  throw Error("no place for a key: neither $XDG_CONFIG_HOME nor $HOME is an absolute path; name a file for it");
}

SigningKey make_signing_key(const std::string& path) {
  if (fs::exists(path)) throw Error(fmt::format("{} holds a key already: name another file", path));
  const host::KeyPair pair = host::make_key_pair();
  json document = document_of(kSecretKey);
  document["public_key"] = pair.public_key;
  document["secret_key"] = pair.secret_key;
  host::write_private_file(path, formats::canonical_json(document) + "\n");
  return {pair.public_key, pair.secret_key};
}

SigningKey read_signing_key(const std::string& path) {
  if (!fs::exists(path)) throw Error(fmt::format("no key in {}: a new key can be made there", path));
  return read_document(path, host::read_private_file(path), kSecretKey, [](const formats::Field& place) {
    return SigningKey{place.at("public_key").text(), place.at("secret_key").text()};
  });
}

namespace {

std::string key_file_name(const std::string& public_key) {
  return public_key.substr(0, kNameDigits) + ".json";
}

PublicKey read_public_key(const std::string& path, const std::string& shown) {
  return read_document(shown, host::read_file(path), kPublicKey, [](const formats::Field& place) {
    return PublicKey{.public_key = place.at("public_key").text(), .owner = place.at("owner").text()};
  });
}

}  // namespace

std::string public_key_path(const Lab& lab, const std::string& public_key) {
  return lab.keys_folder() + "/" + key_file_name(public_key);
}

void publish_key(const Lab& lab, const SigningKey& key, const std::string& owner) {
  host::make_folder(lab.keys_folder());
  json document = document_of(kPublicKey);
  document["public_key"] = key.public_key;
  document["owner"] = valid_text(owner);
  const std::string path = public_key_path(lab, key.public_key);
  if (host::create_file_atomically(path, formats::canonical_json(document)) == host::Creation::created) return;
  const PublicKey there = read_public_key(path, path);
  if (there.owner == valid_text(owner)) return;
  throw Error(
      fmt::format("this key is that of {} ({}), and what it signs under another name does not count: sign as "
                  "{}, or make a key of your own in another file",
                  in_quotes(there.owner), path, in_quotes(there.owner)));
}

std::string signed_text(const Signature& signature) {
  json document = document_of(kSignature);
  document["record_sha256"] = signature.record_sha256;
  document["public_key"] = signature.public_key;
  document["actor"] = signature.actor;
  return formats::canonical_json(document);
}

Signature sign_record(const Lab& lab, const RecordSummary& record, const SigningKey& key, const std::string& actor) {
  Signature signature;
  // Named by hash too: two records of one name on two branches are both signed without a conflict.
  signature.file = fmt::format("{}.{}.{}{}", record.name.substr(0, record.name.find('.')), record.sha256.substr(0, 8),
                               key.public_key.substr(0, kNameDigits), kSuffix);
  signature.record_sha256 = record.sha256;
  signature.public_key = key.public_key;
  signature.actor = valid_text(actor);
  signature.signature = host::sign(signed_text(signature), key.secret_key);
  json document = formats::parse_json(signed_text(signature), signature.file);
  document["signature"] = signature.signature;
  host::write_file_atomically(fmt::format("{}/{}", lab.records_folder(), signature.file),
                              formats::canonical_json(document));
  return signature;
}

SigningFiles signing_files_in(const Lab& lab) {
  return signing_files_in(lab.records_folder(), lab.keys_folder());
}

SigningFiles signing_files_in(const std::string& records_folder, const std::string& keys_folder) {
  SigningFiles files;
  for (const std::string& name : names_in(records_folder, kSuffix)) {
    const std::string text = host::read_file(records_folder + "/" + name);
    files.signatures.push_back(read_document(name, text, kSignature, [&](const formats::Field& place) {
      return Signature{.file = name,
                       .record_sha256 = place.at("record_sha256").text(),
                       .public_key = place.at("public_key").text(),
                       .actor = place.at("actor").text(),
                       .signature = place.at("signature").text()};
    }));
  }
  for (const std::string& name : names_in(keys_folder, ".json")) {
    PublicKey key = read_public_key(keys_folder + "/" + name, name);
    key.is_in_its_file = key_file_name(key.public_key) == name;
    files.keys.push_back(std::move(key));
  }
  return files;
}

bool is_genuine(const Signature& signature) {
  return host::is_signed(signed_text(signature), signature.signature, signature.public_key);
}

}  // namespace assay::record
