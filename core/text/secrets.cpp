#include "core/text/secrets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "core/text/regular_expression.hpp"

namespace assay {
namespace {

/// What stands in place of a secret.
constexpr std::string_view kMask = "***";

/// How a name ends of which a command says that a secret follows. It stands for "@" in the patterns below.
constexpr const char* kNameOfSecret = R"([\w.-]*(?:token|secret|password|passwd|passphrase|credentials?|webhook|)"
                                      R"((?:api|access|account|private|signing|encryption|subscription)[-_]?key))";

/// The one group of each is the secret.
constexpr std::array kPatterns = std::to_array<const char*>({
    // --token=x, PASSWORD='x', "secret": "x", X-Api-Key: x
    R"((?i)@(?:=\s*['"]?|['"]?:\s+['"]?|['"]:['"])([^\s'"&;,]+))",
    // --token x
    R"((?i)(?:^|[\s'"])--?@['"]?\s+['"]?([^\s'"-][^\s'"]*))",
    // MYSQL_PWD=hunter2hunter2: names that also mean something harmless count only with a long value that has a digit
    R"((?i)(?:key|auth|pass|pwd|pw|pat|otp|jwt|dsn|sas|creds?|session|oauth2?|cookie)=['"]?([^\s'"&;,/0-9]{4,}[0-9][^\s'"&;,/]+))",
    R"((?i)authorization['"]?\s*[:=]\s*['"]?(?:[a-z]+\s+)?([^\s'"]+))",
    R"((?i)bearer\s+([a-z0-9+/=._~-]{6,}))",
    R"((?i)\bcookie:\s*([^'"]+))",
    // curl -u user:password, sshpass -p password
    R"((?:^|\s)(?:-u|--user)[\s=]['"]?[^\s:'"]+:([^\s'"]*[^\s'"0-9][^\s'"]*))",
    R"(sshpass\s+-p\s*['"]?([^\s'"]+))",
    // user:password@host in an address; https://key@host, too, but not ssh://git@host, whose user is no secret
    R"(\w://[^\s/'":@]*:([^\s/'"@]+)@)",
    R"(https?://([^\s/'":@]+)@)",
    R"((?i)\bsig=([^\s&'"]+))",
    R"((?i)[?&;](?:x-amz-|x-goog-)?signature=([^\s&'"]+))",
    // addresses that are secrets themselves
    R"(hooks\.slack\.com/([\w/]+))",
    R"(discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/([\w/-]+))",
    R"((?:webhook\.office|outlook\.office|outlook\.office365)\.com/webhook[\w]*/([^\s'"]+))",
    R"(chat\.googleapis\.com/v1/spaces/[^\s'"]*[?&]key=([^\s'"]+))",
    R"(hooks\.zapier\.com/hooks/([\w/-]+))",
    R"(maker\.ifttt\.com/trigger/[\w/-]+/with/key/([\w-]+))",
    R"(api\.telegram\.org/bot([\w:-]+))",
    R"((?i)https?://[^\s'"]*/web-?hooks?/([^\s'"]*[0-9][^\s'"]{6,}))",
    // marks of issuers
    R"(\b(eyJ[\w-]{8,}[\w.=-]*))",
    R"(\b(gh[posur]_\w{4,}))",
    R"(\b((?:github_pat_|glpat-|xox[abeprs]-|npm_|hf_|pypi-|dop_v1_|shpat_)[\w-]{6,}))",
    R"(\b([sr]k[-_](?:live|test|proj|ant|or)?[\w-]{12,}))",
    R"(\b((?:AKIA|ASIA)[A-Z0-9]{6,}))",
    R"(\b(AIza[\w-]{10,}))",
    R"(\b(SG\.[\w-]{6,}[\w.-]*))",
    R"(\b(ya29\.[\w.-]{6,}))",
    R"(\b((?:dckr_(?:pat|oat)_|whsec_|glsa_|sntrys_|lin_api_|figd_|sq0[a-z]{3}-|shpss_|rubygems_|atlasv1\.|hvs\.|)"
    R"(AGE-SECRET-KEY-|glrt-|gldt-|xapp-|pscale_tkn_|nvapi-)[\w.-]{8,}))",
    R"(\b((?:dapi|pul-|r8_|gsk_|sbp_|ntn_|glc_|ATATT|EAAC)[0-9a-zA-Z]{20,}))",
    R"((-----BEGIN [A-Z ]*PRIVATE KEY[^'"]*))",
});

std::vector<RegularExpression> compiled_patterns() {
  std::vector<RegularExpression> compiled;
  for (std::string pattern : kPatterns) {
    const std::size_t at = pattern.find('@');
    const bool names_secret = at != std::string::npos && pattern.find("://") == std::string::npos;
    if (names_secret) pattern.replace(at, 1, kNameOfSecret);
    compiled.emplace_back(pattern);
  }
  return compiled;
}

const std::vector<RegularExpression>& patterns() {
  static const std::vector<RegularExpression> compiled = compiled_patterns();
  return compiled;
}

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return upper;
}

/// A name in upper case without words that only end like one for a secret.
std::string without_honest_words(std::string name) {
  constexpr std::array<std::string_view, 13> kWords = {"MONKEY",   "DONKEY",    "TURKEY",    "HOCKEY",  "JOCKEY",
                                                       "WHISKEY",  "HOTKEY",    "ENCOMPASS", "COMPASS", "BYPASS",
                                                       "OVERPASS", "UNDERPASS", "TRESPASS"};
  for (const std::string_view word : kWords) {
    for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word)) name.erase(at, word.size());
  }
  return name;
}

bool is_named_like_a_secret(std::string_view name) {
  // A short word counts only between underscores or at the end of the name, and a number behind it changes nothing;
  // TOKENS, TOKENIZER, KEYS, PASSES, SPIN and SIGNINGDAY do not count.
  static const RegularExpression pattern(
      "(SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|WEBHOOK|COOKIE|BEARER|APIKEY|KEYFILE|KEYRING|AUTHORIZATION|OAUTH|"
      "MNEMONIC|SEED_?PHRASE|TOKEN(?:_|[0-9]|$)|"
      "(?:^|_)(?:CREDS?|PWD|PASS|AUTH|JWT|DSN|SAS|KEY|SIGNING)[0-9]*(?:_|$)|(?:^|_)(?:PW|PAT|PIN|T?OTP)[0-9]*$|"
      "^SESSION(?:_|$)|(?:^|_)SESS(?:ION)?_?(?:ID|KEY|TOKEN)?$|(?:PWD|PASS|AUTH|KEY)[0-9]*$)");
  constexpr std::array<std::string_view, 6> kHarmless = {
      "PWD", "OLDPWD", "SESSION_MANAGER", "XDG_SESSION_ID", "DESKTOP_SESSION", "GNOME_DESKTOP_SESSION_ID"};
  const std::string upper = without_honest_words(upper_case(name));
  const bool is_harmless = std::find(kHarmless.begin(), kHarmless.end(), upper) != kHarmless.end();
  return !is_harmless && pattern.first_group(upper).has_value();
}

/// Names whose secrets are often digits only.
bool is_named_like_a_number_to_keep(std::string_view name) {
  static const RegularExpression pattern("(?:^|_)(PIN|T?OTP|PW|PASS|PASSCODE|PASSWORD)[0-9]*$");
  return pattern.first_group(upper_case(name)).has_value();
}

bool is_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 12;
  return text.size() <= kMostDigits && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

}  // namespace

bool holds_secret(std::string_view text) {
  return std::any_of(patterns().begin(), patterns().end(),
                     [text](const RegularExpression& pattern) { return pattern.first_group(text).has_value(); });
}

std::string masked_secrets(std::string_view text) {
  std::string masked(text);
  for (const RegularExpression& pattern : patterns()) {
    std::size_t from = 0;
    while (const auto secret = pattern.first_group(std::string_view(masked).substr(from))) {
      const auto at = static_cast<std::size_t>(secret->data() - masked.data());
      masked.replace(at, secret->size(), kMask);
      from = at + kMask.size();
    }
  }
  return masked;
}

bool looks_secret(std::string_view name, std::string_view value) {
  constexpr std::size_t kFewestDigitsOfAPin = 4;
  if (is_named_like_a_number_to_keep(name) && is_number(value)) return value.size() >= kFewestDigitsOfAPin;
  return (is_named_like_a_secret(name) && !is_number(value)) || holds_secret(value);
}

}  // namespace assay
