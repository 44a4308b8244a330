#include "core/text/secrets.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace {

TEST(Secrets, AreMaskedWhereACommandNamesThem) {
  EXPECT_EQ(masked_secrets("curl --token=abc http://h/"), "curl --token=*** http://h/");
  EXPECT_EQ(masked_secrets("push --api-key abc --fast"), "push --api-key *** --fast");
  EXPECT_EQ(masked_secrets("sh -c 'DB_PASSWORD=hunter make'"), "sh -c 'DB_PASSWORD=*** make'");
  EXPECT_EQ(masked_secrets(R"(curl -d '{"secret": "abc"}' h)"), R"(curl -d '{"secret": "***"}' h)");
  EXPECT_EQ(masked_secrets("curl -H 'X-Api-Key: abc' h"), "curl -H 'X-Api-Key: ***' h");
  EXPECT_EQ(masked_secrets("curl -H 'Authorization: Basic dTpw' h"), "curl -H 'Authorization: Basic ***' h");
  EXPECT_EQ(masked_secrets("curl -u me:hunter h"), "curl -u me:*** h");
  EXPECT_EQ(masked_secrets("MYSQL_PWD=hunter22 mysql"), "MYSQL_PWD=*** mysql");
}

TEST(Secrets, AreMaskedByTheirForm) {
  EXPECT_EQ(masked_secrets("psql postgres://me:hunter@h/db"), "psql postgres://me:***@h/db");
  EXPECT_EQ(masked_secrets("send https://1f2e3d@sentry.io/1"), "send https://***@sentry.io/1");
  EXPECT_EQ(masked_secrets("push ghp_abcdefgh1234"), "push ***");
  EXPECT_EQ(masked_secrets("get 'https://h/x?sv=1&sig=abc%3D'"), "get 'https://h/x?sv=1&sig=***'");
  EXPECT_EQ(masked_secrets("a AKIAIOSFODNN7EXAMPLE b eyJhbGciOiJIUzI1NiJ9.e30.x c"), "a *** b *** c");
}

TEST(Secrets, AreMaskedHoweverManyThereAre) {
  EXPECT_EQ(masked_secrets("x --token=a --token=b --password c"), "x --token=*** --token=*** --password ***");
}

TEST(Secrets, AreNotSeenInHarmlessCommands) {
  for (const char* command :
       {"sort --key=2 -k 3 data.csv", "gzip -1 corpus", "llm --max-tokens 512 --tokenizer fast", "ffmpeg -pass 2 -i x",
        "git clone ssh://git@host/repo.git", "curl --user-agent x http://host:8080/keys",
        "docker run -u 1000:1000 image", "/opt/secret/bin:/usr/bin", "grep -c password /etc/services",
        "sort --key=name_of_column", "sh -c 'exit 1'"}) {
    EXPECT_EQ(masked_secrets(command), command);
    EXPECT_FALSE(holds_secret(command)) << command;
  }
}

TEST(LooksSecret, KnowsCommonNames) {
  for (const char* name : {"MYSQL_PWD",
                           "JWT",
                           "COOKIE",
                           "AUTH",
                           "CREDS",
                           "AZURE_SAS",
                           "SLACK_WEBHOOK",
                           "SENTRY_DSN",
                           "NPM_CONFIG__AUTH",
                           "PRIVATE",
                           "AWS_SECRET_ACCESS_KEY",
                           "TOKEN",
                           "MY_PASSWD",
                           "PASSPHRASE",
                           "OPENAI_API_KEY",
                           "DB_PASS",
                           "apiKey",
                           "gpg_key_id",
                           "NPM_CONFIG__AUTH",
                           "SSH_PRIVATE"}) {
    EXPECT_TRUE(looks_secret(name, "x")) << name;
  }
  for (const char* name : {"PWD", "OLDPWD", "KEYBOARD", "COMPASS_MODE", "AUTHOR", "PASSES", "MODE", "PINNED",
                           "MAX_TOKENS", "TOKENIZER", "KEYS"}) {
    EXPECT_FALSE(looks_secret(name, "x")) << name;
  }
}

TEST(LooksSecret, KnowsNamesWithShortWordsAndNumbers) {
  for (const char* name : {"GH_PAT",
                           "AZURE_DEVOPS_EXT_PAT",
                           "DB_PW",
                           "PW",
                           "CARD_PIN",
                           "PIN",
                           "MFA_OTP",
                           "OTP",
                           "SESSION",
                           "SESSION_ID",
                           "SESSION_KEY",
                           "SESSIONID",
                           "PHP_SESSID",
                           "OAUTH2",
                           "OAUTH2_CLIENT",
                           "GOOGLE_OAUTH",
                           "KEY1",
                           "MYPASS1",
                           "PASS2",
                           "CRED",
                           "AWS_CRED",
                           "SIGNING",
                           "SIGNING_1",
                           "MNEMONIC",
                           "WALLET_MNEMONIC",
                           "SEED_PHRASE",
                           "TOTP1",
                           "DB_PASS1",
                           "API_KEY_2",
                           "AUTH2",
                           "MYSQL_PWD1",
                           "TOKEN2",
                           "PAT2",
                           "my_pat"}) {
    EXPECT_TRUE(looks_secret(name, "x")) << name;
  }
}

TEST(LooksSecret, PassesOverHonestNames) {
  for (const char* name : {"KEYBOARD",
                           "PASSES",
                           "SPIN",
                           "MONKEY",
                           "SIGNINGDAY",
                           "SPINLOCK",
                           "PATH",
                           "PATTERN",
                           "OPTIONS",
                           "PINGS",
                           "SESSIONS",
                           "XDG_SESSION_ID",
                           "SESSION_MANAGER",
                           "DESKTOP_SESSION",
                           "PATCH",
                           "PINNED",
                           "CREDITS",
                           "SIGNALS",
                           "COMPASS_MODE",
                           "AUTHOR",
                           "KEYS",
                           "TURKEY",
                           "DONKEY1",
                           "PWM",
                           "OTPUT",
                           "COMPILER",
                           "THREADS",
                           "BYPASSES",
                           "PASSIVE1",
                           "MULTIPASS_COUNT",
                           "COMPASS",
                           "PIN_CPUS",
                           "PW_DEBUG",
                           "DBUS_SESSION_BUS_ADDRESS",
                           "XDG_SESSION_TYPE",
                           "PIPELINE",
                           "SPINS_PER_TURN",
                           "KEYMAP1",
                           "DISPATCH",
                           "JOBS1"}) {
    EXPECT_FALSE(looks_secret(name, "x")) << name;
  }
}

TEST(LooksSecret, KnowsTokensAndAddresses) {
  for (const char* value :
       {"SG.aBcDeFgHiJ.kLmNoPqRsT", "ya29.a0AfH6SMBxxxx", "dckr_pat_abcdefghijk", "whsec_abcdefghijkl",
        "glsa_abcdefghijk_1a2b", "https://discord.com/api/webhooks/123/abc-def",
        "https://hooks.slack.com/services/T/B/x", "https://x.webhook.office.com/webhookb2/abc@def/IncomingWebhook/x",
        "https://hooks.zapier.com/hooks/catch/1/ab", "https://chat.googleapis.com/v1/spaces/A/messages?key=abc",
        "https://api.telegram.org/bot12:AbCd/sendMessage", "https://ci.example.org/webhook/4f3a9c11d2",
        "hvs.CAESIJabcdefgh", "xapp-1-A1-2-abcdef"}) {
    EXPECT_TRUE(looks_secret("X", value)) << value;
  }
  for (const char* value : {"SG", "ya29", "MSG.txt", "discord.com", "https://example.org/docs/webhooks", "glsa", "dapi",
                            "https://example.org/webhook", "https://example.org/docs/webhooks/introduction"}) {
    EXPECT_FALSE(looks_secret("X", value)) << value;
  }
}

TEST(LooksSecret, KnowsTheMarksOfIssuers) {
  for (const char* value : {"ghp_abcdef", "eyJhbGciOiJIUzI1NiJ9.e30.x", "AKIAIOSFODNN7EXAMPLE", "sv=1&sig=abc",
                            "-----BEGIN OPENSSH PRIVATE KEY-----", "https://hooks.slack.com/services/T/B/x"}) {
    EXPECT_TRUE(looks_secret("X", value)) << value;
  }
  EXPECT_FALSE(looks_secret("X", "task-1"));
}

TEST(Secrets, AreNoNumbersButThoseThatAreTyped) {
  EXPECT_TRUE(looks_secret("CARD_PIN", "4711"));
  EXPECT_TRUE(looks_secret("MFA_OTP", "123456"));
  EXPECT_FALSE(looks_secret("CPU_PIN", "3"));
  EXPECT_FALSE(looks_secret("CACHE_KEY", "12"));
  EXPECT_TRUE(looks_secret("CACHE_KEY", "12a"));
}

}  // namespace
}  // namespace assay
